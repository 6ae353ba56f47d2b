#include "gamut/statistics/friedman.h"

#include <fmt/format.h>

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <cmath>
#include <limits>

#include "gamut/core/error.h"
#include "gamut/statistics/ranks.h"
#include "gamut/statistics/sample.h"
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
