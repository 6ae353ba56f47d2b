#include "gamut/statistics/studentized_range.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/statistics/message_of.h"

namespace gamut::statistics {
namespace {

using testing::HasSubstr;

TEST(StudentizedRange, OfTwoIsTheDifferenceOfTwoNormalValues) {
  for (double q : {0.1, 1.0, 2.77, 5.0})
    EXPECT_NEAR(studentized_range_cdf(q, 2), std::erf(q / 2), 1e-14) << q;
}

TEST(StudentizedRange, MatchesScipy) {
  // scipy 1.10.1: studentized_range.ppf(0.95, k, inf)
  EXPECT_NEAR(studentized_range_quantile(0.95, 2), 2.771807648699343, 1e-9);
  EXPECT_NEAR(studentized_range_quantile(0.95, 3), 3.314493155398122, 1e-9);
  EXPECT_NEAR(studentized_range_quantile(0.95, 10), 4.474124221725907, 1e-9);
  EXPECT_NEAR(studentized_range_quantile(0.95, 20), 5.0116887941184425, 1e-9);
}

TEST(StudentizedRange, QuantileTurnsTheDistributionRound) {
  for (int k : {2, 5, 30, 100}) {
    for (double p : {0.001, 0.5, 0.9, 0.99, 0.9999}) {
      EXPECT_NEAR(studentized_range_cdf(studentized_range_quantile(p, k), k), p, 1e-12) << k << " at " << p;
    }
  }
}

TEST(StudentizedRange, GoesFromZeroToOne) {
  EXPECT_EQ(studentized_range_cdf(0, 4), 0);
  EXPECT_NEAR(studentized_range_cdf(40, 4), 1, 1e-14);
}

TEST(StudentizedRange, RefusesWhatItCannotIntegrate) {
  EXPECT_THAT(message_of([] { studentized_range_cdf(1, 1); }),
              HasSubstr("1 conditions; there must be 2 to 100"));
  EXPECT_THAT(message_of([] { studentized_range_cdf(-1, 3); }), HasSubstr("at least 0"));
  EXPECT_THAT(message_of([] { studentized_range_cdf(NAN, 3); }), HasSubstr("at least 0"));
  EXPECT_THAT(message_of([] { studentized_range_quantile(1, 3); }), HasSubstr("between 0 and 1"));
}

}  // namespace
}  // namespace gamut::statistics
