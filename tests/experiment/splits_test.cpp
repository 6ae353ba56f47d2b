#include "gamut/experiment/splits.h"
#include "gamut/core/json.h"

#include <gmock/gmock.h>

#include <map>

#include "gamut/core/error.h"
#include "tests/experiment/clip_library.h"

namespace gamut::experiment {
namespace {

using catalogue::FoldParts;
using catalogue::Part;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

/// Splits are drawn of what the catalogue says, without pictures.
class SplitsTest : public RunTest {
 protected:
  Selection select(const ExperimentConfig& config) {
    Catalogue library(workspace_.path());
    return select_songs(library, config);
  }
  std::vector<FoldParts> open(const ExperimentConfig& config, bool may_write = true) {
    return open_splits(run_, select(config), config, may_write);
  }
  std::map<std::string, Part> parts(const ExperimentConfig& config, const FoldParts& split) {
    const Selection selection = select(config);
    std::map<std::string, Part> parts;
    for (std::size_t i = 0; i < selection.songs.size(); ++i) {
      parts[selection.songs[i].name] = split.parts[i];
    }
    return parts;
  }
  /// Three albums more, and another song of the first.
  void grow() {
    std::vector<Song> songs{make_song(0, 4)};
    for (int album = 9; album < 12; ++album) songs.push_back(make_song(album, 0));
    put(songs);
  }
  void relabel(const std::string& name, const std::vector<std::string>& genres) {
    std::vector<Song> songs = Catalogue(workspace_.path()).songs();
    for (Song& song : songs) {
      if (song.name == name) song.genres = genres;
    }
    put(songs);
  }
  static bool contains(const std::map<std::string, Part>& all, const std::map<std::string, Part>& some) {
    return std::includes(all.begin(), all.end(), some.begin(), some.end());
  }

