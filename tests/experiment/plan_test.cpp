#include "gamut/experiment/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::experiment {
namespace {

ExperimentConfig paper() {
  return load_experiment(GAMUT_SOURCE_DIR "/experiments/paper.toml");
}

std::vector<Cell> paper_cells() {
  return plan_cells(plan_combinations(paper()), {"Hip-Hop", "R&B", "Industrial & Noise"});
}

TEST(Plan, HasOneCellForEveryGenreScaleDepthAndInitialisation) {
  EXPECT_EQ(paper_cells().size(), 3u * 2 * 4 * 2);
}

TEST(Plan, EveryCellHasAFolderOfItsOwn) {
  std::set<std::filesystem::path> folders;
  for (const Cell& cell : paper_cells()) {
    const std::filesystem::path folder = cell.folder();
    EXPECT_TRUE(folders.insert(folder).second) << folder;
    EXPECT_EQ(std::distance(folder.begin(), folder.end()), 6) << folder;
  }
}

TEST(Plan, GenresOfNearlyOneNameHaveFoldersOfTheirOwn) {
  const Combination combination = plan_combinations(paper()).front();
  const std::vector<Cell> cells = plan_cells({combination}, {"Hip-Hop", "Hip Hop", "Hip  Hop"});
  std::set<std::filesystem::path> folders;
  for (const Cell& cell : cells) folders.insert(cell.folder());
  EXPECT_EQ(folders.size(), 3u);
  std::string twin = slug("R&B");
  std::ranges::replace(twin, '-', ' ');
  EXPECT_THAT(
      [&] {
        plan_cells({combination}, {"R&B", "Jazz", twin});
      },
      testing::ThrowsMessage<CatalogueError>(
          testing::HasSubstr("the genres R&B and " + twin + " would have one folder, " + slug("R&B"))));
}

TEST(Plan, ScalesShareSeedsAndNothingElseDoes) {
  std::set<std::uint64_t> seeds;
  for (const Cell& cell : paper_cells()) seeds.insert(cell.seed(97));
  EXPECT_EQ(seeds.size(), 3u * 4 * 2);
  EXPECT_NE(paper_cells().front().seed(97), paper_cells().front().seed(98));
}

}  // namespace
}  // namespace gamut::experiment
