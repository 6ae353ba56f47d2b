#include "gamut/models/network.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/models/dropout.h"
#include "tests/support/test_data.h"

namespace gamut::models {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

torch::Tensor counting_sine(std::int64_t count, double step, double phase) {
  return torch::sin(step * torch::arange(1, count + 1, torch::kFloat64) + phase);
}

// As much without order as numbers from a formula get: i squared modulo a prime, between -1 and 1.
torch::Tensor scattered(std::int64_t count, std::int64_t phase) {
  constexpr std::int64_t kPrime = 1000003;
  const torch::Tensor i = torch::arange(1, count + 1, torch::kInt64) + phase;
  return torch::remainder(i * i, kPrime).to(torch::kFloat64) * (2.0 / kPrime) - 1;
}

// The references have no weight files: the n-th tensor of a state_dict is a formula of n and the index in it.
template <class Formula>
void fill(Network& network, double gain, const Formula& formula) {
  const torch::NoGradGuard no_grad;
  std::int64_t n = 0;
  const auto fill_one = [&](const std::string& name, torch::Tensor tensor) {
    const std::int64_t phase = n++;
    if (tensor.scalar_type() != torch::kFloat32) return;
    torch::Tensor w = formula(tensor.numel(), phase);
    if (name == "running_var") {
      w = 1 + 0.5 * w * w;
    } else if (tensor.dim() > 1) {
      w = w * std::sqrt(gain / static_cast<double>(tensor[0].numel()));
    } else if (name == "weight") {
      w = 1 + 0.1 * w;
    } else {
      w = 0.1 * w;
    }
    tensor.copy_(w.reshape(tensor.sizes()));
  };
  for (const auto& module : network->modules(/*include_self=*/false)) {
    for (const auto& item : module->named_parameters(/*recurse=*/false)) fill_one(item.key(), item.value());
    for (const auto& item : module->named_buffers(/*recurse=*/false)) fill_one(item.key(), item.value());
  }
}

void fill_with_sines(Network& network) {
  fill(network, 2, [](std::int64_t count, std::int64_t phase) {
    return counting_sine(count, 0.1, static_cast<double>(phase));
  });
}

torch::Tensor sine_pictures(std::int64_t size) {
  return counting_sine(2 * 3 * size * size, 0.001, 0).reshape({2, 3, size, size}).to(torch::kFloat32);
}

std::filesystem::path reference_file() {
  return gamut::test::reference_directory() / "torchvision" / "logits.json";
}

// What the reference lacks, by tests/golden/make_networks.py.
std::filesystem::path own_reference_file() {
  return GAMUT_SOURCE_DIR "/tests/golden/networks.json";
}

class NetworkGolden : public testing::TestWithParam<std::tuple<std::string, int>> {};

TEST_P(NetworkGolden, LogitsMatchTorchvision) {
  GAMUT_REQUIRE_FILE(reference_file());
  const auto& [architecture, size] = GetParam();
  const std::string key = architecture + "@" + std::to_string(size);
  Json reference = load_json(reference_file());
  if (!reference.contains(key)) reference = load_json(own_reference_file());
  Network network = make_network(architecture, 4, 0);
  fill_with_sines(network);
  network->eval();
  const torch::NoGradGuard no_grad;
  const auto expected = reference[key].get<std::vector<std::vector<double>>>();
  double largest = 0;
  for (const auto& row : expected) {
    for (const double logit : row) largest = std::max(largest, std::abs(logit));
  }
  // Float32 sums in another order; a wrong stride or padding differs in the first digit.
  const auto expect_the_same = [&](const std::string& what) {
    const torch::Tensor logits = network->forward(sine_pictures(size)).to(torch::kFloat64);
    ASSERT_EQ(logits.sizes().vec(), (std::vector<std::int64_t>{2, 4}));
    for (std::int64_t i = 0; i < 2; ++i) {
      for (std::int64_t j = 0; j < 4; ++j) {
        EXPECT_NEAR(logits[i][j].item<double>(), expected.at(i).at(j), 1e-4 * largest)
            << what << " " << i << " " << j;
      }
    }
  };
  expect_the_same("eager");
  network->fold_batch_norm();
  expect_the_same("folded");
}

INSTANTIATE_TEST_SUITE_P(Torchvision, NetworkGolden,
                         testing::Combine(testing::ValuesIn(architecture_names()), testing::Values(224, 250)),
                         [](const auto& parameters) {
                           return std::get<0>(parameters.param) + "At" +
                                  std::to_string(std::get<1>(parameters.param));
                         });

void expect_step(Network& network, const torch::Tensor& pictures, const Json& expected, double loss_tolerance,
                 double gradient_tolerance) {
  const torch::Tensor targets = torch::tensor({{1.F, 0.F, 0.F, 1.F}, {0.F, 1.F, 0.F, 0.F}});
  network->to(pictures.scalar_type());
  const torch::Tensor loss =
      torch::binary_cross_entropy_with_logits(network->forward(pictures), targets.to(pictures.scalar_type()));
  loss.backward();
  EXPECT_NEAR(loss.item<double>(), expected["loss"].get<double>(), loss_tolerance);
  const auto parameters = network->named_parameters();
  ASSERT_EQ(parameters.size(), expected["grad_norm"].size());
  for (const auto& [name, norm] : expected["grad_norm"].items()) {
    ASSERT_TRUE(parameters.contains(name)) << name;
    const double actual = parameters[name].grad().to(torch::kFloat64).norm().item<double>();
    EXPECT_NEAR(actual, norm.get<double>(), gradient_tolerance * norm.get<double>()) << name;
  }
}

TEST(ResNetTrainingGolden, LossAndGradientsInFloat32MatchTorchvision) {
  GAMUT_REQUIRE_FILE(reference_file());
  Network network = make_network("resnet18", 4, 0);
  fill_with_sines(network);
  expect_step(network, sine_pictures(64), load_json(reference_file())["resnet18_train"], 1e-3, 5e-2);
}

class NetworkTrainingGolden : public testing::TestWithParam<std::string> {};

// In double, without dropout, and not with sines: rows of one sine are so alike that the batch norms of two
// small pictures magnify any rounding, and processors that sum in another order have other gradients. With
// these numbers a change of the pictures by 1e-10 changes no gradient by more than 3e-7 of its norm.
TEST_P(NetworkTrainingGolden, LossAndGradientsMatchTorchvision) {
  Network network = make_network(GetParam(), 4, 0);
  fill(network, 6, scattered);
  for (const auto& module : network->modules()) {
    if (auto* dropout = module->as<Dropout>()) dropout->eval();
  }
  const torch::Tensor pictures = scattered(2 * 3 * 64 * 64, 0).reshape({2, 3, 64, 64});
  expect_step(network, pictures, load_json(own_reference_file())[GetParam() + "_train"], 1e-7, 1e-6);
}

INSTANTIATE_TEST_SUITE_P(Torchvision, NetworkTrainingGolden, testing::ValuesIn(architecture_names()),
                         [](const auto& parameters) { return parameters.param; });

TEST(Network, HasTorchvisionsParameterCounts) {
  // torchvision.models.ResNet18_Weights, VGG16_Weights and so on: meta["num_params"], with 1000 outputs.
  const std::map<std::string, std::int64_t> counts{
      {"resnet18", 11689512}, {"resnet34", 21797672}, {"resnet50", 25557032}, {"vgg16", 138357544}};
  for (const auto& [architecture, expected] : counts) {
    std::int64_t count = 0;
    for (const torch::Tensor& parameter : make_network(architecture, 1000, 0)->parameters())
      count += parameter.numel();
    EXPECT_EQ(count, expected) << architecture;
  }
}

TEST(Network, RandomWeightsFollowTheirSeedAndNothingElse) {
  const Network first = make_network("resnet18", 1, 5);
  torch::rand({7});
  const Network same = make_network("resnet18", 1, 5);
  const Network other = make_network("resnet18", 1, 6);
  const auto differing = [&](const Network& network) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < first->parameters().size(); ++i) {
      if (!torch::equal(first->parameters()[i], network->parameters()[i])) ++count;
    }
    return count;
  };
  EXPECT_EQ(differing(same), 0U);
  EXPECT_EQ(differing(other),
            22U);  // 20 convolutions, the last layer's weight and bias; batch norms start alike
}

