#include "gamut/statistics/gain.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "gamut/core/error.h"
#include "gamut/core/text.h"
#include "gamut/statistics/compare.h"
#include "gamut/statistics/holm.h"
#include "gamut/statistics/rounding.h"
#include "gamut/statistics/sample.h"

namespace gamut::statistics {
namespace {

/// Depth, then the settings.
using Combination = std::vector<std::string>;

std::map<Combination, std::vector<Observation>> by_combination(const std::vector<Observation>& observations,
                                                               const GainQuestion& question) {
  Combination columns = {question.depth};
  columns.insert(columns.end(), question.settings.begin(), question.settings.end());
  std::map<Combination, std::vector<Observation>> groups;
  for (const Observation& observation : observations) {
    Combination combination;
    for (const std::string& column : columns) {
      const auto found = observation.columns.find(column);
      if (found == observation.columns.end()) {
        throw ParameterError(fmt::format("gain: no column \"{}\"", printable(column)));
      }
      combination.push_back(found->second);
    }
    const auto condition = observation.columns.find(question.between);
    const bool wanted = condition == observation.columns.end() || condition->second == question.baseline ||
                        condition->second == question.candidate;
    if (wanted) groups[combination].push_back(observation);
  }
  return groups;
}

/// The gains of one combination, by genre.
CombinationGain gain_of(const Combination& combination, const Comparison& comparison, bool candidate_first,
                        const std::vector<std::string>& genres) {
  CombinationGain gain;
  gain.depth = combination[0];
  gain.settings.assign(combination.begin() + 1, combination.end());
  const std::vector<double> differences =
      candidate_first ? differences_without_rounding(comparison.first_values, comparison.second_values)
                      : differences_without_rounding(comparison.second_values, comparison.first_values);
  for (const std::string& genre : genres) {
    const auto place = std::ranges::find(comparison.pairs, genre) - comparison.pairs.begin();
    gain.gains.push_back(differences[static_cast<std::size_t>(place)]);
  }
  gain.mean = mean(gain.gains);
  if (const auto& test = comparison.t_test) {
    gain.t_test_p = test->p;
    gain.interval = candidate_first ? Interval{test->low, test->high} : Interval{-test->high, -test->low};
  }
  if (comparison.wilcoxon) gain.wilcoxon_p = comparison.wilcoxon->p;
  return gain;
}

GainInteraction interaction_of(const std::vector<const CombinationGain*>& combinations) {
  GainInteraction interaction;
  interaction.settings = combinations.front()->settings;
  for (const CombinationGain* each : combinations) interaction.depths.push_back(each->depth);
  const std::size_t n_genres = combinations.front()->gains.size();
  if (combinations.size() < 2 || n_genres < 2) {
    interaction.note = combinations.size() < 2 ? "one depth: there is nothing that the gain could change with"
                                               : "one genre: Friedman's test needs at least 2";
    return interaction;
  }
  std::vector<std::vector<double>> blocks;
  bool differs = false;
  for (std::size_t g = 0; g < n_genres; ++g) {
    std::vector<double> block;
    for (const CombinationGain* each : combinations) block.push_back(each->gains[g]);
    blocks.push_back(without_rounding(block));
    differs = differs || std::ranges::count(blocks.back(), blocks.back()[0]) != std::ssize(block);
  }
  if (differs) {
    interaction.friedman = friedman(blocks);
  } else {
    interaction.note = "every genre has the same gain at every depth: there is nothing to rank";
  }
  return interaction;
}

void adjust(GainTable& table) {
  std::vector<std::optional<double>> t_tests;
  std::vector<std::optional<double>> wilcoxon;
  std::vector<std::optional<double>> interactions;
  for (const CombinationGain& each : table.combinations) {
    t_tests.push_back(each.t_test_p);
    wilcoxon.push_back(each.wilcoxon_p);
  }
  for (const GainInteraction& each : table.interactions) {
    interactions.push_back(each.friedman ? std::optional(each.friedman->best_p()) : std::nullopt);
  }
  t_tests = holm(t_tests);
  wilcoxon = holm(wilcoxon);
  interactions = holm(interactions);
  for (std::size_t i = 0; i < table.combinations.size(); ++i) {
    table.combinations[i].t_test_p_holm = t_tests[i];
    table.combinations[i].wilcoxon_p_holm = wilcoxon[i];
  }
  for (std::size_t i = 0; i < table.interactions.size(); ++i) table.interactions[i].p_holm = interactions[i];
}

std::string name_of(const Combination& combination, const GainQuestion& question) {
  std::string name = question.depth + " = " + combination[0];
  for (std::size_t i = 0; i < question.settings.size(); ++i) {
    name += ", " + question.settings[i] + " = " + combination[i + 1];
  }
  return printable(name);
}

Comparison compare_combination(const Combination& combination, const std::vector<Observation>& observations,
                               const GainQuestion& question) {
  try {
    return compare(
        observations,
        {.between = question.between, .pair_by = {question.pair_by}, .average_over = question.average_over});
  } catch (const ParameterError& error) {
    throw ParameterError(fmt::format("gain at {}: {}", name_of(combination, question), error.what()));
  }
}

}  // namespace

GainTable measure_gains(const std::vector<Observation>& observations, const GainQuestion& question) {
  if (question.baseline == question.candidate) {
    throw ParameterError(fmt::format("gain of \"{}\" over itself", printable(question.candidate)));
  }
  GainTable table;
  table.question = question;
  const auto groups = by_combination(observations, question);
  if (groups.empty()) throw ParameterError("gain: there is nothing to compare, not one value");
  for (const auto& [combination, rows] : groups) {
    const Comparison comparison = compare_combination(combination, rows, question);
    if (table.combinations.empty()) {
      table.pairs = comparison.pairs;
      table.left_out = comparison.left_out;
    }
    if (!std::ranges::is_permutation(table.pairs, comparison.pairs)) {
      throw ParameterError(
          fmt::format("gain at {}: its pairs are {}, elsewhere they are {}; they must be the same",
                      name_of(combination, question), printable(join(comparison.pairs, ", ")),
                      printable(join(table.pairs, ", "))));
    }
    table.combinations.push_back(
        gain_of(combination, comparison, comparison.first == question.candidate, table.pairs));
  }
  std::map<std::vector<std::string>, std::vector<const CombinationGain*>> by_settings;
  for (const CombinationGain& each : table.combinations) by_settings[each.settings].push_back(&each);
  for (const auto& [settings, combinations] : by_settings) {
    table.interactions.push_back(interaction_of(combinations));
  }
  adjust(table);
  return table;
}

}  // namespace gamut::statistics
