#include "gamut/statistics/spearman.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "gamut/core/random.h"
#include "tests/statistics/message_of.h"

namespace gamut::statistics {
namespace {

using testing::HasSubstr;

using Sample = std::vector<double>;

TEST(Spearman, SeesOrderAlone) {
  const Sample a = {1, 2, 3, 4, 5};
  EXPECT_EQ(spearman(a, Sample{1, 10, 100, 1000, 1e6}).rho, 1);
  EXPECT_EQ(spearman(a, Sample{5, 4, 3, 2, 1}).rho, -1);
  EXPECT_NEAR(spearman(a, Sample{2, 1, 3, 5, 4}).rho, 1 - 6 * 4.0 / (5 * 24), 1e-12);
}

TEST(Spearman, TiesShareRanks) {
  // scipy 1.10.1: spearmanr([1, 2, 2, 3, 5, 5], [2, 1, 4, 4, 6, 5])
  const SpearmanTest test = spearman(Sample{1, 2, 2, 3, 5, 5}, Sample{2, 1, 4, 4, 6, 5});
  EXPECT_NEAR(test.rho, 0.8508410434878082, 1e-12);
  EXPECT_NEAR(test.p, 0.031713317822196836, 1e-9);
}

TEST(Spearman, IntervalHoldsTheTrueCorrelationNineteenTimesInTwenty) {
  // Of normal pairs with Pearson's r, Spearman's rho is 6 / pi asin(r / 2).
  constexpr double kR = 0.6;
  const double rho = 6 / M_PI * std::asin(kR / 2);
  Random random(5);
  int holds = 0;
  constexpr int kTimes = 2000;
  for (int i = 0; i < kTimes; ++i) {
    Sample a(30);
    Sample b(30);
    for (std::size_t j = 0; j < a.size(); ++j) {
      a[j] = random.normal();
      b[j] = kR * a[j] + std::sqrt(1 - kR * kR) * random.normal();
    }
    const Interval interval = *spearman(a, b).interval;
    if (interval.low < rho && rho < interval.high) ++holds;
  }
  EXPECT_NEAR(holds / double(kTimes), 0.95, 0.015);
}

TEST(Spearman, HasNoIntervalWhereItsErrorSaysNothing) {
  EXPECT_FALSE(spearman(Sample{1, 2, 3}, Sample{2, 1, 3}).interval.has_value());
  EXPECT_FALSE(spearman(Sample{1, 2, 3, 4, 5}, Sample{1, 2, 3, 4, 5}).interval.has_value());
  EXPECT_EQ(spearman(Sample{1, 2, 3, 4, 5}, Sample{1, 2, 3, 4, 5}).p, 0);
}

TEST(Spearman, RefusesSamplesWithoutACorrelation) {
  EXPECT_THAT(message_of([] { spearman(Sample{1, 2, 3}, Sample{1, 2}); }), HasSubstr("3 values against 2"));
  EXPECT_THAT(message_of([] { spearman(Sample{1, 2}, Sample{1, 2}); }), HasSubstr("at least 3"));
  EXPECT_THAT(message_of([] {
                spearman(Sample{1, 2, 3}, Sample{7, 7, 7});
              }),
              HasSubstr("second sample: all 3 values are 7"));
}

}  // namespace
}  // namespace gamut::statistics
