#include "gamut/statistics/wilcoxon.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <vector>

#include "gamut/core/error.h"
#include "gamut/core/text.h"
#include "gamut/core/words.h"
#include "gamut/statistics/ranks.h"
#include "gamut/statistics/sample.h"

namespace gamut::statistics {
namespace {

constexpr int kMostForAutomaticExact = 50;
// Up to here the normal approximation can be off by half of p where ranks are shared, and the signs are few.
constexpr int kMostTiedForAutomaticExact = 13;
// The chance of one pattern of signs, 2^-n, must stay a normal double.
constexpr int kMostForExact = 1000;

/// P(sum <= statistic) twice, where every rank is positive or negative by the toss of a coin.
double exact_p(const std::vector<double>& ranks, double statistic) {
  // Shared ranks are whole or half, so doubled ranks are whole.
  const auto limit = static_cast<std::size_t>(std::lround(2 * statistic));
  std::vector<double> chance(limit + 1, 0.0);
  chance[0] = 1;
  for (double rank : ranks) {
    const auto step = static_cast<std::size_t>(std::lround(2 * rank));
    for (std::size_t sum = limit + 1; sum-- > 0;) {
      chance[sum] = (chance[sum] + (sum >= step ? chance[sum - step] : 0.0)) / 2;
    }
  }
  double p = 0;
  for (double each : chance) p += each;
  return std::min(1.0, 2 * p);
}

double normal_p(double n, double tie_term, double statistic) {
  const double centre = n * (n + 1) / 4;
  const double variance = (n * (n + 1) * (2 * n + 1) - tie_term / 2) / 24;
  const double z = std::abs(statistic - centre) / std::sqrt(variance);
  return 2 * cdf(complement(boost::math::normal(), z));
}

constexpr auto kMethods = std::to_array<Word<WilcoxonMethod>>({{WilcoxonMethod::automatic, "automatic"},
                                                               {WilcoxonMethod::exact, "exact"},
                                                               {WilcoxonMethod::normal, "normal"}});

}  // namespace

std::string_view to_string(WilcoxonMethod method) {
  return word_of(method, kMethods);
}

WilcoxonMethod parse_wilcoxon_method(std::string_view word) {
  return parse_word("method of the Wilcoxon test", word, kMethods);
}

std::string describe_method(const WilcoxonTest& test) {
  std::string text = test.method == WilcoxonMethod::exact ? "exact" : "normal approximation";
  text += fmt::format(", n = {}", test.n);
  if (test.ties) text += ", ties";
  if (test.zeros > 0) text += fmt::format(", {} {} left out", test.zeros, test.zeros == 1 ? "zero" : "zeros");
  return text;
}

WilcoxonTest wilcoxon_signed_rank(std::span<const double> differences, WilcoxonMethod method) {
  check_sample(differences, 1, "Wilcoxon signed-rank test");
  std::vector<double> sizes;
  std::vector<bool> positive;
  for (double difference : differences) {
    if (difference == 0) continue;
    sizes.push_back(std::abs(difference));
    positive.push_back(difference > 0);
  }
  if (sizes.empty()) {
    throw ParameterError(fmt::format(
        "Wilcoxon signed-rank test: all {} differences are 0; there is nothing to rank", differences.size()));
  }
  const Ranks ranks = rank(sizes);

  WilcoxonTest test;
  test.n = static_cast<int>(sizes.size());
  test.zeros = static_cast<int>(differences.size() - sizes.size());
  test.ties = ranks.tie_term > 0;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    (positive[i] ? test.positive_ranks : test.negative_ranks) += ranks.ranks[i];
  }
  test.statistic = std::min(test.positive_ranks, test.negative_ranks);
  test.rank_biserial =
      (test.positive_ranks - test.negative_ranks) / (test.positive_ranks + test.negative_ranks);

  const bool plain = !test.ties && test.zeros == 0;
  const int most_exact = plain ? kMostForAutomaticExact : kMostTiedForAutomaticExact;
  test.method = method != WilcoxonMethod::automatic ? method
                : test.n <= most_exact              ? WilcoxonMethod::exact
                                                    : WilcoxonMethod::normal;
  if (test.method == WilcoxonMethod::exact && test.n > kMostForExact) {
    throw ParameterError(
        fmt::format("Wilcoxon signed-rank test: {} differences; the exact p is found for up to {}, take the "
                    "normal approximation",
                    test.n, kMostForExact));
  }
  test.p = test.method == WilcoxonMethod::exact ? exact_p(ranks.ranks, test.statistic)
                                                : normal_p(test.n, ranks.tie_term, test.statistic);
  return test;
}

}  // namespace gamut::statistics
