#include "gamut/statistics/load_observations.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <optional>
#include <set>

#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::statistics {
namespace {

constexpr std::size_t kListedFaults = 20;
const std::string kUndefined = "undefined";  // the column of results.csv with the reason

using Columns = std::vector<std::string>;

/// NaN where the field is empty; none where it is no number.
std::optional<double> parse_value(std::string_view field) {
  field = trim(field);
  if (field.empty()) return std::numeric_limits<double>::quiet_NaN();
  double value = 0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
  if (error != std::errc() || end != field.data() + field.size()) return std::nullopt;
  return value;
}

std::string join_printable(const std::set<std::string>& values) {
  std::vector<std::string> words;
  for (const std::string& value : values) words.push_back(printable(value));
  return join_words(words);
}

/// Chooses rows by their columns and remembers what the columns held, for the message where none is left.
class RowFilter {
 public:
  explicit RowFilter(const std::vector<std::pair<std::string, std::string>>& where) {
    for (const auto& [column, value] : where) wanted_[column].insert(value);
  }

  const std::map<std::string, std::set<std::string>>& wanted() const { return wanted_; }

  bool accepts(const CsvReader& csv) {
    bool accepted = true;
    for (const auto& [column, values] : wanted_) {
      const std::string& field = csv[column];
      if (found_[column].size() < kListedFaults || values.contains(field)) found_[column].insert(field);
      accepted = accepted && values.contains(field);
    }
    return accepted;
  }

  /// @throws ParameterError  a value that no row had.
  void check_found(const std::filesystem::path& path) {
    for (const auto& [column, values] : wanted_) {
      for (const std::string& value : values) {
        if (found_[column].contains(value)) continue;
        throw ParameterError(fmt::format("{}: no row has {} = \"{}\"; there are {}", printable(path.string()),
                                         printable(column), printable(value), join_printable(found_[column])),
                             path);
      }
    }
  }

 private:
  std::map<std::string, std::set<std::string>> wanted_, found_;
};

void check_columns(const CsvReader& csv, const std::filesystem::path& path,
                   const std::set<std::string>& needed) {
  for (const std::string& column : needed) {
    if (csv.has_column(column)) continue;
    throw ParameterError(
        fmt::format("{}: no column \"{}\"; there are {}", printable(path.string()), printable(column),
                    join_printable({csv.columns().begin(), csv.columns().end()})),
        path);
  }
}

/// Appends the accepted rows' `value_column`, named by the columns `naming`.
/// @param tidy  whether a column `undefined` is of that value.
void read_rows(CsvReader& csv, const std::filesystem::path& path, const std::string& value_column,
               const Columns& naming, bool tidy, RowFilter& filter, std::vector<Observation>& observations) {
  std::string faults;
  std::size_t n_faults = 0;
  const auto add_fault = [&](const std::string& what) {
    if (++n_faults <= kListedFaults) faults += fmt::format("\n  line {}: {}", csv.line(), what);
  };
  while (csv.next()) {
    if (!csv.fault().empty()) {
      add_fault(csv.fault());
      continue;
    }
    if (!filter.accepts(csv)) continue;
    const std::string& field = csv[value_column];
    const std::optional<double> value = parse_value(field);
    if (!value) {
      add_fault(fmt::format("{} is \"{}\", which is no number", printable(value_column), printable(field)));
      continue;
    }
    Observation& observation = observations.emplace_back();
    observation.value = *value;
    observation.stands_in = tidy && csv.has_column(kUndefined) && !trim(csv[kUndefined]).empty();
    for (const std::string& column : naming) observation.columns[column] = csv[column];
  }
  if (n_faults > kListedFaults) faults += fmt::format("\n  … and {} more", n_faults - kListedFaults);
  if (n_faults > 0) throw ParameterError(printable(path.string()) + ":" + faults, path);
  filter.check_found(path);
  if (observations.empty()) {
    throw ParameterError(
        fmt::format("{}: no row has all that was asked for together", printable(path.string())), path);
  }
}

std::set<std::string> needed_columns(const Columns& naming, const RowFilter& filter,
                                     const std::string& value_column) {
  std::set<std::string> needed(naming.begin(), naming.end());
  for (const auto& [column, values] : filter.wanted()) needed.insert(column);
  needed.insert(value_column);
  return needed;
}

Columns named_by(const TableRoles& roles) {
  Columns columns = roles.pair_by;
  columns.insert(columns.end(), roles.average_over.begin(), roles.average_over.end());
  return columns;
}

}  // namespace

std::vector<Observation> load_observations(const std::filesystem::path& path, const TableSelection& selection,
                                           const TableRoles& roles) {
  CsvReader csv(path);
  std::vector<std::pair<std::string, std::string>> where = selection.where;
  std::string value_column = selection.metric;
  Columns naming = named_by(roles);
  naming.push_back(roles.between);
  const bool has_metrics = csv.has_column("metric");
  if (has_metrics) {
    where.emplace_back("metric", selection.metric);
    value_column = "value";
  }
  RowFilter filter(where);
  check_columns(csv, path, needed_columns(naming, filter, value_column));
  if (has_metrics) {
    naming = csv.columns();
    std::erase_if(naming, [](const std::string& column) {
      return column == "value" || column == "low" || column == "high" || column == kUndefined;
    });
  }
  std::vector<Observation> observations;
  read_rows(csv, path, value_column, naming, has_metrics, filter, observations);
  return observations;
}

std::vector<Observation> load_wide_observations(
    const std::vector<std::pair<std::string, std::filesystem::path>>& files, const TableSelection& selection,
    const TableRoles& roles) {
  const Columns naming = named_by(roles);
  std::vector<Observation> all;
  for (const auto& [condition, path] : files) {
    CsvReader csv(path);
    RowFilter filter(selection.where);
    check_columns(csv, path, needed_columns(naming, filter, selection.metric));
    std::vector<Observation> observations;
    read_rows(csv, path, selection.metric, naming, false, filter, observations);
    for (Observation& observation : observations) {
      observation.columns[roles.between] = condition;
      all.push_back(std::move(observation));
    }
  }
  return all;
}

}  // namespace gamut::statistics
