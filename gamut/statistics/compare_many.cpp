#include "gamut/statistics/compare_many.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "gamut/core/error.h"
#include "gamut/core/text.h"
#include "gamut/statistics/holm.h"
#include "gamut/statistics/rounding.h"
#include "gamut/statistics/sample.h"

namespace gamut::statistics {
namespace {

void test_ranks(ManyComparison& result) {
  std::vector<std::vector<double>> blocks;
  bool differs = false;
  for (const std::vector<double>& pair : result.table.values) {
    blocks.push_back(without_rounding(pair));
    differs = differs || std::ranges::count(blocks.back(), blocks.back()[0]) != std::ssize(pair);
  }
  if (blocks.size() < 2 || !differs) {
    result.note = blocks.size() < 2 ? "one pair: Friedman's test needs at least 2"
                                    : "within every pair all conditions are equal: there is nothing to rank";
    return;
  }
  result.friedman = friedman(blocks);
  result.critical_difference =
      nemenyi_critical_difference(result.friedman->conditions, result.friedman->blocks);
}

bool separated(const ManyComparison& result, std::size_t a, std::size_t b) {
  const std::vector<double>& ranks = result.friedman->mean_ranks;
  return std::abs(ranks[a] - ranks[b]) >= result.critical_difference;
}

std::vector<std::vector<std::size_t>> find_cliques(const ManyComparison& result) {
  const std::vector<double>& ranks = result.friedman->mean_ranks;
  std::vector<std::size_t> order(ranks.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return ranks[a] < ranks[b]; });
  std::vector<std::vector<std::size_t>> cliques;
  std::size_t covered = 0;  // end of the longest run so far: a run that ends there is part of it
  for (std::size_t first = 0; first < order.size(); ++first) {
    std::size_t end = first + 1;
    while (end < order.size() && !separated(result, order[first], order[end])) ++end;
    if (end > covered && end - first > 1) {
      cliques.emplace_back(order.begin() + static_cast<std::ptrdiff_t>(first),
                           order.begin() + static_cast<std::ptrdiff_t>(end));
    }
    covered = std::max(covered, end);
  }
  return cliques;
}

template <typename Test>
std::optional<double> p_of(const std::optional<Test>& test) {
  return test ? std::optional(test->p) : std::nullopt;
}

/// Adjusts the p values of one test, which are a family, and keeps them in `adjusted`.
template <typename Test>
void adjust(std::vector<PairwiseComparison>& pairwise, std::optional<Test> Comparison::*test,
            std::optional<double> PairwiseComparison::*adjusted) {
  std::vector<std::optional<double>> family;
  for (const PairwiseComparison& pair : pairwise) family.push_back(p_of(pair.comparison.*test));
  family = holm(family);
  for (std::size_t i = 0; i < pairwise.size(); ++i) pairwise[i].*adjusted = family[i];
}

}  // namespace

ManyComparison compare_many(const std::vector<Observation>& observations, const TableRoles& roles,
                            const ComparisonOptions& options) {
  ManyComparison result;
  result.between = roles.between;
  result.pair_by = join(roles.pair_by, ", ");
  result.averaged_over = roles.average_over;
  result.table = make_paired_table(observations, roles);
  const std::size_t k = result.table.conditions.size();
  if (k < 3 || k > 100) {
    throw ParameterError(fmt::format(
        "comparison: \"{}\" has {} values; there must be 3 to 100 to compare many", roles.between, k));
  }
  for (std::size_t c = 0; c < k; ++c) result.means.push_back(mean(result.table.of_condition(c)));
  test_ranks(result);
  if (result.friedman) result.cliques = find_cliques(result);
  for (std::size_t a = 0; a < k; ++a) {
    for (std::size_t b = a + 1; b < k; ++b) {
      PairwiseComparison& pair = result.pairwise.emplace_back();
      pair.comparison = compare_conditions(result.table, roles, options, a, b);
      pair.nemenyi = result.friedman && separated(result, a, b);
    }
  }
  adjust(result.pairwise, &Comparison::t_test, &PairwiseComparison::t_test_p);
  adjust(result.pairwise, &Comparison::wilcoxon, &PairwiseComparison::wilcoxon_p);
  adjust(result.pairwise, &Comparison::sign_test, &PairwiseComparison::sign_test_p);
  adjust(result.pairwise, &Comparison::equivalence, &PairwiseComparison::equivalence_p);
  adjust(result.pairwise, &Comparison::corrected, &PairwiseComparison::corrected_p);
  return result;
}

}  // namespace gamut::statistics
