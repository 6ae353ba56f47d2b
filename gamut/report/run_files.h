#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "gamut/core/json.h"
#include "gamut/evaluation/results.h"
#include "gamut/report/cell_files.h"
#include "gamut/report/gallery.h"

namespace gamut::report {

/// What one part of a split holds.
struct PartCounts {
  std::int64_t songs = 0, albums = 0, artists = 0;
};

/// Everything a report is made of.
struct RunFiles {
  std::filesystem::path directory;  ///< the run's
  std::string experiment_toml;
  Json summary;
  std::vector<evaluation::ResultRow> results;
  std::map<std::string, PartCounts> parts;  ///< by name: train, validation, test
  std::vector<CellFiles> cells;             ///< finished networks; none where the run does not hold them
  std::vector<Showpiece> gallery;           ///< none where the run has no gallery
};

/// Reads experiment.toml, split.csv, results.csv and summary.json, and where they are there, the networks'
/// files and the gallery.
/// @throws FileError  a file is missing or malformed.
RunFiles load_run_files(const std::filesystem::path& run_directory);

}  // namespace gamut::report
