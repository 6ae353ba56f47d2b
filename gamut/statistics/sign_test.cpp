#include "gamut/statistics/sign_test.h"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>

#include "gamut/statistics/sample.h"

namespace gamut::statistics {

SignTest sign_test(std::span<const double> differences) {
  check_sample(differences, 1, "sign test");
  SignTest test;
  for (double difference : differences) {
    ++(difference > 0 ? test.positive : difference < 0 ? test.negative : test.zeros);
  }
  const boost::math::binomial coin(test.positive + test.negative, 0.5);
  test.p = std::min(1.0, 2 * cdf(coin, std::min(test.positive, test.negative)));
  return test;
}

}  // namespace gamut::statistics
