#include "gamut/report/leak_cost.h"
#include "gamut/core/json.h"

#include <gmock/gmock.h>

#include "gamut/core/files.h"
#include "gamut/evaluation/results.h"
#include "tests/support/test_data.h"

namespace gamut::report {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class LeakCostTest : public testing::Test {
 protected:
  /// A finished run with one scale and, fold by fold, these macro F1 on test.
  void write_run(const std::string& name, const std::string& group_by, const std::vector<double>& f1,
                 const std::string& genres = "[\"Jazz\", \"Rock\"]", const std::string& epochs = "20") {
    save_atomically(runs_ / name / "experiment.toml", "[data]\ngenres = " + genres + "\ngroup_by = \"" +
                                                          group_by + "\"\n[training]\nepochs = " + epochs +
                                                          "\n");
    std::vector<evaluation::ResultRow> rows;
    for (std::size_t fold = 0; fold < f1.size(); ++fold) {
      evaluation::ResultRow row{.run = name,
                                .scale = "mel",
                                .reduce = "nearest",
                                .strategy = "one-vs-all",
                                .architecture = "resnet18",
                                .initialisation = "random",
                                .fold = std::to_string(fold),
                                .repeat = "0",
                                .part = "test",
                                .decision = "0.5",
                                .genre = "(macro)",
                                .metric = "f1",
                                .value = f1[fold]};
      rows.push_back(row);
      row.decision = "tuned";
      row.value = 0.99;
      rows.push_back(row);
      row.decision = "0.5";
      row.part = "validation";
      rows.push_back(row);
    }
    evaluation::save_results(runs_ / name / "results.csv", rows);
  }

  test::TemporaryDirectory workspace_;
  std::filesystem::path runs_ = workspace_ / "runs";
};

TEST_F(LeakCostTest, PutsTheProtocolsSideBySideAveragedOverFolds) {
  write_run("paper", "none", {0.8, 0.9});
  write_run("grouped", "album", {0.6, 0.7}, "[\"Rock\", \"Jazz\"]");
  const std::vector<LeakCost> costs = find_leak_costs(runs_);
  ASSERT_THAT(costs, SizeIs(1));
  EXPECT_NEAR(costs[0].leaking, 0.85, 1e-12);
  EXPECT_NEAR(costs[0].grouped, 0.65, 1e-12);
  EXPECT_TRUE(costs[0].same_options);
  EXPECT_THAT(to_text(costs),
              HasSubstr("0.8500   0.6500     +0.2000  (macro) mel nearest one-vs-all resnet18 random; "
                        "paper against grouped (by album)"));
  EXPECT_NEAR(to_json(costs)[0]["difference"].get<double>(), 0.2, 1e-12);
}

TEST_F(LeakCostTest, SaysWhereMoreThanTheSplitDiffers) {
  write_run("paper", "none", {0.8});
  write_run("grouped", "album", {0.6}, "[\"Rock\", \"Jazz\"]", "5");
  EXPECT_FALSE(find_leak_costs(runs_).at(0).same_options);
  EXPECT_THAT(to_text(find_leak_costs(runs_)), HasSubstr("other options differ too"));
}

TEST_F(LeakCostTest, OtherGenresUnfinishedRunsAndRunsNotAskedForArePassedOver) {
  write_run("paper", "none", {0.8});
  write_run("other", "album", {0.6}, "[\"Pop\"]");
  save_atomically(runs_ / "begun" / "experiment.toml", "[data]\ngroup_by = \"album\"\n");
  save_atomically(runs_ / "broken" / "results.csv", "nonsense");
  EXPECT_THAT(find_leak_costs(runs_), IsEmpty());
  EXPECT_EQ(to_text({}), "");
  write_run("grouped", "artist", {0.5});
  EXPECT_THAT(find_leak_costs(runs_), SizeIs(1));
  EXPECT_THAT(find_leak_costs(runs_, "grouped"), SizeIs(1));
  EXPECT_THAT(find_leak_costs(runs_, "other"), IsEmpty());
  EXPECT_THAT(find_leak_costs(workspace_ / "absent"), IsEmpty());
}

}  // namespace
}  // namespace gamut::report
