#include "gamut/training/trainer.h"
#include "gamut/core/json.h"

#include <ATen/autocast_mode.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <limits>
#include <thread>
#include <type_traits>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/random.h"
#include "gamut/models/checkpoint.h"
#include "gamut/models/picture_input.h"
#include "gamut/models/scores.h"
#include "gamut/training/activations.h"
#include "tests/support/test_data.h"

namespace gamut::training {
namespace {

using gamut::test::TemporaryDirectory;
using testing::HasSubstr;
using testing::ThrowsMessage;

constexpr int kSize = 32;

// Noise with a bright line: at a low frequency where the label is 0, at a high one where it is 1; odd rows
// are positive.
class Task {
 public:
  explicit Task(std::size_t rows) : pixels_(rows * kSize * kSize) {
    Random random(11);
    for (std::size_t row = 0; row < rows; ++row) {
      const std::size_t line = (row % 2 == 1 ? 20 : 4) + random.below(6);
      for (std::size_t i = 0; i < kSize * kSize; ++i) {
        const std::size_t level = i / kSize == line ? 140 : 0;
        pixels_[row * kSize * kSize + i] = static_cast<std::uint8_t>(level + random.below(90));
      }
    }
    view_ = {.pixels = pixels_, .height = kSize, .width = kSize, .colours = {}};
    for (std::size_t v = 0; v < 256; ++v) view_.colours[v].fill(static_cast<std::uint8_t>(v));
  }

  const PictureView& view() const { return view_; }

  static Examples examples(std::size_t first, std::size_t count) {
    Examples examples;
    for (std::size_t row = first; row < first + count; ++row) {
      examples.rows.push_back(row);
      examples.targets.push_back(static_cast<float>(row % 2));
    }
    return examples;
  }

 private:
  std::vector<std::uint8_t> pixels_;
  PictureView view_;
};

TrainingOptions small_options() {
  TrainingOptions options;
  options.epochs = 2;
  options.batch = 8;
  options.input_size = 0;
  options.device = "cpu";
  return options;
}

class Training : public testing::Test {
 protected:
  TrainedNetwork train(const std::string& name, const TrainingOptions& options,
                       const NetworkOptions& network = {},
                       const std::function<void(const EpochRecord&)>& on_epoch = {}) {
    return train_network(task_.view(), train_, validation_, score_rows_, network, options,
                         {.checkpoint = folder_ / name,
                          .metadata = {{"genre", "Rock"}},
                          .epochs = epochs_,
                          .seconds_between_epochs = 0},
                         on_epoch);
  }
  std::string bytes(const std::string& name) { return load_text(folder_ / name); }

