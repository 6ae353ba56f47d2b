#include "gamut/training/augmentation.h"

#include <gtest/gtest.h>

#include <cmath>

namespace gamut::training {
namespace {

Batch make_batch() {
  const at::Generator generator = at::make_generator<at::CPUGeneratorImpl>(5);
  return {torch::rand({4, 3, 20, 30}, generator), torch::tensor({{1.0F}, {0.0F}, {1.0F}, {0.0F}})};
}

Batch augmented(const AugmentationOptions& options, std::uint64_t seed = 1) {
  Batch batch = make_batch();
  Random random(seed);
  augment(batch, options, random);
  return batch;
}

TEST(Augmentation, OfNothingChangesNothing) {
  EXPECT_TRUE(torch::equal(augmented({}).pictures, make_batch().pictures));
}

TEST(Augmentation, SameSeedSamePictures) {
  const AugmentationOptions all{.time_masks = 2, .frequency_masks = 1, .time_shift = 0.3, .mixup = 0.4};
  EXPECT_TRUE(torch::equal(augmented(all).pictures, augmented(all).pictures));
  EXPECT_FALSE(torch::equal(augmented(all).pictures, augmented(all, 2).pictures));
}

TEST(Augmentation, TimeShiftTurnsPicturesRound) {
  const Batch before = make_batch();
  const Batch after = augmented({.time_shift = 1});
  for (std::int64_t i = 0; i < 4; ++i) {
    bool found = false;
    for (std::int64_t by = 0; by < 30; ++by)
      found = found || torch::equal(after.pictures[i], before.pictures[i].roll(by, 2));
    EXPECT_TRUE(found) << "picture " << i;
  }
  EXPECT_TRUE(torch::equal(after.targets, before.targets));
}

// Every column (row) is either as it was or, all along, the picture's mean; few are.
void expect_stripes(const Batch& after, std::int64_t axis, std::int64_t widest) {
  const Batch before = make_batch();
  std::int64_t n_masked = 0;
  for (std::int64_t i = 0; i < 4; ++i) {
    const torch::Tensor mean = before.pictures[i].mean({1, 2}, true);
    std::int64_t masked = 0;
    for (std::int64_t at = 0; at < before.pictures[i].size(axis); ++at) {
      const torch::Tensor now = after.pictures[i].narrow(axis, at, 1);
      if (torch::equal(now, before.pictures[i].narrow(axis, at, 1))) continue;
      EXPECT_TRUE(torch::allclose(now, mean.expand_as(now)));
      ++masked;
    }
    EXPECT_LE(masked, widest);
    n_masked += masked;
  }
  EXPECT_GT(n_masked, 0);
}

TEST(Augmentation, MasksAreStripesOfTheMean) {
  expect_stripes(augmented({.time_masks = 1, .time_mask = 0.3}), 2, 9);
  expect_stripes(augmented({.frequency_masks = 1, .frequency_mask = 0.3}), 1, 6);
}

TEST(Augmentation, MixupMixesPicturesAndTargetsAlike) {
  const Batch before = make_batch();
  const Batch after = augmented({.mixup = 1}, 3);
  // The mean over the batch stays: every picture is mixed in once and mixed with once.
  EXPECT_TRUE(torch::allclose(after.pictures.mean(0), before.pictures.mean(0), 1e-5, 1e-6));
  EXPECT_NEAR(after.targets.mean().item<double>(), 0.5, 1e-6);
  EXPECT_FALSE(torch::equal(after.targets, before.targets));
}

TEST(Augmentation, BetaHasItsMeanAndVariance) {
  Random random(7);
  for (double alpha : {0.2, 1.0, 3.0}) {
    double sum = 0;
    double squares = 0;
    constexpr int kDraws = 20000;
    for (int i = 0; i < kDraws; ++i) {
      const double draw = draw_beta(alpha, random);
      ASSERT_GE(draw, 0);
      ASSERT_LE(draw, 1);
      sum += draw;
      squares += draw * draw;
    }
    const double mean = sum / kDraws;
    EXPECT_NEAR(mean, 0.5, 0.01) << alpha;
    EXPECT_NEAR(squares / kDraws - mean * mean, 1 / (4 * (2 * alpha + 1)), 0.005) << alpha;
  }
}

}  // namespace
}  // namespace gamut::training
