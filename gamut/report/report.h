#pragma once

#include <filesystem>

namespace gamut::report {

/// Writes one self-contained HTML page from a run's files: experiment.toml, split.csv, results.csv,
/// summary.json.
/// @throws FileError  a file is missing or malformed; @throws ParameterError  results without a test row.
void write_report(const std::filesystem::path& run_directory, const std::filesystem::path& html);

}  // namespace gamut::report
