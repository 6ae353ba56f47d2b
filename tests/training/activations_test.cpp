#include "gamut/training/train_head.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <array>
#include <cmath>
#include <cstring>

#include "gamut/core/error.h"
#include "gamut/core/npy.h"
#include "gamut/core/random.h"
#include "gamut/models/network.h"
#include "gamut/models/picture_input.h"
#include "gamut/models/scores.h"
#include "gamut/weights/safetensors.h"
#include "tests/support/test_data.h"

namespace gamut::training {
namespace {

using gamut::models::PictureView;
using gamut::test::TemporaryDirectory;

TEST(ComputeActivations, AreWhatTheLastLayerSeesWithAnyNumberOfJobs) {
  const TemporaryDirectory folder;
  std::vector<std::uint8_t> pixels(10 * 32 * 32);
  Random random(3);
  for (std::uint8_t& pixel : pixels) pixel = static_cast<std::uint8_t>(random.below(256));
  PictureView view{.pixels = pixels, .height = 32, .width = 32, .colours = {}};
  for (std::size_t v = 0; v < 256; ++v) view.colours[v].fill(static_cast<std::uint8_t>(v));
  TrainingOptions options;
  options.batch = 4;
  options.input_size = 0;
  options.device = "cpu";
  const NetworkOptions network;
  compute_activations(view, network, options, kUpToLastLayer, 1, folder / "one.npy");
  compute_activations(view, network, options, kUpToLastLayer, 3, folder / "three.npy");
  const Activations one(folder / "one.npy");
  ASSERT_EQ(one.rows(), 10u);
  ASSERT_EQ(one.size(), 512u);
  EXPECT_EQ(load_npy_float(folder / "one.npy").values, load_npy_float(folder / "three.npy").values);

  models::Network backbone = models::make_network("resnet18", 1, network.seed);
  backbone->eval();
  const models::PictureInput input(view, {.input_size = 0});
  const std::vector<std::size_t> rows{7};
  const torch::NoGradGuard no_grad;
  const torch::Tensor expected = backbone->embed(input.compute(rows));
  for (std::size_t f = 0; f < 512; ++f) {
    EXPECT_NEAR(one.row(7)[f], expected[0][static_cast<std::int64_t>(f)].item<float>(), 1e-4);
  }
}

TEST(ComputeActivations, OfStagesAreWhatTheNextStageSees) {
  const TemporaryDirectory folder;
  std::vector<std::uint8_t> pixels(5 * 64 * 64);
  Random random(3);
  for (std::uint8_t& pixel : pixels) pixel = static_cast<std::uint8_t>(random.below(256));
  PictureView view{.pixels = pixels, .height = 64, .width = 64, .colours = {}};
  for (std::size_t v = 0; v < 256; ++v) view.colours[v].fill(static_cast<std::uint8_t>(v));
  TrainingOptions options;
  options.batch = 2;
  options.input_size = 0;
  options.device = "cpu";
  compute_activations(view, {}, options, 4, 2, folder / "layer3.npy");
  const Activations activations(folder / "layer3.npy");
  EXPECT_EQ(activations.rows(), 5u);
  EXPECT_EQ(activations.shape(), (std::vector<std::size_t>{256, 4, 4}));

  models::Network network = models::make_network("resnet18", 1, NetworkOptions{}.seed);
  network->eval();
  const models::PictureInput input(view, {.input_size = 0});
  const torch::NoGradGuard no_grad;
  const torch::Tensor expected =
      network->compute_stages(4, input.compute(std::vector<std::size_t>{3})).contiguous();
  for (std::size_t i = 0; i < activations.size(); ++i)
    EXPECT_NEAR(activations.row(3)[i], expected.data_ptr<float>()[i], 1e-4);
  EXPECT_THROW(compute_activations(view, {}, options, 6, 1, folder / "none.npy"), ParameterError);
  EXPECT_FALSE(std::filesystem::exists(folder / "none.npy"));
}

TEST(ComputeActivations, RefusesAFileThatHasNone) {
  const TemporaryDirectory folder;
  const std::array<std::size_t, 1> shape{3};
  save_npy(folder / "odd.npy", std::vector<float>{1, 2, 3}, shape);
  EXPECT_THROW(Activations(folder / "odd.npy"), FileError);
}

// Embeddings of 5 features, of which the first decides, with noise, and the second is large and says nothing.
class TrainHead : public testing::Test {
 protected:
  static constexpr std::size_t kRows = 300;

  void SetUp() override {
    Random random(5);
    std::vector<float> values;
    for (std::size_t row = 0; row < kRows; ++row) {
      const double decisive = random.normal();
      labels_.push_back(decisive + 0.5 * random.normal() > 0 ? 1.0F : 0.0F);
      values.push_back(static_cast<float>(3 + 0.1 * decisive));
      values.push_back(static_cast<float>(1000 * random.normal()));
      for (int f = 0; f < 3; ++f) values.push_back(static_cast<float>(random.normal()));
    }
    const std::array<std::size_t, 2> shape{kRows, 5};
    save_npy(folder_ / "e.npy", values, shape);
  }

