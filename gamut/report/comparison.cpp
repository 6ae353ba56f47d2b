#include "gamut/report/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "gamut/core/error.h"
#include "gamut/core/text.h"
#include "gamut/report/scores.h"
#include "gamut/statistics/wording.h"

namespace gamut::report {
namespace {

using evaluation::ResultRow;
using statistics::Observation;

/// What a network is but for its scale, as columns of an observation.
const std::vector<std::pair<std::string, std::string ResultRow::*>> kNetworkColumns = {
    {"architecture", &ResultRow::architecture},
    {"initialisation", &ResultRow::initialisation},
    {"reduce", &ResultRow::reduce},
    {"strategy", &ResultRow::strategy},
    {"repeat", &ResultRow::repeat}};

std::vector<std::string> network_of(const ResultRow& row) {
  std::vector<std::string> network;
  for (const auto& [name, member] : kNetworkColumns) network.push_back(row.*member);
  return network;
}

std::vector<std::string> levels(const std::vector<Observation>& observations, const std::string& column) {
  std::vector<std::string> found;
  for (const Observation& observation : observations) {
    const std::string& level = observation.columns.at(column);
    if (std::find(found.begin(), found.end(), level) == found.end()) found.push_back(level);
  }
  return found;
}

ScaleComparison compare(const std::vector<Observation>& observations, std::string title) {
  ScaleComparison result{.title = std::move(title), .averaged = {}, .two = {}, .many = {}};
  const std::vector<std::pair<std::string, std::string>> plurals = {{"architecture", "architectures"},
                                                                    {"initialisation", "initial weights"},
                                                                    {"reduce", "ways to reduce"},
                                                                    {"strategy", "strategies"},
                                                                    {"repeat", "repeats"}};
  for (const auto& [column, plural] : plurals) {
    const std::size_t n = levels(observations, column).size();
    if (n > 1) result.averaged.push_back(fmt::format("{} {}", n, plural));
  }
  std::vector<std::string> average_over;
  for (const auto& [name, member] : kNetworkColumns) average_over.push_back(name);
  const statistics::TableRoles roles{.between = "scale", .pair_by = {"genre"}, .average_over = average_over};
  if (levels(observations, "scale").size() == 2) {
    result.two = statistics::compare(observations, roles);
  } else {
    result.many = statistics::compare_many(observations, roles);
  }
  return result;
}

/// The comparisons with the strategy, reduce and initial weights held fixed.
std::vector<ScaleComparison> compare_settings(const std::vector<Observation>& observations) {
  const std::vector<std::string> columns = {"strategy", "initialisation", "reduce"};
  std::map<std::vector<std::string>, std::vector<Observation>> settings;
  std::vector<std::vector<std::string>> order;
  for (const Observation& observation : observations) {
    std::vector<std::string> key;
    for (const std::string& column : columns) key.push_back(observation.columns.at(column));
    if (!settings.contains(key)) order.push_back(key);
    settings[key].push_back(observation);
  }
  if (order.size() < 2) return {};
  std::vector<bool> varies;
  for (const std::string& column : columns) varies.push_back(levels(observations, column).size() > 1);
  std::vector<ScaleComparison> comparisons;
  for (const std::vector<std::string>& key : order) {
    std::vector<std::string> parts;
    if (varies[0]) parts.push_back(key[0]);
    if (varies[1]) parts.push_back(initialisation_title(key[1]));
    if (varies[2]) parts.push_back("reduce " + key[2]);
    comparisons.push_back(compare(settings[key], join(parts, ", ")));
  }
  return comparisons;
}

}  // namespace

ComparableScores comparable_scores(std::span<const ResultRow> results, std::string_view metric) {
  std::set<std::string> scales;
  std::map<std::vector<std::string>, std::set<std::string>> scales_of;
  const auto is_wanted = [&](const ResultRow& row) {
    return row.part == "test" && row.decision == "0.5" && row.metric == metric && is_single_genre(row.genre);
  };
  for (const ResultRow& row : results) {
    if (!is_wanted(row)) continue;
    scales.insert(row.scale);
    scales_of[network_of(row)].insert(row.scale);
  }
  ComparableScores comparable;
  for (const auto& [network, of_network] : scales_of) {
    if (of_network.size() < scales.size()) {
      comparable.networks_left_out.push_back(join(network, ", "));
    } else {
      comparable.networks.insert(network);
    }
  }
  std::set<std::string> without_value;
  for (const ResultRow& row : results) {
    if (!comparable.networks.contains(network_of(row)) || row.part != "test" || row.decision != "0.5")
      continue;
    const bool unsupported = row.metric == "support" && row.value == 0;
    const bool stands_in = row.metric == metric && (row.undefined || !row.reason.empty());
    if (is_single_genre(row.genre) && (unsupported || stands_in)) without_value.insert(row.genre);
  }
  comparable.genres_left_out.assign(without_value.begin(), without_value.end());
  for (const ResultRow& row : results) {
    if (!is_wanted(row) || !comparable.networks.contains(network_of(row))) continue;
    if (without_value.contains(row.genre)) continue;
    Observation observation{.columns = {{"scale", row.scale}, {"genre", row.genre}}, .value = row.value};
    for (const auto& [name, member] : kNetworkColumns) observation.columns[name] = row.*member;
    comparable.observations.push_back(std::move(observation));
  }
  return comparable;
}

ScaleComparisons compare_scales(std::span<const ResultRow> results, const std::string& metric) {
  ScaleComparisons result{.metric = metric,
                          .scales = {},
                          .all = {},
                          .settings = {},
                          .networks_left_out = {},
                          .genres_left_out = {},
                          .why_not = {}};
  for (const ResultRow& row : results) {
    if (row.part != "test" || row.decision != "0.5" || row.metric != metric) continue;
    if (std::find(result.scales.begin(), result.scales.end(), row.scale) == result.scales.end()) {
      result.scales.push_back(row.scale);
    }
  }
  if (result.scales.size() < 2) {
    result.why_not =
        result.scales.empty()
            ? fmt::format("The results hold no {} of the test songs.", metric_title(metric))
            : fmt::format("The run has one scale ({}); a comparison needs two.", result.scales.front());
    return result;
  }
  ComparableScores comparable = comparable_scores(results, metric);
  result.networks_left_out = std::move(comparable.networks_left_out);
  result.genres_left_out = std::move(comparable.genres_left_out);
  const std::vector<Observation>& observations = comparable.observations;
  if (observations.empty()) {
    result.why_not = comparable.networks.empty()
                         ? "No network was finished for every scale, so that the scales cannot be compared."
                         : fmt::format(
                               "No genre has test songs and {} with every network, so that the scales "
                               "cannot be compared.",
                               metric_title(metric));
    return result;
  }
  try {
    result.all = compare(observations, "");
    result.settings = compare_settings(observations);
  } catch (const ParameterError& error) {
    result.all.reset();
    result.settings.clear();
    result.why_not = std::string("The scales cannot be compared: ") + error.what();
  }
  return result;
}

std::optional<Advantage> advantage_of(const statistics::Comparison& comparison) {
  if (!comparison.t_test) return std::nullopt;
  const statistics::PairedTTest& test = *comparison.t_test;
  if (test.mean_difference >= 0)
    return Advantage{comparison.first, comparison.second, test.mean_difference, test.low, test.high};
  return Advantage{comparison.second, comparison.first, -test.mean_difference, -test.high, -test.low};
}

bool is_shown(const statistics::Comparison& comparison) {
  return comparison.t_test && comparison.t_test->p < statistics::kLevel;
}

bool is_shown(const statistics::ManyComparison& comparison) {
  return comparison.friedman && comparison.friedman->best_p() < statistics::kLevel;
}

std::vector<std::size_t> by_rank(const statistics::ManyComparison& comparison) {
  const std::vector<double>& ranks = comparison.friedman->mean_ranks;
  std::vector<std::size_t> order(ranks.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return ranks[a] < ranks[b]; });
  return order;
}

}  // namespace gamut::report
