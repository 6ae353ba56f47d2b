#include "gamut/models/checkpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/weights/safetensors.h"
#include "tests/support/test_data.h"

namespace gamut::models {
namespace {

using gamut::test::TemporaryDirectory;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::ThrowsMessage;

TEST(Checkpoint, RoundTripsTensorsAndMetadata) {
  const TemporaryDirectory folder;
  Network network = make_network("resnet18", 2, 3);
  network->train();
  network->forward(torch::randn({4, 3, 32, 32}));  // so that the running statistics are not the default ones
  const std::map<std::string, std::string> metadata{{"architecture", "resnet18"}, {"genre", "R&B"}};
  save_checkpoint(*network, folder / "m.safetensors", metadata);

  Checkpoint loaded = load_checkpoint(folder / "m.safetensors");
  EXPECT_EQ(loaded.metadata, metadata);
  EXPECT_EQ(load_checkpoint_metadata(folder / "m.safetensors"), metadata);
  EXPECT_FALSE(loaded.network->is_training());
  network->eval();
  network->use_channels_last();  // as a loaded one is
  const torch::Tensor pictures = torch::randn({2, 3, 40, 40});
  EXPECT_TRUE(torch::equal(loaded.network->forward(pictures), network->forward(pictures)));
}

TEST(Checkpoint, TheSameNetworkGivesTheSameBytes) {
  const TemporaryDirectory folder;
  save_checkpoint(*make_network("resnet18", 1, 3), folder / "a", {{"k", "v"}});
  save_checkpoint(*make_network("resnet18", 1, 3), folder / "b", {{"k", "v"}});
  EXPECT_TRUE(load_text(folder / "a") == load_text(folder / "b"));
}

class FoldedCheckpoint : public testing::TestWithParam<const char*> {};

TEST_P(FoldedCheckpoint, GivesWhatTheNetworkGave) {
  const TemporaryDirectory folder;
  const torch::NoGradGuard no_grad;
  Network network = make_network(GetParam(), 3, 5);
  for (const auto& buffer : network->named_buffers()) {  // so that the batch norms change something
    if (buffer.key().ends_with("running_mean")) buffer.value().fill_(0.05);
    if (buffer.key().ends_with("running_var")) buffer.value().fill_(1.5);
  }
  network->eval();
  const torch::Tensor pictures = torch::randn({2, 3, 40, 40});
  const torch::Tensor eager = network->forward(pictures);
  network->fold_batch_norm();
  const torch::Tensor folded = network->forward(pictures);
  save_checkpoint(*network, folder / "m", {{"architecture", GetParam()}});
  save_checkpoint(*network, folder / "half", {{"architecture", GetParam()}}, weights::DataType::float16);

  Checkpoint loaded = load_checkpoint(folder / "m");
  EXPECT_TRUE(loaded.network->is_folded());
  EXPECT_TRUE(torch::equal(loaded.network->forward(pictures), folded));
  const double scale = eager.abs().max().item<double>();
  EXPECT_LT((folded - eager).abs().max().item<double>(), 1e-4 * scale);
  const torch::Tensor half = load_checkpoint(folder / "half").network->forward(pictures);
  EXPECT_LT((half - folded).abs().max().item<double>(), 0.02 * scale);
  EXPECT_FALSE(torch::equal(half, folded));
  EXPECT_LT(std::filesystem::file_size(folder / "half"),
            0.52 * static_cast<double>(std::filesystem::file_size(folder / "m")));
}

INSTANTIATE_TEST_SUITE_P(Architectures, FoldedCheckpoint, testing::Values("resnet18", "resnet50"));

TEST(Checkpoint, HalfPrecisionRefusesWeightsThatItCannotHold) {
  const TemporaryDirectory folder;
  Network network = make_network("resnet18", 1, 1);
  {
    const torch::NoGradGuard no_grad;
    network->last_layer()->bias.fill_(1e6);
  }
  EXPECT_THAT([&] { save_checkpoint(*network, folder / "m", {}, weights::DataType::float16); },
              ThrowsMessage<ModelError>(HasSubstr("too large for half precision")));
  EXPECT_THAT([&] { save_checkpoint(*network, folder / "m", {}, weights::DataType::int64); },
              ThrowsMessage<ParameterError>(HasSubstr("float32 or float16, not in int64")));
}

TEST(Checkpoint, RefusesWhatGamutDidNotSave) {
  const TemporaryDirectory folder;
  save_checkpoint(*make_network("resnet18", 1, 0), folder / "m.safetensors", {{"genre", "Rock"}});
  EXPECT_THAT([&] { load_checkpoint(folder / "m.safetensors"); },
              ThrowsMessage<ModelError>(HasSubstr("its metadata has no architecture")));
  save_checkpoint(*make_network("resnet18", 1, 0), folder / "m.safetensors", {{"architecture", "resnet34"}});
  EXPECT_THAT([&] { load_checkpoint(folder / "m.safetensors"); },
              ThrowsMessage<ModelError>(HasSubstr("missing: layer1.2.bn1.bias")));
}

TEST(Checkpoint, OfAMillionPlanesIsRefusedBeforeANetworkIsMadeOfIt) {
  const TemporaryDirectory folder;
  save_checkpoint(*make_network("resnet18", 1, 0), folder / "m.safetensors", {{"architecture", "resnet18"}});
  weights::TensorFile file = weights::load_safetensors(folder / "m.safetensors");
  file.tensors.at("conv1.weight") = {
      .type = weights::DataType::float32, .shape = {0, 1'500'000'000, 7, 7}, .bytes = {}};
  weights::save_safetensors(folder / "m.safetensors", file);
  EXPECT_THAT([&] { load_checkpoint(folder / "m.safetensors"); },
              ThrowsMessage<ModelError>(
                  HasSubstr("conv1.weight (float32 [0, 1500000000, 7, 7], not float32 [64, 6, 7, 7])")));
}

TEST(Weights, LoadByNameAndKeepAHeadOfAnotherShape) {
  const TemporaryDirectory folder;
  Network source = make_network("resnet18", 1000, 1);
  save_checkpoint(*source, folder / "w.safetensors", {});
  Network network = make_network("resnet18", 1, 2);
  const torch::Tensor head = network->named_parameters()["fc.weight"].clone();
  load_weights(*network, folder / "w.safetensors");
  const auto loaded = network->named_parameters();
  const auto wanted = source->named_parameters();
  EXPECT_TRUE(torch::equal(loaded["conv1.weight"], wanted["conv1.weight"]));
  EXPECT_TRUE(torch::equal(loaded["layer4.1.conv2.weight"], wanted["layer4.1.conv2.weight"]));
  EXPECT_TRUE(torch::equal(loaded["fc.weight"], head));

  Network same_shape = make_network("resnet18", 1000, 2);
  load_weights(*same_shape, folder / "w.safetensors");
  EXPECT_TRUE(torch::equal(same_shape->named_parameters()["fc.weight"], wanted["fc.weight"]));
}

TEST(Weights, OfOnePlaneServeEachPlaneOfAStereoNetwork) {
  const TemporaryDirectory folder;
  Network mono = make_network("resnet18", 1, 1);
  save_checkpoint(*mono, folder / "mono.safetensors", {});
  Network stereo = make_network("resnet18", 1, 2, 2);
  load_weights(*stereo, folder / "mono.safetensors");
  mono->eval();
  stereo->eval();
  const torch::Tensor picture = torch::rand({2, 3, 64, 64});
  const torch::Tensor both = torch::cat({picture, picture}, 1);
  EXPECT_TRUE(torch::allclose(stereo->forward(both), mono->forward(picture), 1e-4, 1e-4));

  save_checkpoint(*stereo, folder / "stereo.safetensors", {{"architecture", "resnet18"}});
  stereo->use_channels_last();  // as a loaded one is
  Checkpoint loaded = load_checkpoint(folder / "stereo.safetensors");
  EXPECT_TRUE(torch::equal(loaded.network->forward(both), stereo->forward(both)));
  EXPECT_THAT([&] { load_weights(*mono, folder / "stereo.safetensors"); },
              ThrowsMessage<ModelError>(
                  HasSubstr("conv1.weight (float32 [64, 6, 7, 7], not float32 [64, 3, 7, 7])")));
}

TEST(Weights, OfVggFitEachPlaneAndKeepAHeadOfAnotherShape) {
  const TemporaryDirectory folder;
  {
    const Network imagenet = make_network("vgg16", 1000, 1);
    save_checkpoint(*imagenet, folder / "imagenet.safetensors", {});
  }
  Network mono = make_network("vgg16", 1, 2);
  load_weights(*mono, folder / "imagenet.safetensors");
  Network stereo = make_network("vgg16", 1, 2, 2);
  load_weights(*stereo, folder / "imagenet.safetensors");
  const torch::NoGradGuard no_grad;
  const torch::Tensor picture = torch::rand({2, 3, 64, 64});
  mono->eval();
  stereo->eval();
  EXPECT_TRUE(
      torch::allclose(stereo->embed(torch::cat({picture, picture}, 1)), mono->embed(picture), 1e-4, 1e-4));

  save_checkpoint(*stereo, folder / "stereo.safetensors", {{"architecture", "vgg16"}});
  stereo->use_channels_last();  // as a loaded one is
  Checkpoint loaded = load_checkpoint(folder / "stereo.safetensors");
  const torch::Tensor both = torch::rand({1, 6, 64, 64});
  EXPECT_TRUE(torch::equal(loaded.network->forward(both), stereo->forward(both)));
}

TEST(Weights, HalfPrecisionIsWidenedAndBatchCountsMayBeAbsent) {
  const TemporaryDirectory folder;
  Network source = make_network("resnet18", 1, 1);
  save_checkpoint(*source, folder / "w.safetensors", {});
  weights::TensorFile file = weights::load_safetensors(folder / "w.safetensors");
  std::erase_if(file.tensors, [](const auto& item) { return item.first.ends_with("num_batches_tracked"); });
  const torch::Tensor half = torch::full({64}, 0.333, torch::kFloat16);
  weights::TensorData& bias = file.tensors.at("bn1.bias");
  bias.type = weights::DataType::float16;
  bias.bytes.resize(128);
  std::memcpy(bias.bytes.data(), half.data_ptr(), 128);
  weights::save_safetensors(folder / "w.safetensors", file);

  Network network = make_network("resnet18", 1, 2);
  load_weights(*network, folder / "w.safetensors");
  EXPECT_TRUE(torch::equal(network->named_parameters()["bn1.bias"], half.to(torch::kFloat32)));
}

TEST(Weights, RefusesAnotherNetworksListingEveryName) {
  const TemporaryDirectory folder;
  Network source = make_network("resnet18", 1, 1);
  save_checkpoint(*source, folder / "w.safetensors", {});
  weights::TensorFile file = weights::load_safetensors(folder / "w.safetensors");
  file.tensors["extra\n"] = file.tensors.at("bn1.bias");
  file.tensors["bn1.weight"] = file.tensors.at("layer2.0.bn1.weight");
  file.tensors["layer2.0.bn1.bias"] = file.tensors.at("bn1.num_batches_tracked");
  file.tensors.erase("conv1.weight");
  weights::save_safetensors(folder / "w.safetensors", file);

  Network network = make_network("resnet18", 1, 2);
  const torch::Tensor before = network->named_parameters()["layer1.0.conv1.weight"].clone();
  EXPECT_THAT(
      [&] { load_weights(*network, folder / "w.safetensors"); },
      ThrowsMessage<ModelError>(AllOf(HasSubstr("w.safetensors"), HasSubstr("missing: conv1.weight;"),
                                      HasSubstr("bn1.weight (float32 [128], not float32 [64])"),
                                      HasSubstr("layer2.0.bn1.bias (int64 [], not float32 [128])"),
                                      HasSubstr("left over: extra\\n"), Not(HasSubstr("running_mean")))));
  EXPECT_TRUE(torch::equal(network->named_parameters()["layer1.0.conv1.weight"], before));
}

TEST(Weights, RealImagenetWeightsFit) {
  const std::filesystem::path path = gamut::test::test_data("weights/resnet18-39fda3e8.pth");
  GAMUT_REQUIRE_FILE(path);
  Network network = make_network("resnet18", 1, 0);
  load_weights(*network, path);
  network->eval();
  EXPECT_TRUE(torch::isfinite(network->forward(torch::zeros({1, 3, 64, 64}))).all().item<bool>());
  Network deeper = make_network("resnet34", 1, 0);
  EXPECT_THAT([&] { load_weights(*deeper, path); },
              ThrowsMessage<ModelError>(
                  AllOf(HasSubstr("take the file of this architecture"), HasSubstr("layer3.5.bn2.weight"))));
}

}  // namespace
}  // namespace gamut::models
