#include "gamut/experiment/config.h"
#include "gamut/core/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/toml.h"
#include "gamut/experiment/demo_experiment.h"
#include "tests/support/test_data.h"

namespace gamut::experiment {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

ExperimentConfig parse(const std::string& text, const std::vector<std::string>& overrides = {}) {
  const test::TemporaryDirectory directory;
  save_atomically(directory / "trial.toml", text);
  return load_experiment(directory / "trial.toml", overrides);
}

std::string fault_of(const std::string& text, const std::vector<std::string>& overrides = {}) {
  try {
    parse(text, overrides);
  } catch (const ParameterError& error) {
    return error.what();
  }
  return "";
}

TEST(ExperimentConfig, DefaultsAreThePapersSmallest) {
  const ExperimentConfig config = parse("");
  EXPECT_EQ(config.name, "trial");
  EXPECT_EQ(config.genres.top, 16);
  EXPECT_EQ(config.split.group_by, catalogue::GroupBy::album);
  EXPECT_EQ(config.front_ends().size(), 2u);
  EXPECT_EQ(config.training.epochs, 20);
}

TEST(ExperimentConfig, ShippedFilesAreThePapersGrid) {
  for (const char* name : {"paper", "grouped"}) {
    const ExperimentConfig config =
        load_experiment(std::string(GAMUT_SOURCE_DIR "/experiments/") + name + ".toml");
    EXPECT_EQ(config.name, name);
    EXPECT_THAT(config.architectures, ElementsAre("resnet34", "resnet50", "resnet101", "resnet152"));
    EXPECT_THAT(config.initialisation, ElementsAre("imagenet", "random"));
    EXPECT_THAT(config.scales, ElementsAre("linear", "mel"));
    EXPECT_EQ(config.front_end.picture_width, 250);
    EXPECT_EQ(config.split.group_by,
              name == std::string("paper") ? catalogue::GroupBy::none : catalogue::GroupBy::album);
  }
}

TEST(ExperimentConfig, MergedFormReadsBackTheSame) {
  const ExperimentConfig config = parse(R"(
[data]
genres = ["R&B", "Jazz"]
group_by = "artist"
[spectrogram]
scales = ["mel", "linear-bands"]
reduce = ["mean", "nearest"]
picture_size = [64, 32]
fmax_hz = 8000
[training]
learning_rate = 0.01
)");
  const Json merged = to_json(config);
  EXPECT_EQ(to_json(experiment_from_json(parse_toml(dump_toml(merged), "merged"))), merged);
  EXPECT_EQ(config.front_ends().size(), 4u);
  EXPECT_EQ(config.front_end.picture_width, 64);
  EXPECT_EQ(config.front_end.fmax_hz, 8000);
}

TEST(ExperimentConfig, GenresAreChosenByCountSupportListAndExclusion) {
  const ExperimentConfig largest =
      parse("[data]\ngenres = { top = 5, min_songs = 50, exclude = [\"Pop\"] }\n");
  EXPECT_EQ(largest.genres.top, 5);
  EXPECT_EQ(largest.genres.min_songs, 50);
  EXPECT_THAT(largest.genres.exclude, ElementsAre("Pop"));
  const ExperimentConfig listed = parse("[data]\ngenres = { list = [\"Jazz\", \"Pop\"], min_songs = 7 }\n");
  EXPECT_THAT(listed.genres.list, ElementsAre("Jazz", "Pop"));
  for (const ExperimentConfig& config : {largest, listed}) {
    const Json merged = to_json(config);
    EXPECT_EQ(to_json(experiment_from_json(parse_toml(dump_toml(merged), "merged"))), merged);
  }
  EXPECT_THAT(fault_of("[data]\ngenres = { list = [\"Jazz\"], top = 3 }\n"),
              HasSubstr("list and top exclude each other"));
  EXPECT_THAT(fault_of("[data]\ngenres = { min_songs = 0 }\n"),
              HasSubstr("min_songs = 0 must be at least 1"));
  EXPECT_THAT(fault_of("[data]\ngenres = { list = [\"Jazz\", \"Jazz\"] }\n"),
              HasSubstr("must name each genre once"));
}

TEST(ExperimentConfig, OverridesReplaceOneOption) {
  const ExperimentConfig config =
      parse("[data]\ntest = 0.1\n", {"data.test=0.3", "name=other", "spectrogram.picture_size=32",
                                     "model.architectures=[\"resnet18\"]", "data.group_by=none"});
  EXPECT_EQ(config.split.test, 0.3);
  EXPECT_EQ(config.name, "other");
  EXPECT_EQ(config.front_end.picture_height, 32);
  EXPECT_THAT(config.architectures, ElementsAre("resnet18"));
  EXPECT_EQ(config.split.group_by, catalogue::GroupBy::none);
  EXPECT_THAT(fault_of("", {"nonsense"}), HasSubstr("must look like section.key=value"));
  EXPECT_THAT(fault_of("", {"data.genres=[1"}), HasSubstr("--set data.genres=[1"));
}

TEST(ExperimentConfig, RefusesWhatItsStrategyWouldNotRead) {
  const auto with = [](const std::string& strategy, const std::string& option) {
    return fault_of("[training]\nstrategy = " + strategy + "\n" + option + "\n");
  };
  EXPECT_THAT(with("\"one-vs-all-frozen\"", "frozen_stages = 2"),
              HasSubstr("frozen_stages = 2 does nothing"));
  EXPECT_THAT(with("\"one-vs-all-frozen\"", "mixup = 0.2"), HasSubstr("takes pictures as they are"));
  EXPECT_THAT(with("\"multi-label\"", "negatives = \"all\""),
              HasSubstr("negatives = \"all\" chooses no songs"));
  EXPECT_EQ(with("[\"one-vs-all\", \"one-vs-all-frozen\"]", "frozen_stages = 2\nmixup = 0.2"), "");
  EXPECT_EQ(with("[\"one-vs-all\", \"multi-label\"]", "negatives = \"all\""), "");
}

TEST(ExperimentConfig, EveryFaultIsNamed) {
  EXPECT_THAT(fault_of("colour = 1"), HasSubstr("unknown option \"colour\""));
  EXPECT_THAT(fault_of("[data]\ntest = 1.5\n"), HasSubstr("test = 1.5 must be a share"));
  EXPECT_THAT(fault_of("[data]\ntest = 0.6\nvalidation = 0.6\n"), HasSubstr("leave nothing to train on"));
  EXPECT_THAT(fault_of("[data]\ngroup_by = \"label\"\n"), HasSubstr("label"));
  EXPECT_THAT(fault_of("[data]\ngenres = []\n"), HasSubstr("must name each genre once"));
  EXPECT_THAT(fault_of("[data]\ngenres = { top = 0 }\n"), HasSubstr("top = 0 must be at least 1"));
  EXPECT_THAT(fault_of("[spectrogram]\nscales = [\"bass\"]\n"), HasSubstr("bass"));
  EXPECT_THAT(fault_of("[spectrogram]\nscale = \"mel\"\n"), HasSubstr("use scales"));
  EXPECT_THAT(fault_of("[spectrogram]\npicture_size = \"big\"\n"), HasSubstr("picture_size must be"));
  EXPECT_THAT(fault_of("[spectrogram]\nreduce = [\"median\"]\n"), HasSubstr("median"));
  EXPECT_THAT(fault_of("[model]\narchitectures = [\"resnet19\"]\n"), HasSubstr("known are resnet18"));
  EXPECT_THAT(fault_of("[model]\ninitialisation = [\"lucky\"]\n"),
              HasSubstr("known are random and imagenet"));
  EXPECT_THAT(fault_of("[training]\nstrategy = [\"multi-label\", \"multi-label\"]\n"),
              HasSubstr("needs one strategy, or a list without doubles"));
  EXPECT_THAT(fault_of("[training]\nstrategy = \"guess\"\n"),
              HasSubstr("known are one-vs-all, one-vs-all-frozen and multi-label"));
  EXPECT_THAT(fault_of("[training]\nepochs = 0\nbatch = 1\n"),
              testing::AllOf(HasSubstr("epochs = 0"), HasSubstr("batch = 1")));
  EXPECT_THAT(fault_of("[training]\nepoch = 3\n"), HasSubstr("unknown option \"epoch\""));
  EXPECT_THAT(fault_of("[data]\nfolds = 2\nvalidation = 0.5\n"),
              HasSubstr("validation = 0.5 and the test songs of 2 folds leave nothing to train on"));
  EXPECT_THAT(fault_of("name = \"../up\"\n"), HasSubstr("can name a folder"));
}

TEST(DemoExperiment, HoldsEverySeedThatTomlHas) {
  constexpr std::uint64_t kLargest = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(parse(demo_experiment_toml(kLargest)).split.seed, kLargest);
  EXPECT_THAT([&] { demo_experiment_toml(kLargest + 1); },
              testing::ThrowsMessage<ParameterError>(HasSubstr("must be at most 9223372036854775807")));
}

}  // namespace
}  // namespace gamut::experiment
