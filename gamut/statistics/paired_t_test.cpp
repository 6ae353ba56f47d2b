#include <fmt/format.h>

#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <vector>

#include "gamut/core/error.h"
#include "gamut/statistics/sample.h"
#include "gamut/statistics/tests.h"

namespace gamut::statistics {

double student_t_two_sided_p(double t, double df) {
  if (std::isnan(t) || !(df > 0)) {
    throw ParameterError(fmt::format(
        "p of t = {} at {} degrees of freedom; t must be a number and the degrees above 0", t, df));
  }
  if (std::isinf(t)) return 0;
  return 2 * cdf(complement(boost::math::students_t(df), std::abs(t)));
}

PairedTTest paired_t_test(std::span<const double> a, std::span<const double> b) {
  if (a.size() != b.size()) {
    throw ParameterError(fmt::format("paired t test: {} values against {}; every value needs its partner",
                                     a.size(), b.size()));
  }
  check_sample(a, 2, "paired t test, first sample");
  check_sample(b, 2, "paired t test, second sample");
  if (differences_equal(a, b)) {
    throw ParameterError(fmt::format(
        "paired t test: all {} differences are {:.6g}; without spread there is no t", a.size(), a[0] - b[0]));
  }
  std::vector<double> differences(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) differences[i] = a[i] - b[i];

  PairedTTest test;
  test.n = static_cast<int>(a.size());
  test.df = test.n - 1;
  test.mean_difference = mean(differences);
  const double deviation = std::sqrt(squared_deviations(differences) / test.df);
  const double standard_error = deviation / std::sqrt(test.n);
  test.t = test.mean_difference / standard_error;
  test.p = student_t_two_sided_p(test.t, test.df);
  test.cohen_dz = test.mean_difference / deviation;
  const double half_width = quantile(boost::math::students_t(test.df), 0.975) * standard_error;
  test.low = test.mean_difference - half_width;
  test.high = test.mean_difference + half_width;
  return test;
}

}  // namespace gamut::statistics
