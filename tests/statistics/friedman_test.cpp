#include "gamut/statistics/friedman.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/statistics/message_of.h"

namespace gamut::statistics {
namespace {

using testing::DoubleEq;
using testing::ElementsAre;
using testing::HasSubstr;

using Blocks = std::vector<std::vector<double>>;

TEST(Friedman, FollowsItsDefinition) {
  // Ranks from the top: 3 2 1, 3 1 2, 2 3 1, 3 2 1.
  const FriedmanTest test = friedman(Blocks{{1, 2, 3}, {1, 3, 2}, {2, 1, 3}, {1, 2, 3}});
  EXPECT_THAT(test.mean_ranks, ElementsAre(DoubleEq(11.0 / 4), DoubleEq(8.0 / 4), DoubleEq(5.0 / 4)));
  EXPECT_NEAR(test.statistic, 12.0 / (4 * 3 * 4) * (121 + 64 + 25) - 3 * 4 * 4, 1e-12);
  EXPECT_EQ(test.df, 2);
  EXPECT_NEAR(test.p, std::exp(-test.statistic / 2), 1e-12);  // chi-square of 2 degrees of freedom
  EXPECT_NEAR(test.iman_davenport, 3 * test.statistic / (4 * 2 - test.statistic), 1e-12);
  EXPECT_EQ(test.df_numerator, 2);
  EXPECT_EQ(test.df_denominator, 6);
  // F of 2 and m degrees of freedom has the closed form (1 + 2 f / m)^(-m / 2).
  EXPECT_NEAR(test.iman_davenport_p, std::pow(1 + 2 * test.iman_davenport / 6, -3), 1e-12);
}

TEST(Friedman, TiesAreCorrectedFor) {
  // scipy 1.10.1: friedmanchisquare([1, 2, 3, 4], [1, 3, 3, 5], [2, 1, 4, 7])
  const FriedmanTest test = friedman(Blocks{{1, 1, 2}, {2, 3, 1}, {3, 3, 4}, {4, 5, 7}});
  EXPECT_NEAR(test.statistic, 2.2857142857142856, 1e-9);
  EXPECT_NEAR(test.p, 0.3189065573239704, 1e-9);
}

TEST(Friedman, FullAgreementIsCertainByImanAndDavenport) {
  const FriedmanTest test = friedman(Blocks{{1, 2, 3}, {4, 5, 6}, {0, 1, 9}});
  EXPECT_NEAR(test.statistic, 6, 1e-12);
  EXPECT_TRUE(std::isinf(test.iman_davenport));
  EXPECT_EQ(test.iman_davenport_p, 0);
}

TEST(Friedman, OfTwoConditionsIsTheSignTestsApproximation) {
  const FriedmanTest test = friedman(Blocks{{1, 2}, {1, 2}, {1, 2}, {1, 2}, {2, 1}});
  const double z = (4 - 2.5) / std::sqrt(5 / 4.0);
  EXPECT_NEAR(test.statistic, z * z, 1e-12);
  EXPECT_NEAR(test.p, std::erfc(z / std::sqrt(2)), 1e-12);
}

TEST(Friedman, RefusesBlocksWithoutRanks) {
  EXPECT_THAT(message_of([] {
                friedman(Blocks{{1, 2, 3}});
              }),
              HasSubstr("1 block; there must be at least 2"));
  EXPECT_THAT(message_of([] { friedman(Blocks{{1}, {1}}); }), HasSubstr("at least 2"));
  EXPECT_THAT(message_of([] {
                friedman(Blocks{{1, 2, 3}, {1, 2, 3, 4}});
              }),
              HasSubstr("block 2 has 4 values and block 1 has 3"));
  EXPECT_THAT(message_of([] { friedman(Blocks{{1, 1, 1}, {2, 2, 2}}); }), HasSubstr("nothing to rank"));
  EXPECT_THAT(message_of([] {
                friedman(Blocks{{1, 2, 3}, {1, NAN, 3}});
              }),
              HasSubstr("block 2: value 2 is nan"));
}

TEST(Nemenyi, GivesTheExampleOfDemsar) {
  // Demšar 2006, section 3.2.2: 4 classifiers, 14 data sets, CD 1.25; q 2.569 at 5 %, 2.291 at 10 %.
  EXPECT_NEAR(nemenyi_critical_difference(4, 14), 2.569 * std::sqrt(4 * 5 / (6.0 * 14)), 0.0005);
  EXPECT_NEAR(nemenyi_critical_difference(4, 14, 0.10), 2.291 * std::sqrt(4 * 5 / (6.0 * 14)), 0.0005);
}

TEST(Nemenyi, FallsWithTheRootOfTheBlocks) {
  EXPECT_NEAR(nemenyi_critical_difference(5, 10) / nemenyi_critical_difference(5, 40), 2, 1e-12);
}

TEST(Nemenyi, RefusesOneBlockAndOneCondition) {
  EXPECT_THAT(message_of([] { nemenyi_critical_difference(3, 1); }), HasSubstr("1 blocks"));
  EXPECT_THAT(message_of([] { nemenyi_critical_difference(1, 9); }), HasSubstr("1 conditions"));
}

}  // namespace
}  // namespace gamut::statistics