  TemporaryDirectory folder_;
  Task task_{80};
  Examples train_ = Task::examples(0, 16);
  Examples validation_ = Task::examples(48, 16);
  std::filesystem::path epochs_;
  std::vector<std::size_t> score_rows_{64, 65, 66, 67, 68, 69, 70, 71, 72, 73};
};

TEST_F(Training, LearnsASeparableTaskInFewEpochs) {
  TrainingOptions options = small_options();
  options.epochs = 6;
  options.batch_norm_momentum = 0.3;
  train_ = Task::examples(0, 48);
  const TrainedNetwork trained = train("m", options);
  const EpochRecord& best = trained.history.at(static_cast<std::size_t>(trained.best_epoch) - 1);
  EXPECT_GE(best.validation_balanced_accuracy, 0.9);
  EXPECT_LT(best.validation_loss, 0.4);
  EXPECT_LT(trained.history.back().train_loss, trained.history.front().train_loss);
  ASSERT_EQ(trained.scores.size(), score_rows_.size());
  std::size_t right = 0;
  for (std::size_t i = 0; i < score_rows_.size(); ++i) {
    if ((trained.scores[i] > 0.5) == (score_rows_[i] % 2 == 1)) ++right;
  }
  EXPECT_GE(right, 9U);
}

TEST_F(Training, TheBestEpochHasTheLowestValidationLossAndStopsTheTraining) {
  TrainingOptions options = small_options();
  options.epochs = 12;
  options.patience = 2;
  options.batch_norm_momentum = 0.3;
  for (float& target : validation_.targets) target = 1 - target;  // the better it learns, the worse it scores
  std::vector<int> seen;
  const TrainedNetwork trained =
      train("m", options, {}, [&](const EpochRecord& epoch) { seen.push_back(epoch.epoch); });
  ASSERT_EQ(trained.history.size(), seen.size());
  EXPECT_LT(trained.history.size(), 12U);
  EXPECT_EQ(static_cast<std::size_t>(trained.best_epoch) + 2, trained.history.size());
  const double best = trained.history[static_cast<std::size_t>(trained.best_epoch) - 1].validation_loss;
  for (const EpochRecord& epoch : trained.history) EXPECT_GE(epoch.validation_loss, best);

  options.epochs = trained.best_epoch;
  EXPECT_EQ(train("shorter", options).scores, trained.scores);
}

TEST_F(Training, SameSeedSameBytes) {
  NetworkOptions network;
  const TrainedNetwork first = train("first", small_options(), network);
  torch::manual_seed(12345);
  const TrainedNetwork second = train("second", small_options(), network);
  EXPECT_EQ(first.scores, second.scores);
  EXPECT_TRUE(bytes("first") == bytes("second"));
  network.seed = 98;
  EXPECT_NE(train("other", small_options(), network).scores, first.scores);
}

TEST_F(Training, SideBySideIsTheSameAsOneAfterTheOther) {
  NetworkOptions a;
  NetworkOptions b;
  b.seed = 1;
  const std::vector<double> scores_a = train("a", small_options(), a).scores;
  const std::vector<double> scores_b = train("b", small_options(), b).scores;
  std::vector<double> threaded_a;
  std::vector<double> threaded_b;
  {
    const std::jthread first([&] { threaded_a = train("threaded a", small_options(), a).scores; });
    const std::jthread second([&] { threaded_b = train("threaded b", small_options(), b).scores; });
  }
  EXPECT_EQ(threaded_a, scores_a);
  EXPECT_EQ(threaded_b, scores_b);
  EXPECT_TRUE(bytes("threaded a") == bytes("a"));
  EXPECT_TRUE(bytes("threaded b") == bytes("b"));
}

TEST_F(Training, ACheckpointGivesTheSameScoresAgain) {
  TrainingOptions options = small_options();
  options.input_size = 40;
  const TrainedNetwork trained = train("m", options);
  models::Checkpoint checkpoint = models::load_checkpoint(folder_ / "m");
  EXPECT_EQ(checkpoint.metadata.at("genre"), "Rock");
  EXPECT_EQ(checkpoint.metadata.at("architecture"), "resnet18");
  EXPECT_EQ(checkpoint.metadata.at("best_epoch"), std::to_string(trained.best_epoch));
  EXPECT_EQ(checkpoint.metadata.at("seed"), "97");
  EXPECT_EQ(checkpoint.metadata.at("training"), dump_json(to_json(options)));
  const models::PictureInput input(task_.view(), {.input_size = 40});
  std::vector<double> scores;
  for (const double logit : models::compute_logits(checkpoint.network, input, score_rows_, options.batch)) {
    scores.push_back(models::sigmoid(logit));
  }
  EXPECT_EQ(scores, trained.scores);
}

TEST_F(Training, StartsFromInitialWeights) {
  models::Network network = models::make_network("resnet18", 1000, 4);
  models::save_checkpoint(*network, folder_ / "weights", {});
  NetworkOptions options{.architecture = "resnet18", .initial_weights = folder_ / "weights", .seed = 97};
  const std::vector<double> scores = train("m", small_options(), options).scores;
  EXPECT_NE(scores, train("random", small_options()).scores);
  options.architecture = "resnet34";
  EXPECT_THAT([&] { train("m34", small_options(), options); },
              ThrowsMessage<ModelError>(HasSubstr("missing: layer1.2")));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "m34"));
}

TEST_F(Training, ALossThatIsNoNumberIsAnErrorWithItsPlace) {
  models::Network network = models::make_network("resnet18", 1, 4);
  {
    const torch::NoGradGuard no_grad;
    network->named_parameters()["bn1.weight"].fill_(std::numeric_limits<float>::quiet_NaN());
  }
  models::save_checkpoint(*network, folder_ / "weights", {});
  const NetworkOptions options{
      .architecture = "resnet18", .initial_weights = folder_ / "weights", .seed = 97};
  EXPECT_THAT([&] { train("m", small_options(), options); },
              ThrowsMessage<ModelError>(
                  HasSubstr("the training loss is no longer a number in epoch 1, step 1; take a "
                            "learning_rate below 0.001")));
}

TEST_F(Training, AnInterruptedTrainingLeavesNoCheckpoint) {
  EXPECT_THROW(train("m", small_options(), {}, [](const EpochRecord&) { throw Interrupted(); }), Interrupted);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "m"));
}

