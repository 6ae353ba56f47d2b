#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "gamut/core/error.h"
#include "gamut/core/random.h"
#include "gamut/statistics/tests.h"

namespace gamut::statistics {
namespace {

using testing::HasSubstr;

using Sample = std::vector<double>;

std::string message_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const ParameterError& error) {
    return error.what();
  }
  return "nothing thrown";
}

Sample random_sample(std::size_t n, std::uint64_t seed) {
  Random random(seed);
  Sample sample(n);
  for (double& value : sample) value = random.uniform();
  return sample;
}

TEST(StudentT, GivesThePapersPAtFifteenDegreesOfFreedom) {
  EXPECT_NEAR(student_t_two_sided_p(-3.5872, 15), 0.0027, 0.00005);
  EXPECT_GT(std::abs(student_t_two_sided_p(-3.5872, 63) - 0.0027), 0.001);
}

TEST(StudentT, OneDegreeOfFreedomIsTheCauchyDistribution) {
  for (double t : {0.0, 0.5, 1.0, 12.7}) {
    EXPECT_NEAR(student_t_two_sided_p(t, 1), 1 - 2 / M_PI * std::atan(t), 1e-12) << t;
  }
}

TEST(StudentT, IsSymmetricAndFallsWithTheSizeOfT) {
  EXPECT_EQ(student_t_two_sided_p(2, 7), student_t_two_sided_p(-2, 7));
  EXPECT_EQ(student_t_two_sided_p(0, 7), 1);
  EXPECT_EQ(student_t_two_sided_p(INFINITY, 7), 0);
  EXPECT_GT(student_t_two_sided_p(1, 7), student_t_two_sided_p(1.1, 7));
}

TEST(StudentT, RefusesWhatHasNoDistribution) {
  EXPECT_THAT(message_of([] { student_t_two_sided_p(std::nan(""), 3); }), HasSubstr("t = nan at 3"));
  EXPECT_THAT(message_of([] { student_t_two_sided_p(1, 0); }), HasSubstr("the degrees above 0"));
}

TEST(PairedTTest, FollowsItsDefinition) {
  const Sample a = {3, 5, 4, 8};
  const Sample b = {1, 2, 4, 3};
  // Differences 2, 3, 0, 5: mean 2.5, sum of squared deviations 13.
  const PairedTTest test = paired_t_test(a, b);
  const double deviation = std::sqrt(13.0 / 3);
  EXPECT_EQ(test.n, 4);
  EXPECT_EQ(test.df, 3);
  EXPECT_DOUBLE_EQ(test.mean_difference, 2.5);
  EXPECT_DOUBLE_EQ(test.t, 2.5 / (deviation / 2));
  EXPECT_DOUBLE_EQ(test.cohen_dz, 2.5 / deviation);
  EXPECT_DOUBLE_EQ(test.p, student_t_two_sided_p(test.t, 3));
  const double critical = 3.182446305284263;  // 97.5 % point of t at 3 degrees of freedom
  EXPECT_NEAR(test.low, 2.5 - critical * deviation / 2, 1e-12);
  EXPECT_NEAR(test.high, 2.5 + critical * deviation / 2, 1e-12);
}

TEST(PairedTTest, ExchangedSamplesTurnTheSigns) {
  const Sample a = random_sample(16, 1);
  const Sample b = random_sample(16, 2);
  const PairedTTest there = paired_t_test(a, b);
  const PairedTTest back = paired_t_test(b, a);
  EXPECT_DOUBLE_EQ(there.t, -back.t);
  EXPECT_DOUBLE_EQ(there.p, back.p);
  EXPECT_DOUBLE_EQ(there.low, -back.high);
  EXPECT_DOUBLE_EQ(there.cohen_dz, -back.cohen_dz);
}

TEST(PairedTTest, DoesNotDependOnTheOrderOfPairs) {
  Sample a = random_sample(16, 1);
  Sample b = random_sample(16, 2);
  const PairedTTest before = paired_t_test(a, b);
  std::reverse(a.begin(), a.end());
  std::reverse(b.begin(), b.end());
  const PairedTTest after = paired_t_test(a, b);
  EXPECT_NEAR(before.t, after.t, 1e-12);
  EXPECT_NEAR(before.p, after.p, 1e-12);
}

TEST(PairedTTest, IntervalHoldsZeroExactlyWherePIsAboveFivePercent) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const PairedTTest test = paired_t_test(random_sample(6, 2 * seed), random_sample(6, 2 * seed + 1));
    EXPECT_EQ(test.low < 0 && test.high > 0, test.p > 0.05) << seed;
  }
}

TEST(PairedTTest, RefusesSamplesWithoutATest) {
  EXPECT_THAT(message_of([] { paired_t_test(Sample{1, 2}, Sample{1}); }), HasSubstr("2 values against 1"));
  EXPECT_THAT(message_of([] { paired_t_test(Sample{1}, Sample{2}); }), HasSubstr("at least 2"));
  EXPECT_THAT(message_of([] {
                paired_t_test(Sample{1, 2}, Sample{1, std::nan("")});
              }),
              HasSubstr("second sample: value 2 is nan"));
}

TEST(PairedTTest, RefusesDifferencesThatAreEqualButForRounding) {
  // 0.3 - 0.2 and 0.2 - 0.1 differ in the last bits alone; their t would be huge and mean nothing.
  EXPECT_THAT(message_of([] {
                paired_t_test(Sample{0.3, 0.2, 0.9}, Sample{0.2, 0.1, 0.8});
              }),
              HasSubstr("all 3 differences are 0.1"));
  EXPECT_THAT(message_of([] {
                paired_t_test(Sample{0, 0}, Sample{0, 0});
              }),
              HasSubstr("all 2 differences are 0"));
}

}  // namespace
}  // namespace gamut::statistics
