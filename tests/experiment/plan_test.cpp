#include "gamut/experiment/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

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

TEST(Plan, ScalesShareSeedsAndNothingElseDoes) {
  std::set<std::uint64_t> seeds;
  for (const Cell& cell : paper_cells()) seeds.insert(cell.seed(97));
  EXPECT_EQ(seeds.size(), 3u * 4 * 2);
  EXPECT_NE(paper_cells().front().seed(97), paper_cells().front().seed(98));
}

}  // namespace
}  // namespace gamut::experiment
