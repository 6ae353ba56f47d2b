#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "gamut/core/json.h"
#include "gamut/evaluation/results.h"

namespace gamut::report {

/// What one part of a split holds.
struct PartCounts {
  std::int64_t songs = 0, albums = 0, artists = 0;
};

/// Everything a report is made of.
struct RunFiles {
  std::string experiment_toml;
  Json summary;
  std::vector<evaluation::ResultRow> results;
  std::map<std::string, PartCounts> parts;  ///< by name: train, validation, test
};

/// Reads experiment.toml, split.csv, results.csv and summary.json.
/// @throws FileError  a file is missing or malformed.
RunFiles load_run_files(const std::filesystem::path& run_directory);

}  // namespace gamut::report
