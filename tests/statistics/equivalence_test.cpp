#include "gamut/statistics/equivalence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "gamut/core/random.h"
#include "tests/statistics/message_of.h"

namespace gamut::statistics {
namespace {

using testing::HasSubstr;

using Sample = std::vector<double>;

PairedTTest t_test_of(const Sample& differences) {
  return paired_t_test(differences, Sample(differences.size(), 0.0));
}

TEST(Equivalence, IsTheWorseOfTwoOneSidedTests) {
  // Differences 2, 3, 0, 5 against a margin of 6: t = (2.5 - 6) / s below and (2.5 + 6) / s above.
  const PairedTTest t_test = t_test_of({2, 3, 0, 5});
  const double error = std::sqrt(13.0 / 3 / 4);
  EXPECT_NEAR(equivalence_test(t_test, 6).p, student_t_two_sided_p((6 - 2.5) / error, 3) / 2, 1e-12);
}

TEST(Equivalence, DoesNotMindTheSign) {
  const EquivalenceTest there = equivalence_test(t_test_of({2, 3, 0, 5}), 4);
  const EquivalenceTest back = equivalence_test(t_test_of({-2, -3, 0, -5}), 4);
  EXPECT_NEAR(there.p, back.p, 1e-12);
  EXPECT_NEAR(there.low, -back.high, 1e-12);
}

TEST(Equivalence, IsNotShownWhereTheMeanIsTheMargin) {
  EXPECT_NEAR(equivalence_test(t_test_of({2, 3, 0, 5}), 2.5).p, 0.5, 1e-12);
}

TEST(Equivalence, AMeanOfZeroIsNoSpecialCase) {
  const EquivalenceTest test = equivalence_test(t_test_of({-1, 1, -1, 1}), 10);
  EXPECT_LT(test.p, 0.01);
  EXPECT_NEAR(test.low, -test.high, 1e-12);
}

TEST(Equivalence, NinetyPercentIntervalLiesInTheMarginExactlyWherePIsBelowFivePercent) {
  Random random(2);
  int inside = 0;
  for (int i = 0; i < 300; ++i) {
    Sample differences(8);
    for (double& value : differences) value = random.normal() * 0.02;
    const EquivalenceTest test = equivalence_test(t_test_of(differences), 0.015);
    const bool in_margin = test.low > -0.015 && test.high < 0.015;
    EXPECT_EQ(in_margin, test.p < 0.05) << i;
    inside += in_margin ? 1 : 0;
  }
  EXPECT_GT(inside, 20);
  EXPECT_LT(inside, 280);
}

TEST(Equivalence, RefusesAMarginThatIsNone) {
  const PairedTTest t_test = t_test_of({2, 3, 0, 5});
  for (double margin : {0.0, -0.1, double(NAN), double(INFINITY)}) {
    EXPECT_THAT(message_of([&] { equivalence_test(t_test, margin); }), HasSubstr("it must be above 0"))
        << margin;
  }
}

}  // namespace
}  // namespace gamut::statistics