TEST_F(Training, AKilledTrainingGoesOnToTheSameBytes) {
  TrainingOptions options = small_options();
  options.epochs = 4;
  options.patience = 0;
  options.schedule = Schedule::one_cycle;
  options.augmentation = {.time_masks = 1, .time_shift = 0.1, .mixup = 0.2};
  for (const Optimiser optimiser : {Optimiser::adam, Optimiser::adamw, Optimiser::sgd}) {
    options.optimiser = optimiser;
    epochs_.clear();
    const TrainedNetwork undisturbed = train("undisturbed", options);
    epochs_ = folder_ / "epochs.pt";
    for (int last : {1, 3}) {
      const auto stop = [&](const EpochRecord& epoch) {
        if (epoch.epoch == last) throw Interrupted();
      };
      EXPECT_THROW(train("resumed", options, {}, stop), Interrupted);
      EXPECT_TRUE(std::filesystem::exists(epochs_));
    }
    std::vector<int> seen;
    const TrainedNetwork resumed =
        train("resumed", options, {}, [&](const EpochRecord& epoch) { seen.push_back(epoch.epoch); });
    EXPECT_THAT(seen, testing::ElementsAre(4));
    EXPECT_EQ(resumed.scores, undisturbed.scores);
    EXPECT_TRUE(bytes("resumed") == bytes("undisturbed"));
    EXPECT_TRUE(std::filesystem::exists(epochs_)) << "whoever has kept the scores removes it";
  }
}

TEST_F(Training, TheFirstEpochIsKeptWhenNobodySaysHowOften) {
  epochs_ = folder_ / "epochs.pt";
  EXPECT_THROW(train_network(task_.view(), train_, validation_, score_rows_, {}, small_options(),
                             {.checkpoint = folder_ / "m", .metadata = {}, .epochs = epochs_},
                             [](const EpochRecord&) { throw Interrupted(); }),
               Interrupted);
  EXPECT_TRUE(std::filesystem::exists(epochs_));
}

TEST_F(Training, EpochsOfAnotherTrainingOrDamagedOnesAreNotTakenUp) {
  TrainingOptions options = small_options();
  options.epochs = 3;
  epochs_ = folder_ / "epochs.pt";
  const auto stop_first = [](const EpochRecord& epoch) {
    if (epoch.epoch == 1) throw Interrupted();
  };
  const auto epochs_trained = [&](const NetworkOptions& network) {
    int count = 0;
    train("m", options, network, [&](const EpochRecord&) { ++count; });
    std::filesystem::remove(epochs_);
    return count;
  };
  EXPECT_THROW(train("m", options, {}, stop_first), Interrupted);
  NetworkOptions other;
  other.seed = 98;
  EXPECT_EQ(epochs_trained(other), 3);
  EXPECT_THROW(train("m", options, {}, stop_first), Interrupted);
  const std::string whole = load_text(epochs_);
  save_atomically(epochs_, whole.substr(0, whole.size() / 2));
  EXPECT_EQ(epochs_trained({}), 3);
  EXPECT_THROW(train("m", options, {}, stop_first), Interrupted);
  std::string flipped = load_text(epochs_);
  flipped[flipped.size() / 2] = static_cast<char>(flipped[flipped.size() / 2] ^ 1);
  save_atomically(epochs_, flipped);
  EXPECT_EQ(epochs_trained({}), 3);
}

TEST_F(Training, FrozenStagesKeepTheirWeightsAndStatistics) {
  TrainingOptions options = small_options();
  options.frozen_stages = 3;  // the stem and two layers
  train("m", options);
  const auto trained = models::load_checkpoint(folder_ / "m").network;
  const models::Network initial = models::make_network("resnet18", 1, NetworkOptions{}.seed);
  const auto same = [&](const std::string& name, bool buffer = false) {
    const auto now = buffer ? trained->named_buffers() : trained->named_parameters();
    const auto before = buffer ? initial->named_buffers() : initial->named_parameters();
    return torch::equal(now[name], before[name]);
  };
  for (const char* name : {"conv1.weight", "bn1.weight", "layer2.1.conv2.weight"})
    EXPECT_TRUE(same(name)) << name;
  EXPECT_TRUE(same("layer2.1.bn2.running_mean", true));
  for (const char* name : {"layer3.0.conv1.weight", "fc.weight"}) EXPECT_FALSE(same(name)) << name;
  EXPECT_FALSE(same("layer3.0.bn1.running_mean", true));
}

