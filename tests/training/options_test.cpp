#include "gamut/training/options.h"

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
  EXPECT_THAT(
      [&] { options.validate(); },
      ThrowsMessage<ParameterError>(AllOf(HasSubstr("epochs = 0 must be at least 1"),
                                          HasSubstr("batch = 1 must be at least 2 pictures"),
                                          HasSubstr("learning_rate = -1"), HasSubstr("patience = -1"),
                                          HasSubstr("input_size = 31"), HasSubstr("batch_norm_momentum = 2"),
                                          HasSubstr("threads_per_cell = 0"), HasSubstr("device = \"gpu\""))));
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
