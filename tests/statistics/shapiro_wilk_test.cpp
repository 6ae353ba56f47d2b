#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "gamut/core/error.h"
#include "gamut/core/random.h"
#include "gamut/statistics/tests.h"

namespace gamut::statistics {
namespace {

using testing::HasSubstr;

std::vector<double> normal_sample(std::size_t n, std::uint64_t seed) {
  Random random(seed);
  std::vector<double> sample(n);
  for (double& value : sample) value = random.normal();
  return sample;
}

std::string message_of(const std::vector<double>& sample) {
  try {
    shapiro_wilk(sample);
  } catch (const ParameterError& error) {
    return error.what();
  }
  return "nothing thrown";
}

/// Share of 2000 normal samples of size n with p below 5 %.
double share_below_level(std::size_t n) {
  int below = 0;
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    if (shapiro_wilk(normal_sample(n, 1000 * n + seed)).p < 0.05) ++below;
  }
  return below / 2000.0;
}

TEST(ShapiroWilk, ThreeValuesFollowTheExactDistribution) {
  // W of three values is (range / sqrt(2))^2 over the sum of squares; its least value is 3/4.
  const TestResult test = shapiro_wilk(std::vector<double>{0, 1, 5});
  EXPECT_NEAR(test.statistic, 12.5 / 14, 1e-12);
  EXPECT_NEAR(test.p, 6 / std::numbers::pi * (std::asin(std::sqrt(12.5 / 14)) - std::numbers::pi / 3), 1e-12);
}

TEST(ShapiroWilk, ThreeEvenlySpacedValuesAreAsNormalAsCanBe) {
  const TestResult test = shapiro_wilk(std::vector<double>{1, 2, 3});
  EXPECT_NEAR(test.statistic, 1, 1e-12);
  EXPECT_NEAR(test.p, 1, 1e-6);
}

TEST(ShapiroWilk, ThreeValuesWithATieAreAsSkewedAsCanBe) {
  const TestResult test = shapiro_wilk(std::vector<double>{1, 1, 2});
  EXPECT_NEAR(test.statistic, 0.75, 1e-12);
  EXPECT_NEAR(test.p, 0, 1e-9);
}

// A p value is right when normal samples fall below 5 % in one case of twenty, in each of the three regimes
// and at their borders. 2000 samples: the share's standard deviation is 0.5 %, and the approximations are
// good to about as much.
TEST(ShapiroWilk, NormalSamplesFallBelowFivePercentOneTimeInTwenty) {
  for (std::size_t n : {3, 4, 5, 6, 8, 11, 12, 16, 40})
    EXPECT_NEAR(share_below_level(n), 0.05, 0.02) << "n = " << n;
}

TEST(ShapiroWilk, DoesNotDependOnOrderPlaceOrUnit) {
  for (std::size_t n : {3, 7, 11, 12, 30}) {
    const std::vector<double> sample = normal_sample(n, n);
    const TestResult test = shapiro_wilk(sample);
    std::vector<double> changed(sample.rbegin(), sample.rend());
    for (double& value : changed) value = -1000 + 0.01 * value;
    EXPECT_NEAR(shapiro_wilk(changed).statistic, test.statistic, 1e-9) << n;
    EXPECT_NEAR(shapiro_wilk(changed).p, test.p, 1e-6) << n;
  }
}

TEST(ShapiroWilk, IsSymmetricInTheSign) {
  std::vector<double> sample = normal_sample(16, 3);
  const TestResult test = shapiro_wilk(sample);
  for (double& value : sample) value = -value;
  EXPECT_NEAR(shapiro_wilk(sample).statistic, test.statistic, 1e-12);
}

TEST(ShapiroWilk, AnOutlierIsNotNormal) {
  for (std::size_t n : {8, 12, 50, 5000}) {
    std::vector<double> sample = normal_sample(n, 5);
    sample[0] = 1e6;
    EXPECT_LT(shapiro_wilk(sample).p, 1e-4) << n;
    EXPECT_GE(shapiro_wilk(sample).p, 0) << n;
  }
}

TEST(ShapiroWilk, LargestDoublesDoNotOverflow) {
  const double huge = std::numeric_limits<double>::max();
  const TestResult test = shapiro_wilk(std::vector<double>{-huge, -huge / 3, huge / 3, huge});
  EXPECT_GT(test.statistic, 0.9);
  EXPECT_GT(test.p, 0.5);
}

TEST(ShapiroWilk, RefusesSamplesItCannotJudge) {
  EXPECT_THAT(message_of({1, 2}), HasSubstr("2 values; there must be at least 3"));
  EXPECT_THAT(message_of(std::vector<double>(5001, 1)),
              HasSubstr("5001 values; its approximation holds up to 5000"));
  EXPECT_THAT(message_of({2, 2, 2, 2}), HasSubstr("all 4 values are 2"));
  EXPECT_THAT(message_of({1, 2, std::nan("")}), HasSubstr("value 3 is nan"));
  EXPECT_THAT(message_of({1, 2, INFINITY}), HasSubstr("value 3 is inf"));
}

}  // namespace
}  // namespace gamut::statistics
