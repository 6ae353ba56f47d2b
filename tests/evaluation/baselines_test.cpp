#include "gamut/evaluation/baselines.h"
#include "gamut/core/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <functional>

#include "gamut/core/error.h"
#include "gamut/core/random.h"
#include "tests/support/test_data.h"

namespace gamut::evaluation {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// 400 songs, of which 3 in 4 are Rock and 1 in 4 Pop; scores know nothing.
Predictions songs() {
  Predictions predictions{.genres = {"Rock", "Pop"}};
  Random random(8);
  for (int i = 0; i < 400; ++i) {
    predictions.songs.push_back(std::to_string(i));
    predictions.labels.insert(predictions.labels.end(), {std::uint8_t(i % 4 != 0), std::uint8_t(i % 4 == 0)});
    predictions.scores.insert(predictions.scores.end(), {random.uniform(), random.uniform()});
  }
  return predictions;
}

KnownSongs known() {
  return {.genres = {"Rock", "Pop"}, .labels = {1, 0, 1, 0, 1, 0, 0, 1}};
}

const Baseline& named(const std::vector<Baseline>& baselines, const std::string& name) {
  return *std::ranges::find(baselines, name, &Baseline::name);
}

double value(const Baseline& baseline, std::string_view genre, std::string_view metric) {
  return find_metric(baseline.metrics, genre, metric).value;
}

TEST(Baselines, MajorityGivesAGenreToAllSongsOrNone) {
  const auto baselines = make_baselines(songs(), known());
  const Baseline& majority = named(baselines, "majority");
  EXPECT_DOUBLE_EQ(value(majority, "Rock", "accuracy"), 0.75);
  EXPECT_EQ(value(majority, "Rock", "recall"), 1);
  EXPECT_EQ(value(majority, "Pop", "recall"), 0);
  EXPECT_EQ(value(majority, "Pop", "roc_auc"), 0.5);
}

TEST(Baselines, PrevalenceGuessesAsOftenAsTheGenreComes) {
  const auto baselines = make_baselines(songs(), known());
  const Baseline& prevalence = named(baselines, "prevalence");
  EXPECT_NEAR(value(prevalence, "Pop", "accuracy"), 0.75 * 0.75 + 0.25 * 0.25, 0.01);
  EXPECT_NEAR(value(prevalence, "Pop", "precision"), 0.25, 0.02);
  EXPECT_NEAR(value(prevalence, "Pop", "recall"), 0.25, 0.02);
  EXPECT_NEAR(value(prevalence, "Pop", "balanced_accuracy"), 0.5, 0.02);
  EXPECT_EQ(value(prevalence, "Pop", "roc_auc"), 0.5);
  EXPECT_DOUBLE_EQ(value(prevalence, "Pop", "average_precision"), 0.25);
}

TEST(Baselines, PopularityGivesTheMostFrequentGenres) {
  const auto baselines = make_baselines(songs(), known());
  const Baseline& popularity = named(baselines, "popularity");
  EXPECT_EQ(value(popularity, "Rock", "recall"), 1);
  EXPECT_EQ(value(popularity, "Pop", "recall"), 0);
  EXPECT_DOUBLE_EQ(value(popularity, std::string(kMultiLabel), "one_error"), 0.25);
}

TEST(Baselines, AlbumOracleReadsTheLabelsOfAlbumMates) {
  Predictions test = {.songs = {"a", "b", "c"},
                      .genres = {"Rock", "Pop"},
                      .labels = {1, 0, 0, 1, 0, 1},
                      .scores = {0, 0, 0, 0, 0, 0},
                      .album = {"x", "y", "other"}};
  KnownSongs training = known();
  EXPECT_EQ(make_baselines(test, training).size(), 3u);
  training.album = {"x", "x", "z", "y"};
  const auto baselines = make_baselines(test, training);
  ASSERT_EQ(baselines.size(), 4u);
  const Baseline& oracle = baselines.back();
  EXPECT_EQ(oracle.name, "album-oracle");
  EXPECT_THAT(oracle.what, HasSubstr("2 of 3 songs"));
  EXPECT_EQ(value(oracle, "Pop", "recall"), 0.5);
  EXPECT_EQ(value(oracle, "Rock", "recall"), 1);
  test.album = {"p", "q", ""};
  EXPECT_EQ(make_baselines(test, training).size(), 3u);
}

TEST(Baselines, KnowOnlyTheTrainingSongsOfTheFold) {
  Predictions test = {.songs = {"a", "b"},
                      .genres = {"Rock", "Pop"},
                      .labels = {1, 0, 0, 1},
                      .scores = {0, 0, 0, 0},
                      .fold = {"0", "1"}};
  KnownSongs training = {.genres = {"Rock", "Pop"}, .labels = {1, 0, 0, 1}, .fold = {"0", "1"}};
  EXPECT_EQ(value(named(make_baselines(test, training), "popularity"), kMultiLabel, "subset_accuracy"), 1);
  training.fold = {"0", "0"};
  EXPECT_THROW(make_baselines(test, training), ParameterError);
}

TEST(KnownSongs, AreTrainingSongsElseValidationSongs) {
  Predictions predictions = songs();
  EXPECT_EQ(known_songs(predictions).size(), 0u);
  predictions.part.assign(400, "test");
  EXPECT_EQ(known_songs(predictions).size(), 0u);
  predictions.part[1] = "validation";
  EXPECT_THAT(known_songs(predictions).labels, ElementsAre(1, 0));
  predictions.part[4] = "train";
  EXPECT_THAT(known_songs(predictions).labels, ElementsAre(0, 1));
}

TEST(KnownSongs, AreReadFromASplitWithLabels) {
  const test::TemporaryDirectory directory;
  std::ofstream(directory / "split.csv") << "song,part,fold,album,label:Pop,label:Rock\n"
                                            "a,train,0,x,0,1\nb,test,0,y,1,1\n";
  const KnownSongs songs = load_known_songs(directory / "split.csv", std::vector<std::string>{"Rock", "Pop"});
  EXPECT_THAT(songs.labels, ElementsAre(1, 0));
  EXPECT_THAT(songs.album, ElementsAre("x"));
  try {
    load_known_songs(directory / "split.csv", std::vector<std::string>{"Jazz"});
    FAIL() << "a genre without labels was taken";
  } catch (const ParameterError& error) {
    EXPECT_THAT(error.what(), HasSubstr("no column \"label:Jazz\""));
  }
}

TEST(Chance, IsSaidWhereAnIntervalIncludesIt) {
  const Predictions predictions = songs();
  const auto genres = evaluate(predictions, decide(predictions), {.bootstrap = BootstrapOptions{}});
  EXPECT_THAT(describe_chance(genres), testing::Contains(HasSubstr("Rock: balanced accuracy 0.")));
  Predictions sure = songs();
  for (std::size_t i = 0; i < sure.labels.size(); ++i) sure.scores[i] = 0.1 + 0.8 * sure.labels[i];
  EXPECT_THAT(describe_chance(evaluate(sure, decide(sure), {.bootstrap = BootstrapOptions{}})),
              testing::IsEmpty());
}

TEST(Chance, LevelFollowsTheMetric) {
  EXPECT_EQ(chance_level("roc_auc", 0.1), 0.5);
  EXPECT_EQ(chance_level("average_precision", 0.1), 0.1);
  EXPECT_EQ(chance_level("mcc", 0.1), 0);
  EXPECT_FALSE(chance_level("f1", 0.1).has_value());
}

}  // namespace
}  // namespace gamut::evaluation
