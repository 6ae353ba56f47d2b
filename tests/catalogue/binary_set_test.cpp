#include <gmock/gmock.h>

#include <cmath>
#include <map>
#include <numeric>

#include "gamut/catalogue/split.h"
#include "tests/catalogue/library.h"

namespace gamut::catalogue {
namespace {

using test::all_genres;
using test::random_library;
using testing::ElementsAre;
using testing::ElementsAreArray;

std::vector<std::size_t> indices(std::size_t count) {
  std::vector<std::size_t> list(count);
  std::iota(list.begin(), list.end(), std::size_t{0});
  return list;
}

TEST(BinarySet, TakesAllPositivesAndAsManyNegativesByLabelSet) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const auto songs = random_library(seed, 100, 6);
    const auto labels = make_labels(songs, all_genres(songs));
    auto candidates = indices(songs.size());
    std::erase_if(candidates, [](std::size_t i) { return i % 5 == 0; });
    const std::size_t genre = labels.genres.size() / 2;
    const BinarySet set = draw_binary_set(labels, genre, candidates, seed);

    std::vector<std::size_t> positives;
    std::map<std::vector<std::string>, std::size_t> available, drawn;
    for (std::size_t i : candidates) {
      if (labels.has(i, genre)) {
        positives.push_back(i);
      } else {
        ++available[songs[i].genres];
      }
    }
    EXPECT_THAT(set.positives, ElementsAreArray(positives));
    ASSERT_EQ(set.negatives.size(), positives.size());
    EXPECT_TRUE(std::is_sorted(set.negatives.begin(), set.negatives.end()));
    EXPECT_EQ(std::adjacent_find(set.negatives.begin(), set.negatives.end()), set.negatives.end());
    for (std::size_t i : set.negatives) {
      EXPECT_NE(i % 5, 0u);
      EXPECT_FALSE(labels.has(i, genre));
      ++drawn[songs[i].genres];
    }
    const double ratio =
        static_cast<double>(positives.size()) / static_cast<double>(candidates.size() - positives.size());
    for (const auto& [genres, n] : available) {
      EXPECT_GE(static_cast<double>(drawn[genres]), std::floor(static_cast<double>(n) * ratio - 1e-9));
      EXPECT_LE(static_cast<double>(drawn[genres]), std::ceil(static_cast<double>(n) * ratio + 1e-9));
    }
  }
}

TEST(BinarySet, TakesAllNegativesWhereThereAreFewer) {
  const LabelMatrix labels{{"Rock"}, {1, 1, 0, 1, 0}};
  const BinarySet set = draw_binary_set(labels, 0, indices(5), 1);
  EXPECT_THAT(set.positives, ElementsAre(0, 1, 3));
  EXPECT_THAT(set.negatives, ElementsAre(2, 4));
}

TEST(BinarySet, TakesAsManyNegativesAsTheRatioSays) {
  std::vector<std::uint8_t> values(100);
  std::fill_n(values.begin(), 15, std::uint8_t{1});
  const LabelMatrix labels{{"Rock"}, values};
  EXPECT_EQ(draw_binary_set(labels, 0, indices(100), 1, 3).negatives.size(), 45u);
  EXPECT_EQ(draw_binary_set(labels, 0, indices(100), 1, 0.5).negatives.size(), 8u);
  EXPECT_EQ(draw_binary_set(labels, 0, indices(100), 1, 10).negatives.size(), 85u);
  EXPECT_EQ(draw_binary_set(labels, 0, indices(100), 1, HUGE_VAL).negatives.size(), 85u);
}

TEST(BinarySet, DependsOnSeedAndGenreButNotOnTheOrderOfCandidates) {
  std::vector<std::uint8_t> values;
  for (int i = 0; i < 400; ++i) {
    values.push_back(i < 50);
    values.push_back(i < 50);
  }
  const LabelMatrix labels{{"Rock", "Pop"}, values};
  auto candidates = indices(400);
  const auto set = draw_binary_set(labels, 0, candidates, 7).negatives;
  EXPECT_NE(draw_binary_set(labels, 0, candidates, 8).negatives, set);
  EXPECT_NE(draw_binary_set(labels, 1, candidates, 7).negatives, set);
  std::reverse(candidates.begin(), candidates.end());
  EXPECT_EQ(draw_binary_set(labels, 0, candidates, 7).negatives, set);
}

TEST(BinarySet, MatchesItsPinnedDraw) {
  std::vector<std::uint8_t> values;
  for (int i = 0; i < 40; ++i) {
    values.push_back(i % 8 == 0);
    values.push_back(i % 3 == 0);
  }
  const LabelMatrix labels{{"Rock", "Pop"}, values};
  EXPECT_THAT(draw_binary_set(labels, 0, indices(40), 97).negatives, ElementsAre(5, 7, 15, 23, 39));
}

}  // namespace
}  // namespace gamut::catalogue
