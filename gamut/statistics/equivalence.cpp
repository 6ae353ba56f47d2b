#include "gamut/statistics/equivalence.h"

#include <fmt/format.h>

#include <boost/math/distributions/students_t.hpp>
#include <cmath>

#include "gamut/core/error.h"

namespace gamut::statistics {

EquivalenceTest equivalence_test(const PairedTTest& test, double margin) {
  if (!(margin > 0) || !std::isfinite(margin)) {
    throw ParameterError(
        fmt::format("equivalence margin {}; it must be above 0, in the unit of the values compared", margin));
  }
  const boost::math::students_t student(test.df);
  const double standard_error = (test.high - test.low) / 2 / quantile(student, 0.975);
  const double half_width = quantile(student, 0.95) * standard_error;
  // Of the two sides the nearer one has the larger p.
  const double nearer = (std::abs(test.mean_difference) - margin) / standard_error;
  return {margin, test.mean_difference - half_width, test.mean_difference + half_width, cdf(student, nearer)};
}

}  // namespace gamut::statistics
