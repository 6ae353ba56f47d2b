#include "gamut/evaluation/song_metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace gamut::evaluation {
namespace {

/// In the order of kSongMetrics; the decision is score > 0.5.
std::vector<double> values(const std::vector<std::uint8_t>& labels, const std::vector<double>& scores) {
  std::vector<std::uint8_t> given;
  for (const double score : scores) given.push_back(score > 0.5 ? 1 : 0);
  std::vector<double> result;
  for (const Value& value : song_values(labels, scores, given)) result.push_back(value.value);
  return result;
}

using testing::DoubleEq;
using testing::ElementsAre;

TEST(SongMetrics, FollowTheirDefinitions) {
  // Ranks 1 and 3 are right: precisions 1 and 2/3; of the 4 pairs, one is out of order.
  EXPECT_THAT(values({1, 0, 1, 0}, {0.9, 0.8, 0.7, 0.1}),
              ElementsAre(DoubleEq(0.8), 0.25, 0, 3, 0.25, DoubleEq((1 + 2.0 / 3) / 2), 0));
}

TEST(SongMetrics, EqualScoresCountAgainstTheRankingAndShareTheFirstPlace) {
  EXPECT_THAT(values({1, 0, 0}, {0.6, 0.6, 0.1}),
              ElementsAre(DoubleEq(2.0 / 3), DoubleEq(1 - 2.0 / 3), 0, 2, 0.5, 0.5, 0.5));
}

TEST(SongMetrics, ASongOfNoneOrAllGenresCannotBeRankedWrong) {
  EXPECT_THAT(values({0, 0}, {0.9, 0.1}), ElementsAre(0, 0.5, 0, 0, 0, 1, 0));
  EXPECT_THAT(values({1, 1}, {0.9, 0.1}), ElementsAre(DoubleEq(2.0 / 3), 0.5, 0, 2, 0, 1, 0));
}

TEST(SongMetrics, ASongWithoutGenresLeavesF1AndOneErrorUndefined) {
  const std::vector<std::uint8_t> none = {0, 0};
  const SongValues song = song_values(none, std::vector{0.1, 0.2}, none);
  EXPECT_NE(song[0].undefined, nullptr);
  EXPECT_EQ(song[2].value, 1);
  EXPECT_NE(song[6].undefined, nullptr);
}

}  // namespace
}  // namespace gamut::evaluation
