#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "gamut/core/error.h"
#include "gamut/models/checkpoint.h"
#include "gamut/models/network.h"
#include "tests/support/test_data.h"

namespace gamut::models {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

torch::Tensor random_pictures(std::int64_t count, std::int64_t size) {
  return torch::rand({count, 3, size, size});
}

std::map<std::string, torch::Tensor> tensors_of(const Network& network) {
  std::map<std::string, torch::Tensor> tensors;
  for (const auto& item : network->named_parameters()) tensors[item.key()] = item.value().detach().clone();
  for (const auto& item : network->named_buffers()) tensors[item.key()] = item.value().clone();
  return tensors;
}

void train_one_step(Network& network) {
  torch::optim::SGD optimiser(network->parameters(), torch::optim::SGDOptions(0.01));
  network->train();
  network->forward(random_pictures(4, 64)).sum().backward();
  optimiser.step();
}

// The names of what a step changes.
std::vector<std::string> changed_by_a_step(Network& network) {
  const auto before = tensors_of(network);
  train_one_step(network);
  std::vector<std::string> changed;
  for (const auto& [name, tensor] : tensors_of(network)) {
    if (!torch::equal(tensor, before.at(name))) changed.push_back(name);
  }
  return changed;
}

class Freezing : public testing::TestWithParam<std::pair<std::string, std::vector<std::string>>> {};

// The second is what the names of each stage begin with.
TEST_P(Freezing, KeepsTheFirstStagesAndTrainsTheOthers) {
  const auto& [architecture, starts] = GetParam();
  Network network = make_network(architecture, 2, 1);
  ASSERT_EQ(network->n_stages(), 5);
  network->freeze(3);
  const std::vector<std::string> changed = changed_by_a_step(network);
  const auto in_frozen_stage = [&](const std::string& name) {
    return std::ranges::any_of(starts, [&](const std::string& start) { return name.starts_with(start); });
  };
  std::size_t expected = 0;
  for (const auto& [name, tensor] : tensors_of(network)) expected += in_frozen_stage(name) ? 0 : 1;
  EXPECT_EQ(changed.size(), expected);
  for (const std::string& name : changed) EXPECT_FALSE(in_frozen_stage(name)) << name;
}

INSTANTIATE_TEST_SUITE_P(
    Stages, Freezing,
    testing::Values(std::pair("resnet18", std::vector<std::string>{"conv1.", "bn1.", "layer1.", "layer2."}),
                    std::pair("resnet50", std::vector<std::string>{"conv1.", "bn1.", "layer1.", "layer2."}),
                    std::pair("vgg16", std::vector<std::string>{"features.0.", "features.2.", "features.5.",
                                                                "features.7.", "features.10.", "features.12.",
                                                                "features.14."})),
    [](const auto& parameters) { return parameters.param.first; });

TEST(Freezing, OfNoStageTrainsEverythingAgain) {
  Network network = make_network("resnet18", 1, 1);
  network->train();
  network->freeze(5);
  EXPECT_THAT(changed_by_a_step(network), testing::ElementsAre("fc.bias", "fc.weight"));
  network->freeze(0);
  EXPECT_EQ(changed_by_a_step(network).size(), tensors_of(network).size());
  EXPECT_THAT([&] { network->freeze(6); },
              ThrowsMessage<ParameterError>(HasSubstr("resnet18 has 5 stages, not 6; take 0 to 5")));
}

TEST(Stages, InPartsGiveWhatTheWholeGives) {
  const torch::NoGradGuard no_grad;
  const torch::Tensor pictures = random_pictures(2, 64);
  for (const std::string architecture : {"resnet18", "resnet50", "vgg16"}) {
    Network network = make_network(architecture, 3, 1);
    network->eval();
    const torch::Tensor embedding = network->embed(pictures);
    EXPECT_EQ(embedding.size(1), network->last_layer()->weight.size(1));
    EXPECT_TRUE(torch::equal(network->forward(pictures), network->last_layer()(embedding)));
    for (int n = 0; n <= network->n_stages(); ++n) {
      const torch::Tensor x = network->compute_stages(n, pictures);
      const torch::Tensor kept = x.clone();
      EXPECT_TRUE(torch::equal(network->embed_from(n, x), embedding)) << architecture << " " << n;
      EXPECT_TRUE(torch::equal(x, kept)) << architecture << " " << n;
    }
  }
}

TEST(Dropout, FollowsItsSeedWhateverOtherThreadsDraw) {
  const torch::NoGradGuard no_grad;
  const torch::Tensor pictures = random_pictures(2, 32);
  Network network = make_network("vgg16", 3, 1);
  network->train();
  const auto draw = [&] {
    network->seed_dropout(7);
    return network->embed(pictures);
  };
  const torch::Tensor first = draw();
  torch::Tensor again;
  std::thread([&] {
    torch::rand({1000});
    again = draw();
  }).join();
  EXPECT_TRUE(torch::equal(first, again));
  const torch::Tensor next = network->embed(pictures);
  EXPECT_FALSE(torch::equal(first, next));
  network->eval();
  EXPECT_TRUE(torch::equal(network->embed(pictures), network->embed(pictures)));
}

TEST(Dropout, DropsHalfAndDoublesTheRest) {
  const torch::NoGradGuard no_grad;
  Network network = make_network("vgg16", 1, 1);
  network->eval();
  const torch::Tensor x = network->compute_stages(5, random_pictures(4, 32));
  // The second hidden layer alone: its bias makes every unit positive, and the first is cut off.
  auto parameters = network->named_parameters();
  parameters["classifier.3.weight"].zero_();
  parameters["classifier.3.bias"].fill_(3);
  network->train();
  const torch::Tensor embedding = network->embed_from(5, x);
  EXPECT_NEAR((embedding == 0).to(torch::kFloat64).mean().item<double>(), 0.5, 0.02);
  EXPECT_TRUE(((embedding == 0) | (embedding == 6)).all().item<bool>());
}

TEST(Folding, MakesNetworksThatAreForInferenceAlone) {
  Network network = make_network("resnet18", 2, 1);
  for (int i = 0; i < 3; ++i) train_one_step(network);  // so that the batch norms change something
  network->eval();
  const torch::NoGradGuard no_grad;
  const torch::Tensor pictures = random_pictures(4, 64);
  const torch::Tensor eager = network->forward(pictures);
  network->fold_batch_norm();
  const torch::Tensor folded = network->forward(pictures);
  EXPECT_LT((folded - eager).abs().max().item<double>(), 1e-4 * eager.abs().max().item<double>());
  network->named_buffers()["bn1.running_mean"].fill_(100);  // no longer read
  EXPECT_TRUE(torch::equal(network->forward(pictures), folded));
  network->fold_batch_norm();  // a second time changes nothing
  EXPECT_TRUE(torch::equal(network->forward(pictures), folded));
  EXPECT_THAT([&] { network->train(); }, ThrowsMessage<ParameterError>(HasSubstr("cannot be trained")));
}

}  // namespace
}  // namespace gamut::models