  std::filesystem::path run_ = workspace_ / "runs/trial";
};

TEST_F(SplitsTest, ARunThatHasNotBegunGoesOnWithItsSplits) {
  ExperimentConfig folds = config();
  folds.folds = 3;
  std::vector<std::map<std::string, Part>> before;
  for (const FoldParts& split : open(folds)) before.push_back(parts(folds, split));
  grow();
  const std::vector<FoldParts> after = open(folds);
  ASSERT_EQ(after.size(), 3u);
  for (std::size_t fold = 0; fold < 3; ++fold) {
    const auto now = parts(folds, after[fold]);
    EXPECT_EQ(now.size(), 40u);
    EXPECT_TRUE(contains(now, before[fold]));
    EXPECT_EQ(now.at("album 0/4.flac"), now.at("album 0/0.flac"));
  }
  EXPECT_EQ(open(folds, false)[1].parts, after[1].parts) << "they were written";
}

TEST_F(SplitsTest, ARunThatHasBegunRefusesOtherSongs) {
  open(config());
  save_atomically(run_ / "cells/linear/progress.json", "{}");
  grow();
  try {
    open(config());
    FAIL() << "networks of different songs were mixed";
  } catch (const CatalogueError& error) {
    EXPECT_THAT(error.what(), HasSubstr("lacks 4 songs"));
    EXPECT_THAT(error.what(), HasSubstr("[data] split"));
  }
}

TEST_F(SplitsTest, OtherShardsWorkKeepsARunAsItIs) {
  open(config());
  grow();
  EXPECT_THROW(open(config(), false), CatalogueError);
}

TEST_F(SplitsTest, ARunThatHasNotBegunTakesCorrectedLabels) {
  const std::vector<Part> before = open(config()).front().parts;
  EXPECT_THAT(load_text(run_ / "split.csv"), HasSubstr("\nalbum 0/0.flac,"));
  relabel("album 0/0.flac", {"Noise & Hiss"});
  EXPECT_EQ(open(config()).front().parts, before);
  const Selection now = select(config());
  EXPECT_NO_THROW(catalogue::load_split(run_ / "split.csv", now.songs, &now.labels));
}

TEST_F(SplitsTest, ARunThatHasBegunRefusesOtherLabels) {
  open(config());
  save_atomically(run_ / "cells/linear/progress.json", "{}");
  relabel("album 0/0.flac", {"Noise & Hiss"});
  for (const bool may_write : {true, false}) {
    EXPECT_THAT([&] { open(config(), may_write); },
                testing::ThrowsMessage<CatalogueError>(
                    HasSubstr("has other labels for 1 songs (album 0/0.flac) than the experiment")));
  }
}

TEST_F(SplitsTest, AGenreOfOneClassIsNamedWithItsFoldsBeforeAnythingIsWritten) {
  for (int album = 0; album < 9; ++album) {
    for (int track = 0; track < 4; ++track) {
      const std::string song = "album " + std::to_string(album) + "/" + std::to_string(track) + ".flac";
      relabel(song, album == 4 ? std::vector<std::string>{"Everything", "Rare"}
                               : std::vector<std::string>{"Everything", "Tones"});
    }
  }
  ExperimentConfig folds = config();
  folds.folds = 3;
  try {
    open(folds);
    FAIL();
  } catch (const CatalogueError& error) {
    for (const char* fault :
         {"Everything: ([0-9]+) of [0-9]+ training songs have it in fold 0 of repeat 0", "fold 2 of repeat 0",
          "Rare: 0 of [0-9]+ training songs have it in fold ", "genres.min_songs"}) {
      EXPECT_THAT(error.what(), testing::ContainsRegex(fault));
    }
  }
  EXPECT_FALSE(std::filesystem::exists(run_ / "split.csv"));
}

TEST_F(SplitsTest, NegativesThatRoundToNoneAreNamed) {
  ExperimentConfig few = config();
  few.negatives = "ratio:0.001";
  EXPECT_THAT([&] { open(few); },
              testing::ThrowsMessage<CatalogueError>(HasSubstr(
                  "training songs have it, and negatives = \"ratio:0.001\" takes none of the others")));
}

TEST_F(SplitsTest, AnotherExperimentTakesTheFile) {
  const ExperimentConfig first = config();
  const auto before = parts(first, open(first).front());
  grow();
  ExperimentConfig second = first;
  second.name = "second";
  second.split_file = (run_ / "split.csv").string();
  DrawnSplits drawn = draw_splits(workspace_ / "runs/second", select(second), second);
  EXPECT_THAT(drawn.origin, StartsWith("36 songs keep their part of "));
  EXPECT_THAT(drawn.origin, HasSubstr("split.csv, 4 are placed; now "));
  EXPECT_TRUE(contains(parts(second, drawn.splits.front()), before));

  second.place_others = false;
  EXPECT_EQ(select(second).left_out_of_split, 4);
  drawn = draw_splits(workspace_ / "runs/second", select(second), second);
  EXPECT_EQ(parts(second, drawn.splits.front()), before);
}

TEST_F(SplitsTest, WithoutAnEarlierOneThereIsNothingToSay) {
  EXPECT_THAT(draw_splits(run_, select(config()), config()).origin, IsEmpty());
}

TEST_F(SplitsTest, TheOptionsAreReadAndWritten) {
  EXPECT_FALSE(to_json(config())["data"].contains("split"));
  const auto read = [&](const std::vector<std::string>& options) {
    return load_experiment(workspace_ / "trial.toml", options);
  };
  const std::string file = "data.split=\"a.csv\"";
  const ExperimentConfig taken = read({file, "data.not_in_split=\"leave-out\""});
  EXPECT_EQ(taken.split_file, (workspace_ / "a.csv").string()) << "counted from the experiment file";
  EXPECT_FALSE(taken.place_others);
  EXPECT_EQ(to_json(experiment_from_json(to_json(taken))), to_json(taken));
  EXPECT_THROW(read({"data.not_in_split=\"leave-out\""}), ParameterError);
  EXPECT_THROW(read({file, "data.folds=2"}), ParameterError);
  EXPECT_THROW(read({file, "data.not_in_split=\"drop\""}), ParameterError);
}

}  // namespace
}  // namespace gamut::experiment
