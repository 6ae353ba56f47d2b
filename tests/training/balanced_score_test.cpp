#include "gamut/training/balanced_score.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace gamut::training {
namespace {

TEST(BalancedScore, ClassesCountAlike) {
  // Three negatives, all right; one positive, wrong.
  const std::vector<double> logits{-1, -1, -1, -2};
  const std::vector<float> labels{0, 0, 0, 1};
  const BalancedScore score = score_balanced(logits, labels);
  EXPECT_NEAR(score.loss, (std::log(1 + std::exp(-1.0)) + std::log(1 + std::exp(2.0))) / 2, 1e-15);
  EXPECT_EQ(score.accuracy, 0.5);
}

TEST(BalancedScore, ZeroIsANegativeDecision) {
  EXPECT_EQ(score_balanced(std::vector<double>{0}, std::vector<float>{0}).accuracy, 1);
  EXPECT_EQ(score_balanced(std::vector<double>{0}, std::vector<float>{1}).accuracy, 0);
}

TEST(BalancedScore, AMissingClassCountsForNothing) {
  const BalancedScore score = score_balanced(std::vector<double>{3, -3}, std::vector<float>{1, 1});
  EXPECT_EQ(score.accuracy, 0.5);
  EXPECT_NEAR(score.loss, (std::log1p(std::exp(-3.0)) + std::log1p(std::exp(3.0))) / 2, 1e-12);
  EXPECT_EQ(score_balanced({}, {}).loss, 0);
}

TEST(BalancedScore, LargeLogitsDoNotOverflow) {
  EXPECT_EQ(score_balanced(std::vector<double>{1e6, -1e6}, std::vector<float>{1, 0}).loss, 0);
  EXPECT_EQ(score_balanced(std::vector<double>{1e6, -1e6}, std::vector<float>{0, 1}).loss, 1e6);
}

}  // namespace
}  // namespace gamut::training
