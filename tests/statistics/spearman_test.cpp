#include "gamut/statistics/spearman.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "gamut/core/random.h"
#include "gamut/statistics/tests.h"
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
}

TEST(Spearman, ExactPCountsEveryOrder) {
  // All six orders of three, of which two are perfect; the t distribution says p = 0.
  EXPECT_NEAR(spearman(Sample{1, 2, 3}, Sample{1, 2, 3}).p, 2 / 6.0, 1e-12);
  EXPECT_NEAR(spearman(Sample{1, 2, 3, 4}, Sample{4, 3, 2, 1}).p, 2 / 24.0, 1e-12);
  const Sample a = {1, 2, 2, 3, 5, 5};
  const Sample b = {2, 1, 4, 4, 6, 5};
  const double observed = std::abs(spearman(a, b).rho);
  std::vector<std::size_t> order = {0, 1, 2, 3, 4, 5};
  int as_far = 0;
  do {
    Sample shuffled;
    for (std::size_t i : order) shuffled.push_back(b[i]);
    if (std::abs(spearman(a, shuffled).rho) >= observed - 1e-12) ++as_far;
  } while (std::next_permutation(order.begin(), order.end()));
  EXPECT_NEAR(spearman(a, b).p, as_far / 720.0, 1e-12);
}

TEST(Spearman, TenThingsAreLeftToStudentsT) {
  // scipy 1.10.1: spearmanr(range(10), [1, 0, 3, 2, 5, 4, 7, 6, 9, 8]): rho 1 - 6 * 10 / 990
  const SpearmanTest test =
      spearman(Sample{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, Sample{1, 0, 3, 2, 5, 4, 7, 6, 9, 8});
  EXPECT_NEAR(test.rho, 1 - 60.0 / 990, 1e-12);
  const double t = test.rho * std::sqrt(8 / (1 - test.rho * test.rho));
  EXPECT_NEAR(test.p, student_t_two_sided_p(t, 8), 1e-12);
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
