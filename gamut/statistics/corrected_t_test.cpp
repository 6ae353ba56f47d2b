#include "gamut/statistics/corrected_t_test.h"

#include <fmt/format.h>

#include <boost/math/distributions/students_t.hpp>
#include <cmath>

#include "gamut/core/error.h"
#include "gamut/statistics/sample.h"
#include "gamut/statistics/tests.h"

namespace gamut::statistics {

CorrectedTTest corrected_t_test(std::span<const double> differences, double test_to_train) {
  check_sample(differences, 2, "corrected t test");
  if (!(test_to_train > 0) || !std::isfinite(test_to_train)) {
    throw ParameterError(fmt::format(
        "corrected t test: {} test songs for a training song; there must be more than 0", test_to_train));
  }
  CorrectedTTest test;
  test.n = static_cast<int>(differences.size());
  test.df = test.n - 1;
  test.mean_difference = mean(differences);
  const double variance = squared_deviations(differences) / test.df;
  if (!(variance > 0)) {
    throw ParameterError(
        fmt::format("corrected t test: all {} differences are {:.6g}; without spread there is no t", test.n,
                    test.mean_difference));
  }
  const double standard_error = std::sqrt((1.0 / test.n + test_to_train) * variance);
  test.t = test.mean_difference / standard_error;
  test.p = student_t_two_sided_p(test.t, test.df);
  const double half_width = quantile(boost::math::students_t(test.df), 0.975) * standard_error;
  test.low = test.mean_difference - half_width;
  test.high = test.mean_difference + half_width;
  return test;
}

}  // namespace gamut::statistics
