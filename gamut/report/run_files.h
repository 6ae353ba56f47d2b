#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "gamut/core/json.h"
#include "gamut/evaluation/predictions.h"
#include "gamut/evaluation/results.h"
#include "gamut/report/cell_files.h"
#include "gamut/report/gallery.h"

namespace gamut::report {

/// What one part of a split holds.
struct PartCounts {
  std::int64_t songs = 0, albums = 0, artists = 0;
};

/// The test songs of one file of predictions/, and the columns of results.csv that name it.
struct NetworkPredictions {
  std::string scale, reduce, strategy, architecture, initialisation, fold, repeat;
  evaluation::Predictions test;
};

/// Another run of the workspace that differs from this one in how the songs were grouped, and in nothing
/// else.
struct SiblingRun {
  std::string name, group_by;
  std::vector<evaluation::ResultRow> results;
};

/// Everything a report is made of.
struct RunFiles {
  std::filesystem::path directory;  ///< the run's
  std::string experiment_toml;
  Json summary;
  std::vector<evaluation::ResultRow> results;
  std::map<std::string, PartCounts> parts;  ///< by name: train, validation, test
  std::string group_by;                     ///< of the split: "album", "artist", "none"
  std::vector<NetworkPredictions>
      predictions;                   ///< in the order of the results; empty where the files are gone
  std::vector<SiblingRun> siblings;  ///< finished, by name
  std::vector<CellFiles> cells;      ///< finished networks; none where the run does not hold them
  std::vector<Showpiece> gallery;    ///< none where the run has no gallery
};

/// Reads experiment.toml, split.csv, results.csv, summary.json, what there is of predictions/, the networks'
/// files and the gallery, and, of the runs beside this one, experiment.toml and the results of those that
/// differ in data.group_by alone.
/// @throws FileError  a file is missing or malformed.
/// @throws ParameterError  results or predictions are malformed.
RunFiles load_run_files(const std::filesystem::path& run_directory);

}  // namespace gamut::report
