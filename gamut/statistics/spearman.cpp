#include "gamut/statistics/spearman.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <numeric>

#include "gamut/core/error.h"
#include "gamut/statistics/ranks.h"
#include "gamut/statistics/sample.h"
#include "gamut/statistics/tests.h"

namespace gamut::statistics {
namespace {

void check_spread(std::span<const double> sample, const char* which) {
  if (std::ranges::count(sample, sample[0]) != std::ssize(sample)) return;
  throw ParameterError(
      fmt::format("Spearman's rho, {} sample: all {} values are {}; without spread there is no correlation",
                  which, sample.size(), sample[0]));
}

constexpr int kMostForExact = 9;

/// The share of all orders of `y` that go with `x`, or against it, at least as far.
/// @param x, y  ranks.
double exact_p(const std::vector<double>& x, const std::vector<double>& y) {
  const auto from_centre = [](const std::vector<double>& ranks) {
    std::vector<int> doubled;  // shared ranks are halves
    for (double each : ranks) {
      doubled.push_back(static_cast<int>(std::lround(2 * each)) - static_cast<int>(ranks.size()) - 1);
    }
    return doubled;
  };
  const std::vector<int> first = from_centre(x);
  std::vector<int> second = from_centre(y);
  const auto distance = [&] {
    return std::abs(std::inner_product(first.begin(), first.end(), second.begin(), 0));
  };
  const int observed = distance();
  std::sort(second.begin(), second.end());
  int orders = 0;
  int as_far = 0;
  do {
    ++orders;
    if (distance() >= observed) ++as_far;
  } while (std::next_permutation(second.begin(), second.end()));
  return static_cast<double>(as_far) / orders;
}

}  // namespace

SpearmanTest spearman(std::span<const double> a, std::span<const double> b) {
  if (a.size() != b.size()) {
    throw ParameterError(fmt::format("Spearman's rho: {} values against {}; every value needs its partner",
                                     a.size(), b.size()));
  }
  check_sample(a, 3, "Spearman's rho, first sample");
  check_sample(b, 3, "Spearman's rho, second sample");
  check_spread(a, "first");
  check_spread(b, "second");

  const std::vector<double> x = rank(a).ranks;
  const std::vector<double> y = rank(b).ranks;
  const auto n = static_cast<double>(a.size());
  const double centre = (n + 1) / 2;
  double products = 0;
  for (std::size_t i = 0; i < x.size(); ++i) products += (x[i] - centre) * (y[i] - centre);

  SpearmanTest test;
  test.n = static_cast<int>(a.size());
  test.rho = std::clamp(products / std::sqrt(squared_deviations(x) * squared_deviations(y)), -1.0, 1.0);
  const double rest = (1 - test.rho) * (1 + test.rho);
  test.p = test.n <= kMostForExact ? exact_p(x, y)
                                   : student_t_two_sided_p(test.rho * std::sqrt((n - 2) / rest), n - 2);
  if (test.n >= 4 && rest > 0) {
    const double half_width =
        quantile(boost::math::normal(), 0.975) * std::sqrt((1 + test.rho * test.rho / 2) / (n - 3));
    const double z = std::atanh(test.rho);
    test.interval = {std::tanh(z - half_width), std::tanh(z + half_width)};
  }
  return test;
}

}  // namespace gamut::statistics
