#include "gamut/experiment/shard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "gamut/core/error.h"

namespace gamut::experiment {
namespace {

/// The paper's grid over 16 genres: 256 cells.
std::vector<Cell> paper_cells() {
  std::vector<std::string> genres;
  for (int i = 0; i < 16; ++i) genres.push_back("Genre " + std::to_string(i));
  return plan_cells(plan_combinations(load_experiment(GAMUT_SOURCE_DIR "/experiments/paper.toml")), genres);
}

TEST(Shard, AllTogetherHaveEveryCellOnceAndAsManyEach) {
  const std::vector<Cell> cells = paper_cells();
  ASSERT_EQ(cells.size(), 256u);
  for (const int count : {1, 2, 3, 7, 16, 64, 255, 256, 300}) {
    std::set<std::filesystem::path> seen;
    std::size_t most = 0;
    std::size_t fewest = cells.size();
    for (int i = 1; i <= count; ++i) {
      const std::vector<Cell> share = share_of(cells, {i, count});
      most = std::max(most, share.size());
      fewest = std::min(fewest, share.size());
      for (const Cell& cell : share) EXPECT_TRUE(seen.insert(cell.folder()).second) << cell.folder();
    }
    EXPECT_EQ(seen.size(), cells.size()) << count;
    EXPECT_LE(most - fewest, 1u) << count;
  }
}

TEST(Shard, SpreadsGenresAndDepths) {
  // Ranks of genres, largest first: without turning round, the first of 4 shards had the largest of every
  // four.
  const std::vector<Cell> cells = paper_cells();
  for (const int count : {2, 4, 8, 64}) {
    std::map<int, int> rank_sums;
    for (int i = 1; i <= count; ++i) {
      for (const Cell& cell : share_of(cells, {i, count})) rank_sums[i] += std::stoi(cell.genre.substr(6));
    }
    for (const auto& [index, sum] : rank_sums) EXPECT_EQ(sum, rank_sums[1]) << index << "/" << count;
  }
  for (int i = 1; i <= 64; ++i) {
    int deepest = 0;
    for (const Cell& cell : share_of(cells, {i, 64}))
      deepest += cell.combination.architecture == "resnet152" ? 1 : 0;
    EXPECT_LE(deepest, 2) << i;
  }
}

TEST(Shard, ReadsWhatItIsCalled) {
  EXPECT_EQ(parse_shard("2/16").index, 2);
  EXPECT_EQ(parse_shard("2/16").count, 16);
  for (const char* text :
       {"", "2", "/", "2/", "/4", "0/4", "5/4", "-1/4", "1/4x", "1 /4", "a/b", "1/99999999999"}) {
    EXPECT_THROW(parse_shard(text), ParameterError) << text;
  }
}

}  // namespace
}  // namespace gamut::experiment
