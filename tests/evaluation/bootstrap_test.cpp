#include "gamut/evaluation/bootstrap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "gamut/core/error.h"
#include "gamut/core/random.h"
#include "gamut/evaluation/metrics.h"

namespace gamut::evaluation {
namespace {

using testing::ElementsAre;

/// One genre; the songs of an album have one truth and one score where `alike`.
Predictions albums(std::size_t n_albums, std::size_t songs_each, bool alike) {
  Random random(11);
  Predictions predictions{.genres = {"Rock"}};
  for (std::size_t a = 0; a < n_albums; ++a) {
    double score = 0;
    bool positive = false;
    for (std::size_t s = 0; s < songs_each; ++s) {
      if (s == 0 || !alike) {
        positive = random.chance(0.5);
        score = random.uniform() * 0.7 + (positive ? 0.3 : 0);
      }
      predictions.songs.push_back(std::to_string(a) + "/" + std::to_string(s));
      predictions.album.push_back(std::to_string(a));
      predictions.labels.push_back(positive ? 1 : 0);
      predictions.scores.push_back(score);
    }
  }
  return predictions;
}

Interval interval_of(const Predictions& predictions, std::string_view metric,
                     const BootstrapOptions& options) {
  const auto genres = evaluate(predictions, decide(predictions), {.bootstrap = options});
  return find_metric(genres, "Rock", metric).interval.value();
}

TEST(GroupSongs, TakesAlbumsElseArtistsElseSongs) {
  Predictions predictions{.songs = {"a", "b", "c"}, .album = {"x", "x", "y"}, .artist = {"p", "p", "p"}};
  EXPECT_EQ(group_songs(predictions, ResampleBy::known).by, "album");
  EXPECT_THAT(group_songs(predictions, ResampleBy::known).of_song, ElementsAre(0, 0, 1));
  EXPECT_EQ(group_songs(predictions, ResampleBy::artist).count, 1u);
  predictions.album = {"", "", ""};
  EXPECT_EQ(group_songs(predictions, ResampleBy::known).by, "artist");
  predictions.artist.clear();
  EXPECT_EQ(group_songs(predictions, ResampleBy::known).by, "song");
  EXPECT_EQ(group_songs(predictions, ResampleBy::known).count, 3u);
  EXPECT_THROW(group_songs(predictions, ResampleBy::artist), ParameterError);
}

TEST(GroupSongs, SongsWithoutAnAlbumAreNotOneAlbum) {
  const Predictions predictions{.songs = {"a", "b", "c", "d"}, .album = {"", "x", "", "x"}};
  EXPECT_THAT(group_songs(predictions, ResampleBy::album).of_song, ElementsAre(0, 1, 2, 1));
}

TEST(PercentileInterval, InterpolatesAsNumPy) {
  std::vector<double> values;
  for (int i = 0; i < 101; ++i) values.push_back(100 - i);
  const Interval interval = percentile_interval(values).value();  // numpy.percentile(range(101), [2.5, 97.5])
  EXPECT_DOUBLE_EQ(interval.low, 2.5);
  EXPECT_DOUBLE_EQ(interval.high, 97.5);
}

TEST(PercentileInterval, IsAbsentWhereMostReplicatesAreUndefined) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(percentile_interval({1, nan}).has_value());
  EXPECT_FALSE(percentile_interval({1, nan, nan}).has_value());
  EXPECT_FALSE(percentile_interval({}).has_value());
}

TEST(Bootstrap, IsTheSameForTheSameSeed) {
  const Predictions predictions = albums(30, 2, false);
  const Interval first = interval_of(predictions, "f1", {.replicates = 200});
  const Interval again = interval_of(predictions, "f1", {.replicates = 200});
  const Interval other = interval_of(predictions, "f1", {.replicates = 200, .seed = 98});
  EXPECT_EQ(first.low, again.low);
  EXPECT_EQ(first.high, again.high);
  EXPECT_TRUE(first.low != other.low || first.high != other.high);
}

TEST(Bootstrap, AccuracyHasTheWidthOfTheBinomial) {
  const Predictions predictions = albums(400, 1, false);
  const auto genres = evaluate(predictions);
  const double accuracy = find_metric(genres, "Rock", "accuracy").value;
  const double half_width = 1.96 * std::sqrt(accuracy * (1 - accuracy) / 400);
  const Interval interval = interval_of(predictions, "accuracy", {});
  EXPECT_NEAR(interval.low, accuracy - half_width, 0.2 * half_width);
  EXPECT_NEAR(interval.high, accuracy + half_width, 0.2 * half_width);
}

TEST(Bootstrap, AlbumsOfAlikeSongsWidenTheInterval) {
  const Predictions predictions = albums(20, 9, true);
  for (const char* metric : {"accuracy", "roc_auc", "average_precision"}) {
    const Interval by_album = interval_of(predictions, metric, {.by = ResampleBy::album});
    const Interval by_song = interval_of(predictions, metric, {.by = ResampleBy::song});
    // Nine alike songs are worth one: three times the width.
    EXPECT_GT(by_album.high - by_album.low, 2 * (by_song.high - by_song.low)) << metric;
  }
}

TEST(Bootstrap, OneAlbumGivesNoInterval) {
  const Predictions predictions = albums(1, 5, false);
  const auto genres = evaluate(predictions, decide(predictions), {.bootstrap = BootstrapOptions{}});
  EXPECT_FALSE(find_metric(genres, "Rock", "accuracy").interval.has_value());
}

/// Albums of ten songs of Rock, of which seven are recognised, then thirty albums of one other song.
Predictions albums_of_rock(int n_albums) {
  Predictions predictions{.genres = {"Rock"}};
  for (int i = 0; i < 10 * n_albums + 30; ++i) {
    const bool positive = i < 10 * n_albums;
    predictions.songs.push_back(std::to_string(i));
    predictions.album.push_back(positive ? "rock " + std::to_string(i / 10) : std::to_string(i));
    predictions.labels.push_back(positive ? 1 : 0);
    predictions.scores.push_back(positive && i % 10 < 7 ? 0.9 : 0.1);
  }
  return predictions;
}

TEST(Bootstrap, PositivesOfFewAlbumsGiveNoInterval) {
  for (const auto& [n_albums, enough] : {std::pair{1, false}, {5, false}, {6, true}}) {
    const Predictions predictions = albums_of_rock(n_albums);
    const auto genres = evaluate(predictions, decide(predictions), {.bootstrap = BootstrapOptions{}});
    for (const std::string_view row : {std::string_view("Rock"), kMacro}) {
      EXPECT_EQ(find_metric(genres, row, "recall").interval.has_value(), enough) << n_albums;
      EXPECT_EQ(find_metric(genres, row, "balanced_accuracy").interval.has_value(), enough) << n_albums;
    }
    EXPECT_EQ(find_metric(genres, kMultiLabel, "f1_macro").interval.has_value(), enough) << n_albums;
  }
}

TEST(Bootstrap, NegativesOfFewAlbumsGiveNoInterval) {
  Predictions predictions = albums_of_rock(1);
  for (std::uint8_t& label : predictions.labels) label = 1 - label;
  const auto genres = evaluate(predictions, decide(predictions), {.bootstrap = BootstrapOptions{}});
  EXPECT_FALSE(find_metric(genres, "Rock", "specificity").interval.has_value());
}

TEST(Bootstrap, AGenreOfFewAlbumsLeavesThePoolItsInterval) {
  Predictions predictions = albums_of_rock(1);
  predictions.genres = {"Rock", "Pop"};
  std::vector<std::uint8_t> labels;
  std::vector<double> scores;
  for (std::size_t s = 0; s < predictions.size(); ++s) {
    labels.insert(labels.end(), {predictions.labels[s], static_cast<std::uint8_t>(s % 2)});
    scores.insert(scores.end(), {predictions.scores[s], s % 3 == 0 ? 0.9 : 0.1});
  }
  predictions.labels = labels;
  predictions.scores = scores;
  const auto genres = evaluate(predictions, decide(predictions), {.bootstrap = BootstrapOptions{}});
  EXPECT_FALSE(find_metric(genres, "Rock", "f1").interval.has_value());
  EXPECT_TRUE(find_metric(genres, "Pop", "f1").interval.has_value());
  EXPECT_TRUE(find_metric(genres, kAllCells, "f1").interval.has_value());
  EXPECT_FALSE(find_metric(genres, kMacro, "f1").interval.has_value());
  EXPECT_TRUE(find_metric(genres, kMultiLabel, "f1_micro").interval.has_value());
  EXPECT_FALSE(find_metric(genres, kMultiLabel, "f1_weighted").interval.has_value());
}

TEST(Bootstrap, RefusesNoReplicates) {
  const Predictions predictions = albums(30, 1, false);
  EXPECT_THROW(interval_of(predictions, "f1", {.replicates = 0}), ParameterError);
}

}  // namespace
}  // namespace gamut::evaluation
