#include "gamut/evaluation/results.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <string_view>

#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/number.h"
#include "gamut/core/text.h"
#include "gamut/evaluation/table_reading.h"

namespace gamut::evaluation {
namespace {

/// A text column and where it is kept, in the order of the file.
struct TextColumn {
  std::string_view name;
  std::string ResultRow::*value;
};
constexpr std::array kTextColumns = {TextColumn{"run", &ResultRow::run},
                                     TextColumn{"scale", &ResultRow::scale},
                                     TextColumn{"reduce", &ResultRow::reduce},
                                     TextColumn{"strategy", &ResultRow::strategy},
                                     TextColumn{"architecture", &ResultRow::architecture},
                                     TextColumn{"initialisation", &ResultRow::initialisation},
                                     TextColumn{"fold", &ResultRow::fold},
                                     TextColumn{"repeat", &ResultRow::repeat},
                                     TextColumn{"part", &ResultRow::part},
                                     TextColumn{"decision", &ResultRow::decision},
                                     TextColumn{"genre", &ResultRow::genre},
                                     TextColumn{"metric", &ResultRow::metric}};
constexpr std::array<std::string_view, 3> kNumberColumns = {"value", "low", "high"};
constexpr std::string_view kReason = "undefined";

/// The number in a column that may be empty; a fault where it holds anything else.
std::optional<double> read_number(const CsvReader& csv, std::string_view column, FaultList& faults) {
  const std::string& field = csv[column];
  if (trim(field).empty()) return std::nullopt;
  const std::optional<double> number = parse_finite(field);
  if (!number) {
    faults.add(csv.line(),
               fmt::format("{} is \"{}\"; it must be a number or empty", column, printable(field)));
  }
  return number;
}

std::string number_field(const std::optional<double>& number, std::string_view column, const ResultRow& row) {
  if (!number) return "";
  if (!std::isfinite(*number)) {
    throw ParameterError(fmt::format(
        "results: the {} of {} for \"{}\" ({}, {}) is {}; it must be finite, or marked as undefined", column,
        row.metric, printable(row.genre), row.scale, row.architecture, *number));
  }
  return format_number(*number);
}

}  // namespace

void save_results(const std::filesystem::path& path, const std::vector<ResultRow>& rows) {
  std::vector<std::string> fields;
  for (const TextColumn& column : kTextColumns) fields.emplace_back(column.name);
  fields.insert(fields.end(), kNumberColumns.begin(), kNumberColumns.end());
  fields.emplace_back(kReason);
  std::string text = csv_row(fields);
  for (const ResultRow& row : rows) {
    fields.clear();
    for (const TextColumn& column : kTextColumns) fields.push_back(row.*column.value);
    fields.push_back(row.undefined ? "" : number_field(row.value, "value", row));
    fields.push_back(number_field(row.low, "low", row));
    fields.push_back(number_field(row.high, "high", row));
    fields.push_back(row.reason);
    text += csv_row(fields);
  }
  save_atomically(path, text);
}

std::vector<ResultRow> load_results(const std::filesystem::path& path) {
  CsvReader csv(path);
  FaultList faults(path);
  for (const TextColumn& column : kTextColumns) {
    if (!csv.has_column(column.name)) faults.add(fmt::format("no column \"{}\"", column.name));
  }
  for (std::string_view column : kNumberColumns) {
    if (!csv.has_column(column)) faults.add(fmt::format("no column \"{}\"", column));
  }
  faults.finish();

  std::vector<ResultRow> rows;
  while (csv.next()) {
    if (!csv.fault().empty()) {
      faults.add(csv.line(), csv.fault());
      continue;
    }
    ResultRow row;
    for (const TextColumn& column : kTextColumns) row.*column.value = csv[column.name];
    const std::optional<double> value = read_number(csv, "value", faults);
    row.value = value.value_or(0);
    row.undefined = !value;
    row.low = read_number(csv, "low", faults);
    row.high = read_number(csv, "high", faults);
    if (csv.has_column(kReason)) row.reason = csv[kReason];
    rows.push_back(std::move(row));
  }
  faults.finish();
  return rows;
}

}  // namespace gamut::evaluation
