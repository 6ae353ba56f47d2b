#include "gamut/training/loss.h"

#include <gtest/gtest.h>

#include <cmath>

namespace gamut::training {
namespace {

const torch::Tensor kLogits = torch::tensor({{2.0F}, {-1.0F}, {0.5F}, {0.0F}});
const torch::Tensor kTargets = torch::tensor({{1.0F}, {0.0F}, {0.0F}, {0.25F}});

double entropy(double logit, double target) {
  const double score = 1 / (1 + std::exp(-logit));
  return -(target * std::log(score) + (1 - target) * std::log(1 - score));
}

TEST(Loss, PlainIsCrossEntropy) {
  const Loss loss({}, kTargets);
  const double expected = (entropy(2, 1) + entropy(-1, 0) + entropy(0.5, 0) + entropy(0, 0.25)) / 4;
  EXPECT_NEAR(loss.compute(kLogits, kTargets).item<double>(), expected, 1e-6);
}

TEST(Loss, BalancedWeighsTheClassesAlike) {
  TrainingOptions options;
  options.class_weights = ClassWeights::balanced;
  // One positive in four: it counts 4 / 2, a negative 4 / (2 * 3).
  const Loss loss(options, torch::tensor({{1.0F}, {0.0F}, {0.0F}, {0.0F}}));
  const torch::Tensor targets = torch::tensor({{1.0F}, {0.0F}, {0.0F}, {0.0F}});
  const double expected =
      (2 * entropy(2, 1) + 2.0 / 3 * (entropy(-1, 0) + entropy(0.5, 0) + entropy(0, 0))) / 4;
  EXPECT_NEAR(loss.compute(kLogits, targets).item<double>(), expected, 1e-6);
}

TEST(Loss, BalancedLeavesAnOutputOfOneClassAlone) {
  TrainingOptions options;
  options.class_weights = ClassWeights::balanced;
  const Loss loss(options, torch::zeros({4, 1}));
  EXPECT_NEAR(loss.compute(kLogits, torch::zeros({4, 1})).item<double>(),
              (entropy(2, 0) + entropy(-1, 0) + entropy(0.5, 0) + entropy(0, 0)) / 4, 1e-6);
}

TEST(Loss, FocalForgivesWhatIsEasy) {
  TrainingOptions options;
  options.focal_gamma = 2;
  const Loss loss(options, kTargets);
  const auto focal = [](double logit, double target) {
    const double score = 1 / (1 + std::exp(-logit));
    return -(target * std::pow(1 - score, 2) * std::log(score) +
             (1 - target) * std::pow(score, 2) * std::log(1 - score));
  };
  const double expected = (focal(2, 1) + focal(-1, 0) + focal(0.5, 0) + focal(0, 0.25)) / 4;
  EXPECT_NEAR(loss.compute(kLogits, kTargets).item<double>(), expected, 1e-6);
}

TEST(Loss, OfHugeLogitsIsFiniteWithItsGradient) {
  TrainingOptions options;
  options.focal_gamma = 2;
  options.class_weights = ClassWeights::balanced;
  const Loss loss(options, torch::tensor({{1.0F}, {0.0F}}));
  torch::Tensor logits = torch::tensor({{-200.0F}, {200.0F}}, torch::requires_grad());
  const torch::Tensor value = loss.compute(logits, torch::tensor({{1.0F}, {0.0F}}));
  value.backward();
  EXPECT_TRUE(std::isfinite(value.item<double>()));
  EXPECT_TRUE(logits.grad().isfinite().all().item<bool>());
}

}  // namespace
}  // namespace gamut::training
