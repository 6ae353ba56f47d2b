#include "gamut/statistics/friedman.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>

#include "gamut/core/error.h"
#include "gamut/statistics/ranks.h"
#include "gamut/statistics/sample.h"
#include "gamut/statistics/sign_test.h"
#include "gamut/statistics/studentized_range.h"

namespace gamut::statistics {
namespace {

void check_blocks(std::span<const std::vector<double>> blocks) {
  if (blocks.size() < 2) {
    throw ParameterError(fmt::format("Friedman test: {} {}; there must be at least 2", blocks.size(),
                                     blocks.size() == 1 ? "block" : "blocks"));
  }
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    check_sample(blocks[i], 2, fmt::format("Friedman test, block {}", i + 1));
    if (blocks[i].size() != blocks[0].size()) {
      throw ParameterError(
          fmt::format("Friedman test: block {} has {} values and block 1 has {}; every "
                      "block must hold every condition",
                      i + 1, blocks[i].size(), blocks[0].size()));
    }
  }
}

/// The most blocks of so many conditions whose rank sums are counted: about a million steps. Beyond, F calls
/// equal conditions different in 5 to 6 % of cases where it promises 5 %.
std::size_t most_exact_blocks(std::size_t conditions) {
  constexpr std::array<std::size_t, 10> kMost = {0, 0, 0, 100, 22, 8, 4, 2, 2, 2};
  return conditions < kMost.size() ? kMost[conditions] : 0;
}

/// A block's ranks doubled, so that shared ones are whole.
std::vector<int> doubled_ranks(const std::vector<double>& block) {
  std::vector<int> doubled;
  for (double each : rank(block).ranks) doubled.push_back(static_cast<int>(std::lround(2 * each)));
  return doubled;
}

std::int64_t sum_of_squares(const std::vector<int>& sums) {
  std::int64_t total = 0;
  for (const std::int64_t sum : sums) total += sum * sum;
  return total;
}

std::vector<std::vector<int>> arrangements_of(std::vector<int> ranks) {
  std::sort(ranks.begin(), ranks.end());
  std::vector<std::vector<int>> arrangements;
  do arrangements.push_back(ranks);
  while (std::next_permutation(ranks.begin(), ranks.end()));
  return arrangements;
}

/// Counts every arrangement of the ranks within the blocks, by the rank sums that they lead to. The sums are
/// kept sorted, because which condition has which is of no matter to chi-square.
double p_of_arrangements(std::span<const std::vector<double>> blocks) {
  std::vector<int> observed(blocks[0].size(), 0);
  std::map<std::vector<int>, double> chances = {{observed, 1.0}};
  for (const std::vector<double>& block : blocks) {
    const std::vector<int> ranks = doubled_ranks(block);
    for (std::size_t i = 0; i < ranks.size(); ++i) observed[i] += ranks[i];
    const std::vector<std::vector<int>> arrangements = arrangements_of(ranks);
    std::map<std::vector<int>, double> next;
    for (const auto& [sums, chance] : chances) {
      for (const std::vector<int>& arrangement : arrangements) {
        std::vector<int> added = sums;
        for (std::size_t i = 0; i < added.size(); ++i) added[i] += arrangement[i];
        std::sort(added.begin(), added.end());
        next[std::move(added)] += chance / static_cast<double>(arrangements.size());
      }
    }
    chances = std::move(next);
  }
  double p = 0;
  for (const auto& [sums, chance] : chances) {
    if (sum_of_squares(sums) >= sum_of_squares(observed)) p += chance;
  }
  return std::min(1.0, p);
}

std::optional<double> exact_p(std::span<const std::vector<double>> blocks) {
  if (blocks[0].size() == 2) {
    std::vector<double> differences;
    for (const std::vector<double>& block : blocks) differences.push_back(block[0] - block[1]);
    return sign_test(differences).p;
  }
  if (blocks.size() > most_exact_blocks(blocks[0].size())) return std::nullopt;
  return p_of_arrangements(blocks);
}

}  // namespace

FriedmanTest friedman(std::span<const std::vector<double>> blocks) {
  check_blocks(blocks);
  const auto n = static_cast<double>(blocks.size());
  const auto k = static_cast<double>(blocks[0].size());
  FriedmanTest test;
  test.blocks = static_cast<int>(blocks.size());
  test.conditions = static_cast<int>(blocks[0].size());
  test.mean_ranks.resize(blocks[0].size());
  double tie_term = 0;
  for (const std::vector<double>& block : blocks) {
    const Ranks ranks = rank(block);
    tie_term += ranks.tie_term;
    for (std::size_t i = 0; i < block.size(); ++i) test.mean_ranks[i] += k + 1 - ranks.ranks[i];
  }
  for (double& rank : test.mean_ranks) rank /= n;
  const double untied = 1 - tie_term / (n * k * (k * k - 1));
  if (untied <= 0) {
    throw ParameterError("Friedman test: the values within every block are equal; there is nothing to rank");
  }
  test.exact_p = exact_p(blocks);
  test.df = test.conditions - 1;
  test.statistic = 12 * n / (k * (k + 1)) * squared_deviations(test.mean_ranks) / untied;
  test.p = cdf(complement(boost::math::chi_squared(test.df), test.statistic));

  test.df_numerator = test.df;
  test.df_denominator = test.df * (test.blocks - 1);
  const double rest = n * test.df - test.statistic;
  // All blocks agree but for rounding: the greatest chi-square, where F leaves every limit.
  if (rest <= 1e-12 * n * test.df) {
    test.iman_davenport = std::numeric_limits<double>::infinity();
    test.iman_davenport_p = 0;
    return test;
  }
  test.iman_davenport = (n - 1) * test.statistic / rest;
  test.iman_davenport_p =
      cdf(complement(boost::math::fisher_f(test.df_numerator, test.df_denominator), test.iman_davenport));
  return test;
}

double nemenyi_critical_difference(int conditions, int blocks, double alpha) {
  if (blocks < 2) {
    throw ParameterError(
        fmt::format("Nemenyi's critical difference: {} blocks; there must be at least 2", blocks));
  }
  const double k = conditions;
  return studentized_range_quantile(1 - alpha, conditions) * std::sqrt(k * (k + 1) / (12.0 * blocks));
}

}  // namespace gamut::statistics
