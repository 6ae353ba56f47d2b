#include "gamut/training/options.h"
#include "gamut/core/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gamut/core/error.h"

namespace gamut::training {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::ThrowsMessage;

TEST(TrainingOptions, RoundTripThroughJson) {
  TrainingOptions options;
  options.epochs = 3;
  options.learning_rate = 0.1;
  options.optimiser = Optimiser::adamw;
  options.schedule = Schedule::one_cycle;
  options.weight_decay = 0.01;
  options.momentum = 0.5;
  options.frozen_stages = 3;
  options.class_weights = ClassWeights::balanced;
  options.focal_gamma = 2;
  options.augmentation = {1, 0.2, 2, 0.3, 0.4, 0.5};
  options.batch_norm_momentum = 0.25;
  options.imagenet_normalisation = false;
  options.device = "cpu";
  options.threads_per_cell = 2;
  EXPECT_EQ(training_options_from_json(to_json(options)), options);
  EXPECT_EQ(training_options_from_json(Json::object()), TrainingOptions{});
}

TEST(TrainingOptions, RefuseEveryFaultAtOnce) {
  TrainingOptions options;
  options.epochs = 0;
  options.batch = 1;
  options.learning_rate = -1;
  options.patience = -1;
  options.input_size = 31;
  options.batch_norm_momentum = 2;
  options.threads_per_cell = 0;
  options.device = "gpu";
  options.frozen_stages = 6;
  options.momentum = 1;
  options.augmentation.time_shift = 2;
  EXPECT_THAT(
      [&] { options.validate(); },
      ThrowsMessage<ParameterError>(AllOf(
          HasSubstr("epochs = 0 must be at least 1"), HasSubstr("batch = 1 must be at least 2 pictures"),
          HasSubstr("learning_rate = -1"), HasSubstr("patience = -1"), HasSubstr("input_size = 31"),
          HasSubstr("batch_norm_momentum = 2"), HasSubstr("threads_per_cell = 0"),
          HasSubstr("frozen_stages = 6"), HasSubstr("momentum = 1 must be from 0 to below 1"),
          HasSubstr("time_shift = 2"), HasSubstr("device = \"gpu\""))));
}

TEST(TrainingOptions, RefuseUnknownWords) {
  EXPECT_THAT(
      [] {
        training_options_from_json({{"optimiser", "lion"}});
      },
      ThrowsMessage<ParameterError>(
          HasSubstr("optimiser = \"lion\" is unknown; known are adam, adamw and sgd")));
  EXPECT_THAT(
      [] {
        training_options_from_json({{"schedule", "step"}});
      },
      ThrowsMessage<ParameterError>(HasSubstr("known are constant, cosine and one-cycle")));
}

TEST(TrainingOptions, RefuseUnknownKeys) {
  EXPECT_THAT(
      [] {
        training_options_from_json({{"epoch", 3}});
      },
      ThrowsMessage<ParameterError>(HasSubstr("epoch")));
}

}  // namespace
}  // namespace gamut::training
