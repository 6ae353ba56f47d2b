// The demo's promise on a smaller library: genres are learned from pictures, and there is nothing to learn
// once the labels are shuffled.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gamut/catalogue/import.h"
#include "gamut/core/csv.h"
#include "gamut/core/files.h"
#include "gamut/core/random.h"
#include "gamut/demo/demo.h"
#include "gamut/evaluation/metrics.h"
#include "gamut/evaluation/results.h"
#include "gamut/experiment/demo_experiment.h"
#include "gamut/experiment/run.h"
#include "tests/support/test_data.h"

namespace gamut::experiment {
namespace {

class SlowDemo : public testing::Test {
 protected:
  void SetUp() override { demo::compose_library(directory_ / "music", {.artists_per_subgenre = 4}, 2); }

  /// Runs the demo's experiment on a songs.csv of the library; macro balanced accuracy of the test songs by
  /// scale.
  std::map<std::string, double> run(const std::string& csv) {
    const std::filesystem::path workspace = directory_ / csv.substr(0, csv.find('.'));
    std::filesystem::create_directories(workspace);
    {
      catalogue::Catalogue library(workspace);
      const catalogue::ImportReport report = catalogue::import_csv(
          library, directory_ / "music" / csv, {.taxonomy = directory_ / "music/taxonomy.csv"});
      EXPECT_THAT(report.faults, testing::IsEmpty());
    }
    save_atomically(workspace / "demo.toml", demo_experiment_toml(1));
    const RunReport report =
        run_experiment(workspace, load_experiment(workspace / "demo.toml"), {.jobs = 2, .weights = {}});
    std::map<std::string, double> scores;
    for (const evaluation::ResultRow& row : evaluation::load_results(report.directory / "results.csv")) {
      if (row.part == "test" && row.genre == evaluation::kMacro && row.metric == "balanced_accuracy" &&
          row.decision == "0.5") {
        scores[row.scale] = row.value;
      }
    }
    return scores;
  }

  test::TemporaryDirectory directory_;
};

TEST_F(SlowDemo, LearnsGenresOfAlbumsItHasNotHeard) {
  const std::map<std::string, double> scores = run("songs.csv");
  EXPECT_GE(scores.at("linear"), 0.7);
  EXPECT_GE(scores.at("mel"), 0.7);
  EXPECT_GE(std::max(scores.at("linear"), scores.at("mel")), 0.75);
}

TEST_F(SlowDemo, FindsNothingInShuffledLabels) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> labels;
  CsvReader csv(directory_ / "music/songs.csv");
  while (csv.next()) {
    rows.push_back(csv.fields());
    labels.push_back(csv["subgenres"]);
  }
  Random(3).shuffle(std::span(labels));
  std::string text = csv_row(csv.columns());
  const auto column = static_cast<std::size_t>(
      std::find(csv.columns().begin(), csv.columns().end(), "subgenres") - csv.columns().begin());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i][column] = labels[i];
    text += csv_row(rows[i]);
  }
  save_atomically(directory_ / "music/shuffled.csv", text);
  const std::map<std::string, double> scores = run("shuffled.csv");
  EXPECT_NEAR(scores.at("linear"), 0.5, 0.1);
  EXPECT_NEAR(scores.at("mel"), 0.5, 0.1);
}

}  // namespace
}  // namespace gamut::experiment
