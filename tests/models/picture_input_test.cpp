#include "gamut/models/picture_input.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "gamut/core/error.h"
#include "gamut/models/device.h"
#include "gamut/models/scores.h"

namespace gamut::models {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

// Two pictures of 2 x 3 pixels; colour v is (v, 2 v, 255 - v).
struct Pictures {
  std::vector<std::uint8_t> pixels{0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15};
  PictureView view{.pixels = pixels, .height = 2, .width = 3, .colours = {}};
  Pictures() {
    for (int v = 0; v < 256; ++v) {
      view.colours[v] = {static_cast<std::uint8_t>(v), static_cast<std::uint8_t>(2 * v),
                         static_cast<std::uint8_t>(255 - v)};
    }
  }
};

TEST(PictureInput, ColoursWithLowFrequenciesAtTheBottom) {
  const Pictures pictures;
  const PictureInput input(pictures.view, {.input_size = 0, .imagenet_normalisation = false});
  const std::vector<std::size_t> rows{1, 0};
  const torch::Tensor batch = input.compute(rows) * 255;
  ASSERT_EQ(batch.sizes().vec(), (std::vector<std::int64_t>{2, 3, 2, 3}));
  const torch::Tensor red = torch::tensor({{13.F, 14.F, 15.F}, {10.F, 11.F, 12.F}});
  EXPECT_TRUE(torch::allclose(batch[0][0], red));
  EXPECT_TRUE(torch::allclose(batch[0][1], 2 * red));
  EXPECT_TRUE(torch::allclose(batch[0][2], 255 - red));
  EXPECT_TRUE(torch::allclose(batch[1][0], red - 10));
}

TEST(PictureInput, PutsThePlanesOfAStereoPictureBehindEachOther) {
  Pictures pictures;
  pictures.view.planes = 2;
  const PictureInput input(pictures.view, {.input_size = 0, .imagenet_normalisation = false});
  EXPECT_EQ(input.rows(), 1u);
  const std::vector<std::size_t> rows{0};
  const torch::Tensor batch = input.compute(rows) * 255;
  ASSERT_EQ(batch.sizes().vec(), (std::vector<std::int64_t>{1, 6, 2, 3}));
  const torch::Tensor left = torch::tensor({{3.F, 4.F, 5.F}, {0.F, 1.F, 2.F}});
  EXPECT_TRUE(torch::allclose(batch[0][0], left));
  EXPECT_TRUE(torch::allclose(batch[0][2], 255 - left));
  EXPECT_TRUE(torch::allclose(batch[0][3], left + 10));
  EXPECT_TRUE(torch::allclose(batch[0][4], 2 * (left + 10)));
}

TEST(PictureInput, NormalisesAsImagenetNetworksExpect) {
  const Pictures pictures;
  const PictureInput input(pictures.view, {.input_size = 0, .imagenet_normalisation = true});
  const std::vector<std::size_t> rows{0};
  const torch::Tensor batch = input.compute(rows);
  EXPECT_NEAR(batch[0][0][0][0].item<float>(), (3 / 255.0 - 0.485) / 0.229, 1e-6);
  EXPECT_NEAR(batch[0][1][1][2].item<float>(), (4 / 255.0 - 0.456) / 0.224, 1e-6);
  EXPECT_NEAR(batch[0][2][1][0].item<float>(), (255 / 255.0 - 0.406) / 0.225, 1e-6);
}

TEST(PictureInput, ShrinkingAveragesAndKeepsTheWholePicture) {
  // A checkerboard of 0 and 255 at 64 x 64 is an even grey at 32 x 32; picking pixels would keep black and
  // white.
  std::vector<std::uint8_t> pixels;
  for (int y = 0; y < 64; ++y) {
    for (int x = 0; x < 64; ++x) pixels.push_back((x + y) % 2 == 0 ? 0 : 255);
  }
  PictureView view{.pixels = pixels, .height = 64, .width = 64, .colours = {}};
  view.colours[255] = {255, 255, 255};
  const PictureInput input(view, {.input_size = 32, .imagenet_normalisation = false});
  const std::vector<std::size_t> rows{0};
  const torch::Tensor batch = input.compute(rows);
  ASSERT_EQ(batch.sizes().vec(), (std::vector<std::int64_t>{1, 3, 32, 32}));
  EXPECT_LT((batch - 0.5).abs().max().item<float>(), 0.05);
}

TEST(PictureInput, RefusesWhatIsNotThere) {
  const Pictures pictures;
  const PictureInput input(pictures.view, {});
  const std::vector<std::size_t> rows{2};
  EXPECT_THAT([&] { input.compute(rows); },
              ThrowsMessage<ParameterError>(HasSubstr("row 2 of a picture set of 2 rows")));
  PictureView odd = pictures.view;
  odd.pixels = odd.pixels.first(7);
  EXPECT_THAT([&] { PictureInput(odd, {}); },
              ThrowsMessage<ParameterError>(HasSubstr("7 bytes are no whole number")));
  odd.height = 0;
  EXPECT_THAT([&] { PictureInput(odd, {}); }, ThrowsMessage<ParameterError>(HasSubstr("at least 1 pixel")));
}

TEST(Scores, AreTheSameInAnyBatchAndKeepTheNetworksMode) {
  const Pictures pictures;
  const PictureInput input(pictures.view, {.input_size = 32});
  Network network = make_network("resnet18", 2, 1);
  network->train();
  const std::vector<std::size_t> rows{0, 1, 1};
  const std::vector<double> together = compute_logits(network, input, rows, 3);
  const std::vector<double> singly = compute_logits(network, input, rows, 1);
  ASSERT_EQ(together.size(), 6U);
  EXPECT_TRUE(network->is_training());
  for (std::size_t i = 0; i < together.size(); ++i) EXPECT_NEAR(together[i], singly[i], 1e-5);
  EXPECT_NEAR(together[2], together[4], 1e-6);
  EXPECT_NE(together[0], together[2]);
  EXPECT_THAT([&] { compute_logits(network, input, rows, 0); },
              ThrowsMessage<ParameterError>(HasSubstr("not 0")));
}

TEST(Scores, SigmoidKeepsSmallScores) {
  EXPECT_EQ(sigmoid(0), 0.5);
  EXPECT_NEAR(sigmoid(-50) / 1.9287498479639178e-22, 1, 1e-12);
  EXPECT_EQ(sigmoid(-1000), 0);
  EXPECT_EQ(sigmoid(1000), 1);
}

TEST(Device, IsFoundByName) {
  EXPECT_EQ(find_device("cpu"), torch::Device(torch::kCPU));
  EXPECT_EQ(find_device("auto").is_cuda(), torch::cuda::is_available());
  EXPECT_THAT(
      [] { find_device("gpu"); },
      ThrowsMessage<ParameterError>(HasSubstr("unknown device \"gpu\"; known are auto, cpu and cuda")));
  if (torch::cuda::is_available()) GTEST_SKIP() << "there is a GPU, so asking for one is no error here";
  EXPECT_THAT([] { find_device("cuda"); }, ThrowsMessage<ParameterError>(HasSubstr("finds no GPU")));
}

TEST(Device, RefusesNoThreads) {
  EXPECT_THAT([] { use_threads(0); }, ThrowsMessage<ParameterError>(HasSubstr("not 0")));
}

}  // namespace
}  // namespace gamut::models
