#include "gamut/statistics/spearman.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

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
  test.p = student_t_two_sided_p(test.rho * std::sqrt((n - 2) / rest), n - 2);
  if (test.n >= 4 && rest > 0) {
    const double half_width =
        quantile(boost::math::normal(), 0.975) * std::sqrt((1 + test.rho * test.rho / 2) / (n - 3));
    const double z = std::atanh(test.rho);
    test.interval = {std::tanh(z - half_width), std::tanh(z + half_width)};
  }
  return test;
}

}  // namespace gamut::statistics
