#include "gamut/statistics/sign_test.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/statistics/message_of.h"

namespace gamut::statistics {
namespace {

using Sample = std::vector<double>;

TEST(SignTest, CountsSignsAndLeavesZerosOut) {
  const SignTest test = sign_test(Sample{1, -1, 0, 2, 3, 4});
  EXPECT_EQ(test.positive, 4);
  EXPECT_EQ(test.negative, 1);
  EXPECT_EQ(test.zeros, 1);
  EXPECT_NEAR(test.p, 2 * (1 + 5) / 32.0, 1e-12);
}

TEST(SignTest, MatchesScipyBinomtest) {
  // scipy 1.10.1: binomtest(4, 16).pvalue
  Sample sample(16, -1.0);
  for (int i = 0; i < 4; ++i) sample[i] = 1;
  EXPECT_NEAR(sign_test(sample).p, 0.076812744140625, 1e-12);
}

TEST(SignTest, EvenSignsAndNoSignsHavePOne) {
  EXPECT_EQ(sign_test(Sample{1, -1}).p, 1);
  EXPECT_EQ(sign_test(Sample{0, 0, 0}).p, 1);
}

TEST(SignTest, RefusesNothingAndNaN) {
  EXPECT_THAT(message_of([] { sign_test(Sample{}); }), testing::HasSubstr("at least 1"));
  EXPECT_THAT(message_of([] { sign_test(Sample{NAN}); }), testing::HasSubstr("value 1 is nan"));
}

}  // namespace
}  // namespace gamut::statistics