  Examples examples(std::size_t first, std::size_t end) const {
    Examples examples;
    for (std::size_t row = first; row < end; ++row) {
      examples.rows.push_back(row);
      examples.targets.push_back(labels_[row]);
    }
    return examples;
  }

  TrainedNetwork train(const std::string& name, const TrainingOptions& options = {}) {
    std::vector<std::size_t> rows;
    for (std::size_t row = 200; row < kRows; ++row) rows.push_back(row);
    return train_head(Activations(folder_ / "e.npy"), examples(0, 150), examples(150, 200), rows, {}, options,
                      {.checkpoint = folder_ / name, .metadata = {{"genre", "Rock"}}, .epochs = {}});
  }

  TemporaryDirectory folder_;
  std::vector<float> labels_;
};

TEST_F(TrainHead, FindsTheFeatureThatDecides) {
  const TrainedNetwork trained = train("head");
  ASSERT_EQ(trained.scores.size(), 100u);
  int right = 0;
  for (std::size_t i = 0; i < 100; ++i) right += (trained.scores[i] > 0.5) == (labels_[200 + i] == 1) ? 1 : 0;
  EXPECT_GE(right, 78);  // the noise leaves some 85 to the best rule
  for (const EpochRecord& record : trained.history) {
    EXPECT_GE(record.validation_loss,
              trained.history[static_cast<std::size_t>(trained.best_epoch) - 1].validation_loss);
  }
}

TEST_F(TrainHead, AWeakerPenaltyFitsTheTrainingSongsBetter) {
  const TrainedNetwork trained = train("head");
  for (std::size_t i = 1; i < trained.history.size(); ++i) {
    EXPECT_LE(trained.history[i].train_loss, trained.history[i - 1].train_loss + 1e-9);
  }
}

TEST_F(TrainHead, TheCheckpointGivesTheScores) {
  const TrainedNetwork trained = train("head");
  const weights::TensorFile file = weights::load_safetensors(folder_ / "head");
  EXPECT_EQ(file.metadata.at("genre"), "Rock");
  EXPECT_EQ(file.metadata.at("architecture"), "resnet18");
  const auto& weight = file.tensors.at("fc.weight");
  EXPECT_EQ(weight.shape, (std::vector<std::int64_t>{1, 5}));
  std::array<float, 5> values{};
  float bias = 0;
  std::memcpy(values.data(), weight.bytes.data(), sizeof values);
  std::memcpy(&bias, file.tensors.at("fc.bias").bytes.data(), sizeof bias);
  const Activations embeddings(folder_ / "e.npy");
  for (std::size_t i = 0; i < 100; ++i) {
    double logit = bias;
    for (std::size_t f = 0; f < 5; ++f) logit += static_cast<double>(values[f]) * embeddings.row(200 + i)[f];
    EXPECT_NEAR(trained.scores[i], models::sigmoid(logit), 1e-9);
  }
}

TEST_F(TrainHead, ReadingInPiecesChangesNothing) {
  const TrainedNetwork once = train("once");
  Examples thirty_times;
  for (int i = 0; i < 30; ++i) {
    const Examples part = examples(0, 150);
    thirty_times.rows.insert(thirty_times.rows.end(), part.rows.begin(), part.rows.end());
    thirty_times.targets.insert(thirty_times.targets.end(), part.targets.begin(), part.targets.end());
  }
  ASSERT_GT(thirty_times.rows.size(), 4096u);
  std::vector<std::size_t> rows;
  for (std::size_t row = 200; row < kRows; ++row) rows.push_back(row);
  const TrainedNetwork many =
      train_head(Activations(folder_ / "e.npy"), thirty_times, examples(150, 200), rows, {}, {},
                 {.checkpoint = folder_ / "many", .metadata = {}, .epochs = {}});
  EXPECT_EQ(many.best_epoch, once.best_epoch);
  for (std::size_t i = 0; i < once.scores.size(); ++i) EXPECT_NEAR(many.scores[i], once.scores[i], 1e-5);
}

TEST_F(TrainHead, SameDataSameBytes) {
  train("a");
  train("b");
  EXPECT_EQ(load_text(folder_ / "a"), load_text(folder_ / "b"));
}

TEST_F(TrainHead, BalancedWeightsMoveTheBoundaryNotTheOrder) {
  std::fill(labels_.begin() + 20, labels_.begin() + 120, 0.0F);
  TrainingOptions balanced;
  balanced.class_weights = ClassWeights::balanced;
  const auto mean = [](const std::vector<double>& scores) {
    double sum = 0;
    for (double score : scores) sum += score;
    return sum / static_cast<double>(scores.size());
  };
  EXPECT_GT(mean(train("b", balanced).scores), mean(train("n").scores) + 0.1);
}

}  // namespace
}  // namespace gamut::training
