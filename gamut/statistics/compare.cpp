#include "gamut/statistics/compare.h"

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

/// The values of the columns averaged over, in their order.
using Combination = std::vector<std::string>;

/// The observations of one pair under one condition.
struct Group {
  std::vector<double> values;
  std::map<Combination, int> combinations;
  std::map<std::string, std::set<std::string>> other_columns;
};

/// One pair: its observations under the first and the second condition.
using PairGroups = std::array<Group, 2>;

[[noreturn]] void refuse(const std::string& complaint, const std::vector<std::string>& culprits) {
  std::string message = complaint;
  for (std::size_t i = 0; i < std::min(culprits.size(), kListedFaults); ++i) message += "\n  " + culprits[i];
  if (culprits.size() > kListedFaults)
    message += fmt::format("\n  … and {} more", culprits.size() - kListedFaults);
  throw ParameterError(message);
}

void refuse_any(const std::string& complaint, const std::vector<std::string>& culprits) {
  if (!culprits.empty()) refuse(complaint, culprits);
}

bool is_aggregate(std::string_view name) {
  return name.size() >= 2 && name.front() == '(' && name.back() == ')';
}

void check_columns(const std::vector<Observation>& observations, const std::vector<std::string>& named) {
  if (observations.empty()) throw ParameterError("comparison: there is nothing to compare, not one value");
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

/// The observations that are of single things, not aggregates; the names of the others go to `left_out`.
std::vector<const Observation*> without_aggregates(const std::vector<Observation>& observations,
                                                   const std::vector<std::string>& columns,
                                                   std::vector<std::string>& left_out) {
  std::vector<const Observation*> kept;
  for (const Observation& observation : observations) {
    bool aggregate = false;
    for (const std::string& column : columns) {
      const std::string& name = observation.columns.at(column);
      if (!is_aggregate(name)) continue;
      aggregate = true;
      if (std::find(left_out.begin(), left_out.end(), name) == left_out.end()) left_out.push_back(name);
    }
    if (!aggregate) kept.push_back(&observation);
  }
  return kept;
}

std::string row_name(const Observation& observation) {
  std::vector<std::string> parts;
  for (const auto& [column, value] : observation.columns) parts.push_back(column + "=" + value);
  return printable(join(parts, ", "));
}

void check_finite(const std::vector<const Observation*>& observations) {
  std::vector<std::string> culprits;
  for (const Observation* observation : observations) {
    if (!std::isfinite(observation->value)) {
      culprits.push_back(fmt::format("{} at {}", observation->value, row_name(*observation)));
    }
  }
  refuse_any("comparison: values that are not finite; leave them out or give them a value:", culprits);
}

/// Sets first and second.
void find_conditions(const std::vector<const Observation*>& observations, Comparison& comparison) {
  std::set<std::string> conditions;
  for (const Observation* observation : observations)
    conditions.insert(observation->columns.at(comparison.between));
  if (conditions.size() != 2) {
    std::vector<std::string> names;
    for (const std::string& condition : conditions) names.push_back(printable(condition));
    throw ParameterError(fmt::format(
        "comparison: \"{}\" has {} ({}); there must be exactly two to compare", printable(comparison.between),
        conditions.size() == 1 ? "one value" : fmt::format("{} values", conditions.size()),
        join_words(names)));
  }
  comparison.first = *conditions.begin();
  comparison.second = *conditions.rbegin();
}

/// Sets pairs and returns the groups of each, in that order.
std::vector<PairGroups> group(const std::vector<const Observation*>& observations, Comparison& comparison) {
  std::map<std::string, std::size_t> index;
  std::vector<PairGroups> groups;
  for (const Observation* observation : observations) {
    const auto& columns = observation->columns;
    const auto [position, is_new] = index.emplace(columns.at(comparison.pair_by), groups.size());
    if (is_new) {
      groups.emplace_back();
      comparison.pairs.push_back(position->first);
    }
    Group& target = groups[position->second][columns.at(comparison.between) == comparison.first ? 0 : 1];
    target.values.push_back(observation->value);
    Combination combination;
    for (const std::string& column : comparison.averaged_over) combination.push_back(columns.at(column));
    ++target.combinations[combination];
    for (const auto& [column, value] : columns) target.other_columns[column].insert(value);
  }
  return groups;
}

void check_complete(const std::vector<PairGroups>& groups, const Comparison& comparison) {
  std::vector<std::string> culprits;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const auto& [first, second] = groups[i];
    if (!first.values.empty() && !second.values.empty()) continue;
    culprits.push_back(fmt::format("\"{}\" has no {} = {}", printable(comparison.pairs[i]),
                                   comparison.between,
                                   printable(first.values.empty() ? comparison.first : comparison.second)));
  }
  refuse_any(fmt::format("comparison: pairs that lack a condition; every {} needs both:", comparison.pair_by),
             culprits);
}

