#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "gamut/catalogue/split.h"
#include "gamut/experiment/config.h"

namespace gamut::experiment {

struct RunOptions {
  int jobs = 1;                        ///< songs decoded, and cells trained, side by side
  std::filesystem::path weights;       ///< folder of ImageNet weights; overrides the configuration's
  double seconds_between_epochs = 30;  ///< at least, from one checkpoint of a network's epochs to the next
};

struct RunReport {
  std::filesystem::path directory;        ///< WORKSPACE/runs/<name>
  std::filesystem::path report;           ///< the HTML page
  std::int64_t failed_songs = 0;          ///< songs without pictures, in the whole catalogue
  std::int64_t cells = 0, trained = 0;    ///< all cells, and those trained now
  std::vector<std::string> failed_cells;  ///< one line each
  std::vector<std::string> verdicts;      ///< the comparisons' sentences
};

/// The whole chain: pictures, split, cells, predictions, results, report. Whatever is already there is kept;
/// a killed run goes on.
/// @throws ParameterError  the run's folder holds another configuration; the difference is listed.
/// @throws Interrupted     on SIGINT: finished cells are kept.
RunReport run_experiment(const std::filesystem::path& workspace, const ExperimentConfig& config,
                         const RunOptions& options);

}  // namespace gamut::experiment
