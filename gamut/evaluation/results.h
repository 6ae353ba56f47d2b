#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gamut::evaluation {

/// One row of `results.csv`, tidy: one value a row.
struct ResultRow {
  std::string run, scale, reduce, strategy, architecture, initialisation, fold, repeat, part, decision, genre, metric;
  double value = 0;
  std::optional<double> low, high;  ///< interval, where there is one
  bool undefined = false;           ///< written as an empty value
};

void save_results(const std::filesystem::path& path, const std::vector<ResultRow>& rows);
std::vector<ResultRow> load_results(const std::filesystem::path& path);

}  // namespace gamut::evaluation
