#include "gamut/statistics/paired_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string_view>

#include "gamut/core/error.h"
#include "gamut/core/text.h"
#include "gamut/statistics/sample.h"

namespace gamut::statistics {
namespace {

constexpr std::size_t kListedFaults = 20;

/// The values of some columns, in their order.
using Names = std::vector<std::string>;

/// The observations of one pair under one condition.
struct Group {
  std::map<Names, std::vector<double>> values;  // by what is averaged over
  std::map<std::string, std::set<std::string>> columns;
};

/// One pair: its observations under each condition.
using PairGroups = std::vector<Group>;

void refuse_any(const std::string& complaint, const std::vector<std::string>& culprits) {
  if (culprits.empty()) return;
  std::string message = complaint;
  for (std::size_t i = 0; i < std::min(culprits.size(), kListedFaults); ++i) message += "\n  " + culprits[i];
  if (culprits.size() > kListedFaults)
    message += fmt::format("\n  … and {} more", culprits.size() - kListedFaults);
  throw ParameterError(message);
}

Names named_columns(const TableRoles& roles) {
  Names named = roles.pair_by;
  named.insert(named.end(), roles.average_over.begin(), roles.average_over.end());
  return named;
}

void check_columns(const std::vector<Observation>& observations, const TableRoles& roles) {
  if (observations.empty()) throw ParameterError("comparison: there is nothing to compare, not one value");
  if (roles.pair_by.empty()) throw ParameterError("comparison: no column names the pairs");
  Names named = named_columns(roles);
  named.push_back(roles.between);
  std::set<std::string> distinct;
  for (const std::string& column : named) {
    if (!distinct.insert(column).second) {
      throw ParameterError(fmt::format(
          "comparison: the column \"{}\" is named twice; the conditions, the pairs and what is averaged "
          "over must be different columns",
          printable(column)));
    }
  }
  for (const Observation& observation : observations) {
    for (const std::string& column : named) {
      if (observation.columns.contains(column)) continue;
      std::vector<std::string> known;
      for (const auto& [name, value] : observation.columns) known.push_back(printable(name));
      throw ParameterError(
          fmt::format("comparison: no column \"{}\"; there are {}", printable(column), join_words(known)));
    }
  }
}

bool is_aggregate(std::string_view name, const TableRoles& roles) {
  return (name.size() >= 2 && name.front() == '(' && name.back() == ')') ||
         std::ranges::find(roles.summaries, name) != roles.summaries.end();
}

/// The observations that are of single things, not aggregates; the names of the others go to `left_out`.
std::vector<const Observation*> without_aggregates(const std::vector<Observation>& observations,
                                                   const TableRoles& roles,
                                                   std::vector<std::string>& left_out) {
  std::vector<const Observation*> kept;
  for (const Observation& observation : observations) {
    bool aggregate = false;
    for (const std::string& column : named_columns(roles)) {
      const std::string& name = observation.columns.at(column);
      if (!is_aggregate(name, roles)) continue;
      aggregate = true;
      if (std::find(left_out.begin(), left_out.end(), name) == left_out.end()) left_out.push_back(name);
    }
    if (!aggregate) kept.push_back(&observation);
  }
  if (kept.empty()) {
    throw ParameterError(
        fmt::format("comparison: no pair; every value is of an aggregate ({})", join_words(left_out)));
  }
  return kept;
}

void check_finite(const std::vector<const Observation*>& observations) {
  std::vector<std::string> culprits;
  for (const Observation* observation : observations) {
    if (std::isfinite(observation->value)) continue;
    std::vector<std::string> parts;
    for (const auto& [column, value] : observation->columns) parts.push_back(column + "=" + value);
    culprits.push_back(fmt::format("{} at {}", observation->value, printable(join(parts, ", "))));
  }
  refuse_any("comparison: values that are not finite; leave them out or give them a value:", culprits);
}

Names values_of(const Observation& observation, const Names& columns) {
  Names values;
  for (const std::string& column : columns) values.push_back(observation.columns.at(column));
  return values;
}

/// Sets conditions and pairs, and returns the groups of each pair, in that order.
std::vector<PairGroups> group(const std::vector<const Observation*>& observations, const TableRoles& roles,
                              PairedTable& table) {
  std::set<std::string> conditions;
  for (const Observation* observation : observations)
    conditions.insert(observation->columns.at(roles.between));
  table.conditions.assign(conditions.begin(), conditions.end());
  std::map<Names, std::size_t> index;
  std::vector<PairGroups> groups;
  for (const Observation* observation : observations) {
    const auto [position, is_new] = index.emplace(values_of(*observation, roles.pair_by), groups.size());
    if (is_new) {
      groups.emplace_back(table.conditions.size());
      table.pairs.push_back(join(position->first, ", "));
    }
    const auto condition = std::ranges::lower_bound(table.conditions, observation->columns.at(roles.between));
    Group& target = groups[position->second][static_cast<std::size_t>(condition - table.conditions.begin())];
    target.values[values_of(*observation, roles.average_over)].push_back(observation->value);
    for (const auto& [column, value] : observation->columns) target.columns[column].insert(value);
  }
  return groups;
}

void check_complete(const std::vector<PairGroups>& groups, const TableRoles& roles,
                    const PairedTable& table) {
  std::vector<std::string> culprits;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    for (std::size_t c = 0; c < table.conditions.size(); ++c) {
      if (!groups[i][c].values.empty()) continue;
      culprits.push_back(fmt::format("\"{}\" has no {} = {}", printable(table.pairs[i]), roles.between,
                                     printable(table.conditions[c])));
    }
  }
  refuse_any(
      fmt::format("comparison: pairs that lack a condition; every {} needs {}:", join(roles.pair_by, ", "),
                  table.conditions.size() == 2 ? "both" : "every one of them"),
      culprits);
}

void check_unmixed(const std::vector<PairGroups>& groups, const TableRoles& roles) {
  std::map<std::string, std::set<std::string>> mixed;
  for (const PairGroups& pair : groups) {
    for (const Group& condition : pair) {
      for (const auto& [column, values] : condition.columns) {
        if (values.size() > 1) mixed[column].insert(values.begin(), values.end());
      }
    }
  }
  for (const std::string& column : roles.average_over) mixed.erase(column);
  std::vector<std::string> culprits;
  for (const auto& [column, values] : mixed) {
    culprits.push_back(fmt::format("{}: {}", column, printable(join({values.begin(), values.end()}, ", "))));
  }
  refuse_any("comparison: columns that change within a pair; choose one value of each, or average over it:",
             culprits);
}

/// gamut's columns of a network; conditions that differ in one of them are not to differ in another.
constexpr std::array<std::string_view, 5> kNetworkColumns = {"scale", "reduce", "strategy", "architecture",
                                                             "initialisation"};

bool is_of_network(std::string_view column) {
  return std::ranges::find(kNetworkColumns, column) != kNetworkColumns.end();
}

/// Notes the columns that are not compared and yet differ between the conditions of a pair, and refuses those
/// that would pass a difference of networks for one of `between`.
void find_other_differences(const std::vector<PairGroups>& groups, const TableRoles& roles,
                            PairedTable& table) {
  std::map<std::string, std::set<std::string>> different;
  for (const PairGroups& pair : groups) {
    for (const auto& [column, values] : pair.front().columns) {
      for (const Group& condition : pair) {
        const auto found = condition.columns.find(column);
        if (found == condition.columns.end() || found->second == values) continue;
        different[column].insert(values.begin(), values.end());
        different[column].insert(found->second.begin(), found->second.end());
      }
    }
  }
  different.erase(roles.between);
  for (const std::string& column : roles.average_over) different.erase(column);
  std::vector<std::string> culprits;
  for (const auto& [column, values] : different) {
    table.also_different.push_back(
        fmt::format("{}: {}", column, printable(join({values.begin(), values.end()}, ", "))));
    if (is_of_network(roles.between) && is_of_network(column))
      culprits.push_back(table.also_different.back());
  }
  refuse_any(
      fmt::format("comparison: the values of {} are of other networks too; choose one value of each, or "
                  "average over it:",
                  roles.between),
      culprits);
}

/// "\"Rock\", mel, architecture = resnet34"
std::string place(const std::string& pair, const std::string& condition, const Names& averaged,
                  const TableRoles& roles) {
  std::string text = fmt::format("\"{}\", {}", pair, condition);
  for (std::size_t i = 0; i < averaged.size(); ++i)
    text += ", " + roles.average_over[i] + " = " + averaged[i];
  return printable(text);
}

void check_single(const std::vector<PairGroups>& groups, const TableRoles& roles, const PairedTable& table) {
  std::vector<std::string> culprits;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    for (std::size_t c = 0; c < table.conditions.size(); ++c) {
      for (const auto& [averaged, values] : groups[i][c].values) {
        if (values.size() == 1) continue;
        culprits.push_back(fmt::format(
            "{}: {} values", place(table.pairs[i], table.conditions[c], averaged, roles), values.size()));
      }
    }
  }
  refuse_any(
      "comparison: several values of one thing; choose one of them, or average over what tells them apart:",
      culprits);
}

