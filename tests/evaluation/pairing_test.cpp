#include "gamut/evaluation/pairing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "gamut/core/error.h"
#include "gamut/core/random.h"
#include "gamut/evaluation/metrics.h"

namespace gamut::evaluation {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string message_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const ParameterError& error) {
    return error.what();
  }
  return "nothing thrown";
}

Predictions two_genres() {
  return {
      .songs = {"a", "b"}, .genres = {"Rock", "Pop"}, .labels = {1, 0, 0, 1}, .scores = {0.9, 0.1, 0.2, 0.3}};
}

TEST(Align, BringsSongsAndGenresIntoOneOrder) {
  const Predictions second = {
      .songs = {"b", "a"}, .genres = {"Pop", "Rock"}, .labels = {1, 0, 0, 1}, .scores = {0.4, 0.3, 0.2, 0.1}};
  EXPECT_THAT(align(two_genres(), second).scores, ElementsAre(0.1, 0.2, 0.3, 0.4));
}

TEST(Align, NamesWhatDoesNotFit) {
  Predictions other = two_genres();
  other.songs[1] = "c";
  EXPECT_THAT(message_of([&] { align(two_genres(), other); }), HasSubstr("the song \"b\" is in the first"));
  other = two_genres();
  other.labels[3] = 0;
  EXPECT_THAT(message_of([&] { align(two_genres(), other); }),
              HasSubstr("the song \"b\" has another label for Pop"));
  other = two_genres();
  other.genres[1] = "Jazz";
  EXPECT_THAT(message_of([&] { align(two_genres(), other); }), HasSubstr("Pop"));
}

/// 60 albums of two songs; the noise of `second` is its own only where asked for.
std::pair<Predictions, Predictions> two_networks(double gain) {
  Random random(3);
  Predictions first{.genres = {"Rock"}};
  Predictions second;
  for (int i = 0; i < 120; ++i) {
    const bool positive = random.chance(0.5);
    first.songs.push_back(std::to_string(i));
    first.album.push_back(std::to_string(i / 2));
    first.labels.push_back(positive ? 1 : 0);
    const double hard = random.uniform();
    second.scores.push_back(0.5 + (positive ? 0.5 : -0.5) * (0.75 - hard));
    first.scores.push_back(0.5 + (positive ? 0.5 : -0.5) * (0.75 + gain - hard) / (1 + gain));
  }
  const std::vector<double> scores = second.scores;
  second = first;
  second.scores = scores;
  return {first, second};
}

TEST(BootstrapDifference, OfANetworkWithItselfIsNothing) {
  const auto [first, second] = two_networks(0);
  for (const Difference& difference : bootstrap_difference(first, first, "f1")) {
    EXPECT_EQ(difference.value, 0);
    EXPECT_EQ(difference.interval.value().low, 0);
    EXPECT_EQ(difference.interval.value().high, 0);
  }
}

TEST(BootstrapDifference, FindsAGainThatTwoSingleIntervalsWouldHide) {
  const auto [first, second] = two_networks(0.1);
  const std::vector<Difference> differences = bootstrap_difference(first, second, "accuracy");
  ASSERT_EQ(differences.size(), 3u);
  EXPECT_EQ(differences[0].genre, "Rock");
  EXPECT_EQ(differences[1].genre, kAllCells);
  EXPECT_EQ(differences[2].genre, kMacro);
  EXPECT_GT(differences[0].value, 0);
  EXPECT_GT(differences[0].interval.value().low, 0);
  const auto interval = [](const Predictions& predictions) {
    const auto genres = evaluate(predictions, decide(predictions), {.bootstrap = BootstrapOptions{}});
    return find_metric(genres, "Rock", "accuracy").interval.value();
  };
  EXPECT_GT(interval(second).high, interval(first).low);
}

TEST(BootstrapDifference, OfPositivesOfFewAlbumsHasNoInterval) {
  auto [first, second] = two_networks(0.1);
  for (std::size_t s = 0; s < first.size(); ++s) first.labels[s] = s < 10 ? 1 : 0;  // five albums
  second.labels = first.labels;
  for (const Difference& difference : bootstrap_difference(first, second, "recall")) {
    EXPECT_TRUE(difference.undefined.empty());
    EXPECT_FALSE(difference.interval.has_value()) << difference.genre;
  }
}

TEST(BootstrapDifference, OfWhatIsUndefinedIsUndefined) {
  Predictions first = two_genres();
  first.labels = {1, 0, 1, 0};
  const auto differences = bootstrap_difference(first, first, "recall");
  EXPECT_EQ(differences[1].undefined, "no positives");
  EXPECT_FALSE(differences[1].interval.has_value());
  EXPECT_THAT(message_of([&] { bootstrap_difference(first, first, "loudness"); }),
              HasSubstr("balanced_accuracy"));
}

TEST(McNemar, FewSongsAreCountedExactly) {
  // scipy.stats.binomtest(2, 12).pvalue
  const McNemar test = mcnemar(10, 2);
  EXPECT_TRUE(test.exact);
  EXPECT_FALSE(test.statistic.has_value());
  EXPECT_NEAR(test.p, 2.0 * (1 + 12 + 66) / 4096, 1e-12);
  EXPECT_EQ(mcnemar(0, 0).p, 1);
  EXPECT_EQ(mcnemar(3, 3).p, 1);
}

TEST(McNemar, ManySongsAreComparedWithChiSquare) {
  // (|40 - 20| - 1)^2 / 60 = 6.016667; scipy.stats.chi2.sf(6.016667, 1)
  const McNemar test = mcnemar(40, 20);
  EXPECT_FALSE(test.exact);
  EXPECT_NEAR(test.statistic.value(), 361.0 / 60, 1e-12);
  EXPECT_NEAR(test.p, 0.014171, 1e-5);
  EXPECT_EQ(mcnemar(30, 30).p, 1);
}

TEST(McNemar, CountsTheSongsThatOneNetworkAloneDecidesRightly) {
  Predictions second = two_genres();
  second.scores = {0.4, 0.6, 0.2, 0.8};
  const auto tests = mcnemar(two_genres(), second);
  ASSERT_EQ(tests.size(), 2u);
  EXPECT_EQ(tests[0].genre, "Rock");
  EXPECT_EQ(tests[0].first_right, 1);
  EXPECT_EQ(tests[0].second_right, 0);
  EXPECT_EQ(tests[1].first_right, 1);
  EXPECT_EQ(tests[1].second_right, 1);
}

}  // namespace
}  // namespace gamut::evaluation
