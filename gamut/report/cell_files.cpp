#include "gamut/report/cell_files.h"

#include <fmt/format.h>

#include <charconv>

#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"

namespace gamut::report {
namespace {

/// @throws FileError  the row is faulty.
void check_row(const CsvReader& csv, const std::filesystem::path& path) {
  if (csv.fault().empty()) return;
  throw FileError(fmt::format("{}, line {}: {}", printable(path.string()), csv.line(), csv.fault()), path);
}

/// @throws FileError  a column is missing.
void check_columns(const CsvReader& csv, const std::filesystem::path& path,
                   std::initializer_list<const char*> columns) {
  for (const char* column : columns) {
    if (csv.has_column(column)) continue;
    throw FileError(fmt::format("{} has no column \"{}\"; it is not a file that gamut wrote",
                                printable(path.string()), column),
                    path);
  }
}

double number(const CsvReader& csv, const char* column, const std::filesystem::path& path) {
  const std::string& text = csv[column];
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw FileError(fmt::format("{}, line {}: \"{}\" in the column {} is not a number",
                                printable(path.string()), csv.line(), printable(text), column),
                    path);
  }
  return value;
}

std::vector<Epoch> load_history(const std::filesystem::path& path) {
  CsvReader csv(path);
  check_columns(csv, path, {"epoch", "train_loss", "validation_loss", "seconds"});
  const bool has_speed = csv.has_column("images_per_second");
  std::vector<Epoch> history;
  while (csv.next()) {
    check_row(csv, path);
    history.push_back({.number = static_cast<int>(number(csv, "epoch", path)),
                       .train_loss = number(csv, "train_loss", path),
                       .validation_loss = number(csv, "validation_loss", path),
                       .seconds = number(csv, "seconds", path),
                       .images_per_second =
                           has_speed ? std::optional(number(csv, "images_per_second", path)) : std::nullopt});
  }
  return history;
}

double seconds_of(const std::filesystem::path& path) {
  try {
    return load_json(path).at("seconds").get<double>();
  } catch (const Json::exception&) {
    throw FileError(printable(path.string()) + " has no number \"seconds\"; delete that folder and run again",
                    path);
  }
}

}  // namespace

std::vector<CellFiles> load_cells(const std::filesystem::path& run_directory) {
  const std::filesystem::path plan = run_directory / "cells.csv";
  std::vector<CellFiles> cells;
  if (!std::filesystem::exists(plan)) return cells;
  CsvReader csv(plan);
  check_columns(
      csv, plan,
      {"folder", "scale", "reduce", "strategy", "architecture", "initialisation", "fold", "repeat", "genre"});
  while (csv.next()) {
    check_row(csv, plan);
    const std::filesystem::path folder = run_directory / "cells" / csv["folder"];
    if (!std::filesystem::exists(folder / "cell.json")) continue;
    std::error_code absent;
    const std::uintmax_t bytes = std::filesystem::file_size(folder / "model.safetensors", absent);
    cells.push_back({.scale = csv["scale"],
                     .reduce = csv["reduce"],
                     .strategy = csv["strategy"],
                     .architecture = csv["architecture"],
                     .initialisation = csv["initialisation"],
                     .fold = csv["fold"],
                     .repeat = csv["repeat"],
                     .genre = csv["genre"],
                     .seconds = seconds_of(folder / "cell.json"),
                     .model_bytes = absent ? 0 : bytes,
                     .history = load_history(folder / "history.csv")});
  }
  return cells;
}

}  // namespace gamut::report
