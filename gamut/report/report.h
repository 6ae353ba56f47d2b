#pragma once

#include <filesystem>

namespace gamut::report {

/// Writes one self-contained HTML page from a run's files: experiment.toml, split.csv, results.csv,
/// summary.json, and where they are there, gallery/ and the networks' histories. Its figures are Vega-Lite
/// specifications, drawn by a script inside it. The page loads nothing from anywhere, but for the songs of
/// the gallery, which it links relative to itself and plays where they are.
///
/// @param run_directory  the run's directory, with those four files.
/// @param html           the page, written atomically; its directory is made.
/// @throws FileError       a file is missing, or one of the run is malformed.
/// @throws ParameterError  results.csv has a faulty value, or no row of the test songs at the decision 0.5.
void write_report(const std::filesystem::path& run_directory, const std::filesystem::path& html);

}  // namespace gamut::report