TEST(Network, RandomWeightsAreDistributedAsTorchvisions) {
  const auto parameters = make_network("resnet34", 2, 1)->named_parameters();
  const auto deviation = [&](const std::string& name) { return parameters[name].std().item<double>(); };
  EXPECT_NEAR(deviation("conv1.weight"), std::sqrt(2.0 / (64 * 49)), 1e-3);
  EXPECT_NEAR(deviation("layer4.1.conv2.weight"), std::sqrt(2.0 / (512 * 9)), 1e-4);
  EXPECT_NEAR(parameters["layer3.0.conv1.weight"].mean().item<double>(), 0, 1e-4);
  EXPECT_LE(parameters["fc.weight"].abs().max().item<double>(), 1 / std::sqrt(512.0));
  EXPECT_NEAR(deviation("fc.weight"), 1 / std::sqrt(512.0 * 3), 2e-3);
  EXPECT_TRUE(torch::equal(parameters["bn1.weight"], torch::ones({64})));
  EXPECT_TRUE(torch::equal(parameters["layer1.0.bn2.weight"], torch::ones({64})));  // no zero_init_residual
}

TEST(Network, RandomWeightsOfVggAreDistributedAsTorchvisions) {
  const auto parameters = make_network("vgg16", 2, 1)->named_parameters();
  const auto deviation = [&](const std::string& name) { return parameters[name].std().item<double>(); };
  EXPECT_NEAR(deviation("features.28.weight"), std::sqrt(2.0 / (512 * 9)), 1e-4);
  EXPECT_NEAR(deviation("classifier.0.weight"), 0.01, 1e-5);
  EXPECT_NEAR(deviation("classifier.6.weight"), 0.01, 5e-4);
  EXPECT_EQ(parameters["features.0.bias"].abs().max().item<double>(), 0);
  EXPECT_EQ(parameters["classifier.6.bias"].abs().max().item<double>(), 0);
}

TEST(Network, RefusesUnknownArchitecturesAndNoOutputs) {
  EXPECT_THAT([] { make_network("resnet19", 1, 0); },
              ThrowsMessage<ParameterError>(
                  HasSubstr("unknown architecture \"resnet19\"; known are resnet18, resnet34")));
  EXPECT_THAT([] { make_network("resnet18", 0, 0); },
              ThrowsMessage<ParameterError>(HasSubstr("at least 1 output and 1 plane, not 0 and 1")));
}

}  // namespace
}  // namespace gamut::models
