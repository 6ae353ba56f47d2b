#include "gamut/evaluation/assessment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "gamut/core/error.h"
#include "gamut/core/random.h"
#include "tests/support/test_data.h"

namespace gamut::evaluation {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Scores of a network trained on balanced classes, of songs of which one in five has the genre.
Predictions songs(bool with_columns) {
  Random random(6);
  Predictions predictions{.genres = {"Rock"}};
  for (int i = 0; i < 200; ++i) {
    const bool positive = i % 5 == 0;
    predictions.songs.push_back(std::to_string(i));
    predictions.labels.push_back(positive ? 1 : 0);
    predictions.scores.push_back(random.uniform() * 0.75 + (positive ? 0.25 : 0));
    if (!with_columns) continue;
    predictions.part.emplace_back(i < 80 ? "validation" : "test");
    predictions.album.push_back(std::to_string(i / 3));
  }
  return predictions;
}

double macro_f1(const DecisionMetrics& decision) {
  return find_metric(decision.metrics, kMacro, "f1").value;
}

TEST(Assess, PutsTunedAndCorrectedDecisionsBesideAHalf) {
  const Assessment assessment = assess(songs(true), {.trained_prior = 0.5});
  EXPECT_EQ(assessment.part, "test");
  EXPECT_EQ(assessment.songs.size(), 120u);
  ASSERT_EQ(assessment.decisions.size(), 3u);
  EXPECT_EQ(assessment.decisions[0].decision, "0.5");
  EXPECT_EQ(assessment.decisions[1].decision, "tuned");
  EXPECT_EQ(assessment.decisions[2].decision, "corrected");
  EXPECT_GT(macro_f1(assessment.decisions[1]), macro_f1(assessment.decisions[0]));
  EXPECT_EQ(assessment.resampled, "album");
  EXPECT_EQ(assessment.baselines.size(), 3u);
  EXPECT_THAT(assessment.not_available,
              ElementsAre("the album oracle: the labels of training songs are not there"));
}

TEST(Assess, HasTheAlbumOracleWhereTrainingSongsShareAlbums) {
  Predictions predictions = songs(true);
  predictions.part[0] = "train";  // album 0 then has one song in training and one among the test songs
  predictions.part[1] = "test";
  const Assessment assessment = assess(predictions, {.bootstrap = std::nullopt});
  ASSERT_EQ(assessment.baselines.size(), 4u);
  EXPECT_THAT(assessment.baselines.back().what, HasSubstr("1 of 121 songs"));
}

TEST(Assess, FitsNothingOnTheSongsItJudges) {
  Predictions predictions = songs(true);
  const Assessment before = assess(predictions, {.bootstrap = std::nullopt, .trained_prior = 0.5});
  for (std::size_t s = 80; s < 200; ++s) predictions.labels[s] = 1 - predictions.labels[s];
  const Assessment after = assess(predictions, {.bootstrap = std::nullopt, .trained_prior = 0.5});
  EXPECT_EQ(before.thresholds.at("").at(0).value, after.thresholds.at("").at(0).value);
}

TEST(Assess, SaysWhatAFileWithoutColumnsLacks) {
  const Assessment assessment = assess(songs(false));
  EXPECT_EQ(assessment.part, "");
  EXPECT_EQ(assessment.songs.size(), 200u);
  EXPECT_EQ(assessment.decisions.size(), 1u);
  EXPECT_EQ(assessment.resampled, "song");
  EXPECT_THAT(assessment.not_available,
              ElementsAre(HasSubstr("intervals that resample albums"), HasSubstr("tuned thresholds"),
                          HasSubstr("corrected for the prior"), HasSubstr("baselines")));
}

TEST(Assess, BaselinesDoNotLearnFromTheSongsTheyAreJudgedOn) {
  Predictions predictions = songs(true);
  for (std::size_t s = 0; s < 39; ++s) predictions.part[s] = "train";  // whole albums
  const AssessmentOptions fast{.bootstrap = std::nullopt};
  for (const auto& [part, n] : {std::pair{"test", 3u}, {"validation", 3u}, {"train", 0u}}) {
    AssessmentOptions options = fast;
    options.part = part;
    EXPECT_EQ(assess(predictions, options).baselines.size(), n) << part;
  }
  AssessmentOptions options = fast;
  options.part = "validation";
  predictions = songs(true);
  EXPECT_THAT(assess(predictions, options).not_available, Contains(HasSubstr("are among those judged")));
}

TEST(Assess, AFoldOfWhichNothingIsKnownHasNoBaselines) {
  Predictions predictions = songs(true);
  for (std::size_t s = 0; s < predictions.size(); ++s) predictions.fold.emplace_back(s % 2 == 0 ? "0" : "1");
  const AssessmentOptions options{.bootstrap = std::nullopt,
                                  .known = {.genres = {"Rock"}, .labels = {1, 0}, .fold = {"0", "0"}}};
  const Assessment assessment = assess(predictions, options);
  EXPECT_THAT(assessment.baselines, IsEmpty());
  EXPECT_THAT(assessment.not_available, Contains(HasSubstr("no song is known of the fold \"1\"")));
}

TEST(Assess, NamesGenresWithoutIntervals) {
  Predictions predictions = songs(true);
  for (std::size_t s = 0; s < predictions.size(); ++s) {
    predictions.labels[s] = s < 90 || s >= 100 ? 0 : 1;  // test songs of four albums
  }
  EXPECT_THAT(assess(predictions).not_available, Contains(HasSubstr("intervals for any genre")));
  predictions.album.assign(predictions.size(), "one");
  EXPECT_THAT(assess(predictions).not_available, Contains("intervals: the songs are of fewer than 6 albums"));
}

TEST(Assess, RefusesAPartWithoutSongs) {
  EXPECT_THROW(assess(songs(true), {.part = "train"}), ParameterError);
  EXPECT_THROW(assess(songs(false), {.part = "test"}), ParameterError);
}

TEST(FillFromSplit, AddsTheColumnsThatAreMissing) {
  const test::TemporaryDirectory directory;
  Predictions predictions = {.songs = {"a", "b"},
                             .genres = {"Rock"},
                             .labels = {1, 0},
                             .scores = {0.9, 0.1},
                             .album = {"own", "own"}};
  std::ofstream(directory / "split.csv") << "song,part,album\nb,test,x\nother,train,x\na,validation,y\n";
  fill_from_split(predictions, directory / "split.csv");
  EXPECT_THAT(predictions.part, ElementsAre("validation", "test"));
  EXPECT_THAT(predictions.album, ElementsAre("own", "own"));
  EXPECT_THAT(predictions.artist, IsEmpty());
  predictions.songs[0] = "c";
  predictions.part.clear();
  EXPECT_THROW(fill_from_split(predictions, directory / "split.csv"), ParameterError);
}

}  // namespace
}  // namespace gamut::evaluation
