#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gamut/catalogue/split.h"
#include "gamut/experiment/config.h"
#include "gamut/experiment/shard.h"

namespace gamut::experiment {

/// How much of the chain one call does.
enum class Stage {
  all,
  pictures,    ///< pictures, split and plan: what the networks of all shards start from
  evaluation,  ///< predictions, results and report of the networks that there are
};

struct RunOptions {
  int jobs = 1;                     ///< songs decoded, and cells trained, side by side
  std::filesystem::path weights{};  ///< folder of ImageNet weights; overrides the configuration's
  std::optional<Shard> shard{};     ///< train only this one's share
  Stage stage = Stage::all;
  std::optional<double> seconds_between_epochs = {};  ///< from one checkpoint of a network's epochs to the
                                                      ///< next, see TrainingFiles
};

struct RunReport {
  std::filesystem::path directory;        ///< WORKSPACE/runs/<name>
  std::filesystem::path report;           ///< the HTML page
  std::int64_t failed_songs = 0;          ///< songs without pictures, in the whole catalogue
  std::int64_t cells = 0, trained = 0;    ///< all cells of the run, and those trained now
  bool evaluated = false;                 ///< the results and the report were written
  std::vector<std::string> failed_cells;  ///< one line each: those of the run, or of the shard alone
  std::vector<std::string> verdicts;      ///< what the scales' comparison says, in short lines
};

/// The whole chain: pictures, split, cells, predictions, results, report. Whatever is already there is kept;
/// a killed run goes on.
///
/// Shards run at once, on one machine or on several that share the workspace's directory. Pictures and split
/// are made by the first one while the others wait; a shard that finds the plan takes the pictures as they
/// are. The shard after which every cell of the run is settled writes results and report, under the same lock
/// as a call without a shard, so that no two do it at once.
///
/// @throws ParameterError  the run's folder holds a split or networks of another configuration; the
/// difference is listed.
/// @throws CatalogueError, ModelError  its songs, labels or initial weights are no longer what they were.
/// @throws Interrupted     on SIGINT: finished cells are kept.
RunReport run_experiment(const std::filesystem::path& workspace, const ExperimentConfig& config,
                         const RunOptions& options);

}  // namespace gamut::experiment