TEST_F(Training, FromActivationsIsTrainingOnThePictures) {
  TrainingOptions options = small_options();
  options.frozen_stages = 4;
  const TrainedNetwork from_pictures = train("pictures", options);
  compute_activations(task_.view(), {}, options, 4, 1, folder_ / "a.npy");
  const Activations activations(folder_ / "a.npy");
  NetworkOptions network;
  network.activations = &activations;
  const TrainedNetwork from_activations = train("activations", options, network);
  ASSERT_EQ(from_activations.history.size(), from_pictures.history.size());
  EXPECT_NEAR(from_activations.history[0].train_loss, from_pictures.history[0].train_loss, 2e-3);
  const auto trained = models::load_checkpoint(folder_ / "activations").network;
  const models::Network initial = models::make_network("resnet18", 1, network.seed);
  EXPECT_TRUE(torch::equal(trained->named_parameters()["layer3.1.conv2.weight"],
                           initial->named_parameters()["layer3.1.conv2.weight"]));
  EXPECT_FALSE(torch::equal(trained->named_parameters()["layer4.0.conv1.weight"],
                            initial->named_parameters()["layer4.0.conv1.weight"]));

  // The checkpoint is a whole network: on the pictures it gives the same scores.
  models::Checkpoint checkpoint = models::load_checkpoint(folder_ / "activations");
  const models::PictureInput input(task_.view(), {.input_size = 0});
  const auto logits = models::compute_logits(checkpoint.network, input, score_rows_, 8);
  for (std::size_t i = 0; i < logits.size(); ++i)
    EXPECT_NEAR(models::sigmoid(logits[i]), from_activations.scores[i], 1e-3);

  options.augmentation.mixup = 0.2;
  EXPECT_THROW(train("m", options, network), ParameterError);
  options.augmentation = {};
  const Task fewer(70);
  EXPECT_THROW(train_network(fewer.view(), train_, validation_, {}, network, options,
                             {.checkpoint = folder_ / "m", .metadata = {}, .epochs = {}}),
               ParameterError);
}

TEST_F(Training, MixedPrecisionLearnsTooAndEndsWithTheStep) {
  TrainingOptions options = small_options();
  options.epochs = 6;
  options.batch_norm_momentum = 0.3;
  train_ = Task::examples(0, 48);
  const TrainedNetwork exact = train("exact", options);
  options.precision = "bfloat16";
  const TrainedNetwork mixed = train("mixed", options);
  EXPECT_FALSE(at::autocast::is_cpu_enabled());
  EXPECT_NE(mixed.history[0].train_loss, exact.history[0].train_loss);
  EXPECT_NEAR(mixed.history[0].train_loss, exact.history[0].train_loss, 0.1);
  EXPECT_LT(mixed.history.back().train_loss, 0.3);
  for (const torch::Tensor& parameter : models::load_checkpoint(folder_ / "mixed").network->parameters())
    EXPECT_EQ(parameter.scalar_type(), torch::kFloat32);
}

TEST_F(Training, OneNetworkLearnsSeveralOutputs) {
  TrainingOptions options = small_options();
  options.epochs = 6;
  options.batch_norm_momentum = 0.3;
  // The second output is the contrary of the first.
  const auto both = [](Examples examples) {
    std::vector<float> targets;
    for (const float target : examples.targets) targets.insert(targets.end(), {target, 1 - target});
    examples.targets = targets;
    return examples;
  };
  train_ = both(Task::examples(0, 48));
  validation_ = both(validation_);
  NetworkOptions network;
  network.outputs = 2;
  const TrainedNetwork trained = train("m", options, network);
  ASSERT_EQ(trained.scores.size(), 2 * score_rows_.size());
  std::size_t right = 0;
  for (std::size_t i = 0; i < score_rows_.size(); ++i) {
    const bool odd = score_rows_[i] % 2 == 1;
    right += (trained.scores[2 * i] > 0.5) == odd ? 1U : 0U;
    right += (trained.scores[2 * i + 1] > 0.5) != odd ? 1U : 0U;
  }
  EXPECT_GE(right, 17U);
  EXPECT_EQ(models::load_checkpoint(folder_ / "m").network->last_layer()->weight.size(0), 2);
}

TEST_F(Training, OneLeftOverPictureIsNoBatch) {
  train_ = Task::examples(0, 9);
  EXPECT_EQ(train("m", small_options()).history.size(), 2U);
}

TEST_F(Training, RefusesDataItCannotLearnFrom) {
  const auto refused = [&]<class Kind>(std::type_identity<Kind>, const std::string& complaint) {
    EXPECT_THAT([&] { train("m", small_options()); }, ThrowsMessage<Kind>(HasSubstr(complaint)));
    train_ = Task::examples(0, 8);
    validation_ = Task::examples(8, 4);
    score_rows_ = {1};
  };
  const std::type_identity<ParameterError> parameter;
  const std::type_identity<ModelError> model;
  train_ = {{1, 3}, {1, 1}};
  refused(model, "output 0 has 2 positive and 0 negative training examples");
  train_.targets[0] = 0.5;
  refused(parameter, "a training example has the label 0.5");
  train_.rows[0] = 80;
  refused(parameter, "a training example is row 80 of a picture set of 80 rows");
  train_.targets.pop_back();
  refused(parameter, "7 labels do not fit 8 training examples of 1 outputs");
  validation_.rows[0] = 81;
  refused(parameter, "a validation example is row 81");
  validation_ = {};
  refused(model, "no validation examples");
  score_rows_ = {500};
  refused(parameter, "row 500 of a picture set of 80 rows cannot be scored");
  TrainingOptions options = small_options();
  options.batch = 1;
  EXPECT_THROW(train("m", options), ParameterError);
}

}  // namespace
}  // namespace gamut::training