void check_unmixed(const std::vector<PairGroups>& groups, const Comparison& comparison) {
  std::map<std::string, std::set<std::string>> mixed;
  for (const PairGroups& pair : groups) {
    for (const Group& condition : pair) {
      for (const auto& [column, values] : condition.other_columns) {
        if (values.size() > 1) mixed[column].insert(values.begin(), values.end());
      }
    }
  }
  for (const std::string& column : comparison.averaged_over) mixed.erase(column);
  std::vector<std::string> culprits;
  for (const auto& [column, values] : mixed) {
    culprits.push_back(fmt::format("{}: {}", column, printable(join({values.begin(), values.end()}, ", "))));
  }
  refuse_any("comparison: columns that change within a pair; choose one value of each, or average over it:",
             culprits);
}

/// What `group` has more of than `other`.
void list_surplus(const Group& group, const Group& other, const std::string& place,
                  const Comparison& comparison, std::vector<std::string>& culprits) {
  for (const auto& [combination, count] : group.combinations) {
    const auto match = other.combinations.find(combination);
    const int other_count = match == other.combinations.end() ? 0 : match->second;
    if (count <= other_count) continue;
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < combination.size(); ++i) {
      parts.push_back(comparison.averaged_over[i] + " = " + combination[i]);
    }
    culprits.push_back(printable(fmt::format("{}{}{}: {} against {}", place, parts.empty() ? "" : ", ",
                                             join(parts, ", "), count, other_count)));
  }
}

void check_balanced(const std::vector<PairGroups>& groups, const Comparison& comparison) {
  std::vector<std::string> culprits;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const auto& [first, second] = groups[i];
    const std::string pair = "\"" + comparison.pairs[i] + "\", more values for ";
    list_surplus(first, second, pair + comparison.first, comparison, culprits);
    list_surplus(second, first, pair + comparison.second, comparison, culprits);
  }
  refuse_any("comparison: the two conditions of a pair are not averaged over the same things:", culprits);
}

/// The mean in an order that does not depend on the order of the observations.
double ordered_mean(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return mean(values);
}

/// Fills in the tests that the pairs allow, and the note on those that they do not.
void run_tests(Comparison& comparison) {
  const std::size_t n = comparison.pairs.size();
  if (n < 2) {
    comparison.note = "one pair: a t test needs at least 2 pairs, a normality test 3";
    return;
  }
  if (differences_equal(comparison.first_values, comparison.second_values)) {
    comparison.note =
        fmt::format("all {} differences are {:.4g}: without spread there is no t test and no normality test",
                    n, comparison.first_values[0] - comparison.second_values[0]);
    return;
  }
  comparison.t_test = paired_t_test(comparison.first_values, comparison.second_values);
  if (n < 3 || n > 5000) {
    comparison.note = fmt::format("{} pairs: a normality test needs 3 to 5000 pairs", n);
    return;
  }
  std::vector<double> differences(n);
  for (std::size_t i = 0; i < n; ++i)
    differences[i] = comparison.first_values[i] - comparison.second_values[i];
  comparison.normality = shapiro_wilk(differences);
}

}  // namespace

Comparison compare(const std::vector<Observation>& observations, const std::string& between,
                   const std::string& pair_by, const std::vector<std::string>& average_over) {
  std::vector<std::string> named = {pair_by};
  named.insert(named.end(), average_over.begin(), average_over.end());
  std::vector<std::string> all_named = named;
  all_named.push_back(between);
  check_columns(observations, all_named);

  Comparison comparison;
  comparison.between = between;
  comparison.pair_by = pair_by;
  comparison.averaged_over = average_over;
  const std::vector<const Observation*> kept = without_aggregates(observations, named, comparison.left_out);
  if (kept.empty()) {
    throw ParameterError(fmt::format("comparison: no pair; every value is of an aggregate ({})",
                                     join_words(comparison.left_out)));
  }
  check_finite(kept);
  find_conditions(kept, comparison);
  const std::vector<PairGroups> groups = group(kept, comparison);
  check_complete(groups, comparison);
  check_unmixed(groups, comparison);
  check_balanced(groups, comparison);
  for (const auto& [first, second] : groups) {
    comparison.first_values.push_back(ordered_mean(first.values));
    comparison.second_values.push_back(ordered_mean(second.values));
  }
  run_tests(comparison);
  return comparison;
}

}  // namespace gamut::statistics
