#include "gamut/report/scores.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gamut/core/error.h"

namespace gamut::report {
namespace {

using evaluation::ResultRow;
using testing::ElementsAre;
using testing::HasSubstr;

ResultRow row(std::string fold, std::string genre, double value) {
  ResultRow row;
  row.scale = "mel";
  row.reduce = "nearest";
  row.strategy = "one-vs-all";
  row.architecture = "resnet18";
  row.initialisation = "imagenet";
  row.fold = std::move(fold);
  row.part = "test";
  row.decision = "0.5";
  row.genre = std::move(genre);
  row.metric = "f1";
  row.value = value;
  return row;
}

TEST(Scores, AveragesOverFolds) {
  const Scores scores = select_test_scores(std::vector{row("0", "Rock", 0.4), row("1", "Rock", 0.6)});
  ASSERT_EQ(scores.rows.size(), 1U);
  EXPECT_DOUBLE_EQ(scores.find("mel", "resnet18", "ImageNet weights", "Rock", "f1").value(), 0.5);
}

TEST(Scores, UndefinedFoldsAreLeftOutOfTheMeanAndAloneStayUndefined) {
  std::vector rows = {row("0", "Rock", 0.4), row("1", "Rock", 0), row("0", "Jazz", 0)};
  rows[1].undefined = rows[2].undefined = true;
  const Scores scores = select_test_scores(rows);
  EXPECT_DOUBLE_EQ(scores.rows[0].value.value(), 0.4);
  EXPECT_EQ(scores.rows[1].value, std::nullopt);
}

TEST(Scores, PoolsAndMeansAreNoGenre) {
  const Scores scores =
      select_test_scores(std::vector{row("0", "Rock", 0.4), row("0", "(all cells)", 0.5),
                                     row("0", "(macro)", 0.5), row("0", "(multi-label)", 0.5)});
  EXPECT_EQ(scores.rows.size(), 4U);
  EXPECT_EQ(scores.of_genres("f1").size(), 1U);
}

TEST(Scores, OtherPartsAndDecisionsAreNotTheTest) {
  std::vector rows = {row("0", "Rock", 0.4), row("0", "Rock", 0.9), row("0", "Rock", 0.9)};
  rows[1].part = "validation";
  rows[2].decision = "tuned";
  EXPECT_DOUBLE_EQ(select_test_scores(rows).rows.at(0).value.value(), 0.4);
}

TEST(Scores, SetsNameTheirReduceOnlyWhereThereAreSeveral) {
  std::vector rows = {row("0", "Rock", 0.4), row("0", "Rock", 0.5)};
  EXPECT_THAT(select_test_scores(rows).sets, ElementsAre("mel"));
  rows[1].reduce = "mean";
  EXPECT_THAT(select_test_scores(rows).sets, ElementsAre("mel (nearest)", "mel (mean)"));
}

TEST(Scores, ResultsWithoutATestRowSaySo) {
  std::vector rows = {row("0", "Rock", 0.4)};
  rows[0].part = "validation";
  try {
    select_test_scores(rows);
    FAIL() << "nothing thrown";
  } catch (const ParameterError& error) {
    EXPECT_THAT(error.what(), HasSubstr("no row of the part \"test\""));
  }
}

TEST(Scores, TitlesAreReadable) {
  EXPECT_EQ(metric_title("f1"), "F1");
  EXPECT_EQ(metric_title("balanced_accuracy"), "Balanced accuracy");
  EXPECT_EQ(initialisation_title("random"), "Random weights");
  EXPECT_EQ(initialisation_title("own.pth"), "own.pth");
}

}  // namespace
}  // namespace gamut::report
