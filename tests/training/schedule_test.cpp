#include "gamut/training/schedule.h"

#include <gtest/gtest.h>

namespace gamut::training {
namespace {

TrainingOptions with(Schedule schedule) {
  TrainingOptions options;
  options.learning_rate = 0.1;
  options.schedule = schedule;
  return options;
}

TEST(Schedule, ConstantIsConstant) {
  for (int step : {0, 7, 99}) EXPECT_EQ(learning_rate_at(with(Schedule::constant), step, 100), 0.1);
}

TEST(Schedule, CosineFallsFromTheRateTowardsZero) {
  const TrainingOptions options = with(Schedule::cosine);
  EXPECT_DOUBLE_EQ(learning_rate_at(options, 0, 100), 0.1);
  EXPECT_NEAR(learning_rate_at(options, 50, 100), 0.05, 1e-12);
  EXPECT_LT(learning_rate_at(options, 99, 100), 1e-4);
  EXPECT_GT(learning_rate_at(options, 99, 100), 0);
}

// torch.optim.lr_scheduler.OneCycleLR(max_lr=0.1, total_steps=100): its first, highest and last rate.
TEST(Schedule, OneCycleRisesThenFallsAsPyTorchs) {
  const TrainingOptions options = with(Schedule::one_cycle);
  EXPECT_NEAR(learning_rate_at(options, 0, 100), 0.004, 1e-12);
  EXPECT_NEAR(learning_rate_at(options, 29, 100), 0.1, 1e-12);
  EXPECT_NEAR(learning_rate_at(options, 99, 100), 4e-7, 1e-12);
  EXPECT_NEAR(learning_rate_at(options, 64, 100), (0.1 + 4e-7) / 2, 1e-12);
  for (int step = 1; step < 29; ++step) {
    EXPECT_GT(learning_rate_at(options, step, 100), learning_rate_at(options, step - 1, 100));
  }
}

TEST(Schedule, OfOneStepIsDefined) {
  for (Schedule schedule : {Schedule::constant, Schedule::cosine, Schedule::one_cycle}) {
    for (int steps : {1, 2, 3, 4}) {
      for (int step = 0; step < steps; ++step) {
        const double rate = learning_rate_at(with(schedule), step, steps);
        EXPECT_GE(rate, 0);
        EXPECT_LE(rate, 0.1);
      }
    }
  }
}

}  // namespace
}  // namespace gamut::training
