#include "gamut/weights/weight_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <optional>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/hash.h"
#include "gamut/weights/check.h"
#include "gamut/weights/published.h"
#include "tests/support/test_data.h"
#include "tests/weights/make_files.h"

namespace gamut::weights {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::ThrowsMessage;

// Sets or removes a variable, and puts it back.
class Environment {
 public:
  Environment(const char* name, const char* value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    set(value);
  }
  ~Environment() { set(before_ ? before_->c_str() : nullptr); }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  void set(const char* value) {
    if (value == nullptr) {
      ::unsetenv(name_);
    } else {
      ::setenv(name_, value, 1);
    }
  }

  const char* name_;
  std::optional<std::string> before_;
};

TEST(WeightFolder, IsTorchHubsCache) {
  const Environment home("HOME", "/home/ada");
  const Environment cache("XDG_CACHE_HOME", nullptr);
  const Environment torch("TORCH_HOME", nullptr);
  EXPECT_EQ(torch_hub_folder(), "/home/ada/.cache/torch/hub/checkpoints");
  const Environment other_cache("XDG_CACHE_HOME", "/var/cache");
  EXPECT_EQ(torch_hub_folder(), "/var/cache/torch/hub/checkpoints");
  const Environment other_torch("TORCH_HOME", "/srv/torch");
  EXPECT_EQ(torch_hub_folder(), "/srv/torch/hub/checkpoints");
}

TEST(WeightFolder, FindsTheFileOfAnArchitecture) {
  const gamut::test::TemporaryDirectory folder;
  for (const char* name : {"resnet18-f37072fd.pth", "resnet50.safetensors", "resnet152-b121ed2d.pth",
                           "resnet34-b627a593.pth.part", "resnet101.txt"}) {
    save_atomically(folder / name, "");
  }
  const auto files = find_initial_weights({"resnet18", "resnet50", "resnet152"}, folder.path());
  EXPECT_EQ(files.at("resnet18"), folder / "resnet18-f37072fd.pth");
  EXPECT_EQ(files.at("resnet50"), folder / "resnet50.safetensors");
  EXPECT_EQ(files.at("resnet152"), folder / "resnet152-b121ed2d.pth");
  EXPECT_THAT([&] { find_initial_weights({"resnet34"}, folder.path()); },
              ThrowsMessage<ModelError>(HasSubstr("resnet34-b627a593.pth")));
}

TEST(WeightFolder, AFileByPathServesOneArchitecture) {
  const gamut::test::TemporaryDirectory folder;
  save_atomically(folder / "mine.bin", "");
  EXPECT_EQ(find_initial_weights({"resnet34"}, folder / "mine.bin").at("resnet34"), folder / "mine.bin");
  EXPECT_THAT(
      [&] {
        find_initial_weights({"resnet18", "resnet34"}, folder / "mine.bin");
      },
      ThrowsMessage<ModelError>(HasSubstr("one file, and there are resnet18 and resnet34")));
}

TEST(WeightFolder, WeightsOfAnotherTrainingAreTakenFromANamedFolderAlone) {
  const gamut::test::TemporaryDirectory root;
  const std::filesystem::path folder = root / "hub/checkpoints";
  const Environment torch("TORCH_HOME", root.path().c_str());
  save_atomically(folder / "resnet50-11ad3fa6.pth", "");  // torchvision's V2
  EXPECT_THAT([&] { find_initial_weights({"resnet50"}, ""); },
              ThrowsMessage<ModelError>(HasSubstr("missing from " + folder.string())));
  EXPECT_EQ(find_initial_weights({"resnet50"}, folder).at("resnet50"), folder / "resnet50-11ad3fa6.pth");
  save_atomically(folder / "resnet50-0676ba61.pth", "");
  for (const auto& where : {std::filesystem::path(), folder}) {
    EXPECT_EQ(find_initial_weights({"resnet50"}, where).at("resnet50"), folder / "resnet50-0676ba61.pth");
  }
}

TEST(WeightFolder, TakesThePresentFileOfTheSameWeightsAndRefusesToChooseAmongOthers) {
  const gamut::test::TemporaryDirectory folder;
  save_atomically(folder / "resnet34-333f7ec4.pth", "");
  save_atomically(folder / "resnet34-b627a593.pth", "");
  EXPECT_EQ(find_initial_weights({"resnet34"}, folder.path()).at("resnet34"),
            folder / "resnet34-b627a593.pth");
  save_atomically(folder / "resnet34.safetensors", "");
  EXPECT_THAT(
      [&] { find_initial_weights({"resnet34"}, folder.path()); },
      ThrowsMessage<ModelError>(HasSubstr("several weight files of resnet34: resnet34-b627a593.pth and "
                                          "resnet34.safetensors; leave one")));
}

TEST(WeightFolder, NamesEveryMissingFileItsSizeItsAddressAndItsPlace) {
  const gamut::test::TemporaryDirectory folder;
  EXPECT_THAT(
      [&] {
        find_initial_weights({"resnet18", "vgg16"}, folder.path());
      },
      ThrowsMessage<ModelError>(
          AllOf(HasSubstr("missing from " + folder.path().string()),
                HasSubstr("resnet18-f37072fd.pth (46830571 bytes, 44.7 MiB, "
                          "https://download.pytorch.org/models/resnet18-f37072fd.pth)"),
                HasSubstr("vgg16-397923af.pth (553433881 bytes, 527.8 MiB"),
                HasSubstr("`gamut weights fetch resnet18 vgg16 --to " + folder.path().string() + "`"))));
}

TEST(PublishedWeights, AreKnownByArchitectureAndFile) {
  for (const PublishedWeights& known : published_weights()) {
    EXPECT_EQ(find_published(known.architecture), &known);
    EXPECT_EQ(find_published(known.file), &known);
    EXPECT_TRUE(hash_in_name(known.file)) << known.file;
  }
  EXPECT_EQ(find_published("resnet"), nullptr);
  EXPECT_EQ(find_published(""), nullptr);
}

TEST(PublishedWeights, TellTheirHashByTheirName) {
  EXPECT_EQ(hash_in_name("resnet18-f37072fd.pth"), "f37072fd");
  EXPECT_EQ(hash_in_name("a-b-0123456789.safetensors"), "0123456789");
  for (const char* name :
       {"resnet18.pth", "resnet18-f37072f.pth", "resnet18-F37072FD.pth", "f37072fd.pth", ""})
    EXPECT_EQ(hash_in_name(name), std::nullopt) << name;
}

TEST(CheckedWeights, AreReadAndComparedWithTheirName) {
  const gamut::test::TemporaryDirectory folder;
  const std::string file = test::make_pth(test::dict({{"a", test::tensor({})}}), {std::string(16, '\0')});
  const std::filesystem::path path = folder / ("a-" + sha256_hex(file).substr(0, 8) + ".pth");
  save_atomically(path, file);
  const CheckedFile checked = check_weights(path);
  EXPECT_TRUE(checked.hash_in_name);
  EXPECT_EQ(checked.sha256, sha256_hex(file));
  EXPECT_EQ(checked.bytes, file.size());
  EXPECT_EQ(checked.n_tensors, 1U);
  EXPECT_EQ(checked.n_numbers, 4);

  save_atomically(folder / "plain.pth", file);
  EXPECT_FALSE(check_weights(folder / "plain.pth").hash_in_name);
  save_atomically(path, file + "x");
  EXPECT_THAT([&] { check_weights(path); },
              ThrowsMessage<ModelError>(HasSubstr("not with " + sha256_hex(file).substr(0, 8))));
  save_atomically(folder / "plain.pth", "no weights");
  EXPECT_THROW(check_weights(folder / "plain.pth"), ModelError);
  EXPECT_THROW(check_weights(folder / "absent.pth"), FileError);
}

}  // namespace
}  // namespace gamut::weights
