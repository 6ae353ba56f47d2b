#include "gamut/models/grad_cam.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "gamut/core/error.h"

namespace gamut::models {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

// For a mean over the last stage and a linear layer, the gradient of a logit is the layer's weight over the
// number of cells: Grad-CAM is then class activation mapping, which needs no gradient.
TEST(GradCam, IsClassActivationMappingForAResNet) {
  Network network = make_network("resnet18", 2, 3);
  network->eval();
  network->fold_batch_norm();
  {
    // Most channels speak for the logit, so that something is left of the map, and some against it.
    const torch::NoGradGuard no_grad;
    network->last_layer()->weight.abs_();
    network->last_layer()->weight.narrow(1, 0, 150).neg_();
  }
  torch::manual_seed(1);
  const torch::Tensor picture = torch::randn({1, 3, 96, 96});
  const std::vector<float> map = compute_grad_cam(network, picture, 1, 3, 3);  // the last stage's own size

  const torch::NoGradGuard no_grad;
  const torch::Tensor activations = network->compute_stages(5, picture);
  ASSERT_EQ(activations.sizes().vec(), (std::vector<std::int64_t>{1, 512, 3, 3}));
  const torch::Tensor weight = network->last_layer()->weight[1].view({1, -1, 1, 1});
  torch::Tensor expected = (weight * activations).sum(1).relu().flatten();
  ASSERT_GT(expected.max().item<float>(), 0);
  expected /= expected.max();
  for (std::size_t i = 0; i < map.size(); ++i) {
    EXPECT_NEAR(map[i], expected[static_cast<std::int64_t>(i)].item<float>(), 1e-5) << i;
  }
}

TEST(GradCam, LiesBetweenZeroAndOneAtAnySize) {
  Network network = make_network("vgg16", 1, 3);
  network->eval();
  torch::manual_seed(1);
  const std::vector<float> map = compute_grad_cam(network, torch::randn({1, 3, 64, 64}), 0, 50, 30);
  ASSERT_EQ(map.size(), 1500u);
  EXPECT_GE(*std::min_element(map.begin(), map.end()), 0);
  EXPECT_LE(*std::max_element(map.begin(), map.end()), 1);
}

TEST(GradCam, RefusesALogitThatIsNotThere) {
  Network network = make_network("resnet18", 2, 3);
  network->eval();
  EXPECT_THAT(
      [&] {
        compute_grad_cam(network, torch::zeros({1, 3, 32, 32}), 2, 4, 4);
      },
      ThrowsMessage<ParameterError>(HasSubstr("has no output 2")));
}

}  // namespace
}  // namespace gamut::models