void check_balanced(const std::vector<PairGroups>& groups, const TableRoles& roles,
                    const PairedTable& table) {
  std::vector<std::string> culprits;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    std::set<Names> everything;
    for (const Group& condition : groups[i]) {
      for (const auto& [averaged, values] : condition.values) everything.insert(averaged);
    }
    for (std::size_t c = 0; c < table.conditions.size(); ++c) {
      for (const Names& averaged : everything) {
        if (groups[i][c].values.contains(averaged)) continue;
        culprits.push_back(place(table.pairs[i], table.conditions[c], averaged, roles));
      }
    }
  }
  refuse_any(
      "comparison: the conditions of a pair are not averaged over the same things; there is no value of:",
      culprits);
}

/// The mean in an order that does not depend on the order of the observations.
double mean_of(const Group& group) {
  std::vector<double> values;
  for (const auto& [averaged, value] : group.values) values.push_back(value.front());
  std::sort(values.begin(), values.end());
  return mean(values);
}

}  // namespace

std::vector<double> PairedTable::of_condition(std::size_t condition) const {
  std::vector<double> column;
  for (const std::vector<double>& pair : values) column.push_back(pair[condition]);
  return column;
}

PairedTable make_paired_table(const std::vector<Observation>& observations, const TableRoles& roles) {
  check_columns(observations, roles);
  PairedTable table;
  const std::vector<const Observation*> kept = without_aggregates(observations, roles, table.left_out);
  check_finite(kept);
  const std::vector<PairGroups> groups = group(kept, roles, table);
  check_complete(groups, roles, table);
  check_unmixed(groups, roles);
  check_single(groups, roles, table);
  check_balanced(groups, roles, table);
  find_other_differences(groups, roles, table);
  table.stand_ins = static_cast<std::size_t>(
      std::ranges::count_if(kept, [](const Observation* observation) { return observation->stands_in; }));
  for (const PairGroups& pair : groups) {
    std::vector<double>& row = table.values.emplace_back();
    for (const Group& condition : pair) row.push_back(mean_of(condition));
  }
  return table;
}

}  // namespace gamut::statistics
