#include "gamut/statistics/load_observations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/statistics/compare.h"
#include "tests/statistics/message_of.h"
#include "tests/support/test_data.h"

namespace gamut::statistics {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const TableRoles kRoles{.between = "scale", .pair_by = {"genre"}};

class LoadObservations : public testing::Test {
 protected:
  std::vector<Observation> load(const std::string& text, const TableSelection& selection) {
    save_atomically(directory_ / "table.csv", text);
    return load_observations(directory_ / "table.csv", selection, kRoles);
  }

  test::TemporaryDirectory directory_;
};

const std::string kTidy =
    "scale,genre,part,metric,value,low,high\n"
    "mel,Rock,test,f1,0.5,0.4,0.6\n"
    "mel,Rock,test,recall,0.7,,\n"
    "linear,Rock,test,f1,0.25,0.1,0.3\n"
    "linear,Rock,validation,f1,0.75,,\n";

TEST_F(LoadObservations, TakesTheMetricsRowsWithAllTheirColumns) {
  const std::vector<Observation> rows = load(kTidy, {.metric = "f1"});
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].value, 0.5);
  EXPECT_EQ(rows[1].columns,
            (std::map<std::string, std::string>{
                {"scale", "linear"}, {"genre", "Rock"}, {"part", "test"}, {"metric", "f1"}}));
}

TEST_F(LoadObservations, WhereChoosesRowsAndRepeatedColumnsMeanAnyOfTheirValues) {
  EXPECT_EQ(load(kTidy, {.metric = "f1", .where = {{"part", "test"}}}).size(), 2u);
  EXPECT_EQ(load(kTidy, {.metric = "f1", .where = {{"part", "test"}, {"part", "validation"}}}).size(), 3u);
  EXPECT_EQ(load(kTidy, {.metric = "f1", .where = {{"part", "test"}, {"scale", "mel"}}}).size(), 1u);
}

TEST_F(LoadObservations, WithoutAMetricColumnTheColumnOfThatNameHoldsTheValues) {
  const std::vector<Observation> rows = load("scale,genre,f1,seconds\nmel,Rock,0.5,9\n", {.metric = "f1"});
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].value, 0.5);
  EXPECT_EQ(rows[0].columns.size(), 2u);
}

TEST_F(LoadObservations, AnEmptyValueIsNaN) {
  EXPECT_TRUE(std::isnan(load("scale,genre,f1\nmel,Rock,\n", {.metric = "f1"})[0].value));
}

TEST_F(LoadObservations, AReasonForAnUndefinedValueIsNoName) {
  const std::string table =
      "scale,genre,architecture,metric,value,low,high,undefined\n"
      "mel,Rock,resnet18,precision,0,,,none predicted\n"
      "mel,Rock,resnet34,precision,0.5,,,\n"
      "linear,Rock,resnet18,precision,0.25,,,\n"
      "linear,Rock,resnet34,precision,0.25,,,\n";
  const std::vector<Observation> rows = load(table, {.metric = "precision"});
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_FALSE(rows[0].columns.contains("undefined"));
  EXPECT_TRUE(rows[0].stands_in);
  EXPECT_FALSE(rows[1].stands_in);
  const Comparison comparison = compare(rows, "scale", "genre", {"architecture"});
  EXPECT_EQ(comparison.stand_ins, 1u);
  EXPECT_THAT(describe(comparison, "precision"),
              HasSubstr("1 of the values stands in the place of an undefined one."));
}

TEST_F(LoadObservations, NamesWhatIsNotThere) {
  EXPECT_THAT(message_of([&] { load(kTidy, {.metric = "F1"}); }),
              HasSubstr("no row has metric = \"F1\"; there are f1 and recall"));
  EXPECT_THAT(message_of([&] {
                load(kTidy, {.metric = "f1", .where = {{"part", "tset"}}});
              }),
              HasSubstr("no row has part = \"tset\"; there are test and validation"));
  EXPECT_THAT(message_of([&] {
                load(kTidy, {.metric = "f1", .where = {{"prat", "test"}}});
              }),
              HasSubstr("no column \"prat\"; there are genre, high"));
  EXPECT_THAT(message_of([&] { load("scale,genre,f1\nmel,Rock,1\n", {.metric = "recall"}); }),
              HasSubstr("no column \"recall\"; there are f1, genre and scale"));
  EXPECT_THAT(message_of([&] {
                load(kTidy, {.metric = "recall", .where = {{"scale", "linear"}}});
              }),
              HasSubstr("no row has all that was asked for together"));
}

TEST_F(LoadObservations, ListsRowsThatAreNoRows) {
  EXPECT_THAT(
      message_of([&] { load("scale,genre,f1\nmel,Rock,high\nmel,Pop\nlinear,Pop,0.5\n", {.metric = "f1"}); }),
      AllOf(HasSubstr("line 2: f1 is \"high\", which is no number"), HasSubstr("line 3: "),
            Not(HasSubstr("line 4"))));
}

TEST_F(LoadObservations, AMissingFileIsAFileError) {
  EXPECT_THROW(load_observations(directory_ / "absent.csv", {.metric = "f1"}, kRoles), FileError);
}

TEST_F(LoadObservations, WideFilesAreNamedByTheirCondition) {
  save_atomically(directory_ / "a.csv", "Genre,F1,Loss\nRock,0.5,3\nAggregated,0.4,2\n");
  save_atomically(directory_ / "b.csv", "Genre,F1,Loss\nRock,0.6,4\nAggregated,0.5,2\n");
  const std::vector<Observation> rows =
      load_wide_observations({{"linear", directory_ / "a.csv"}, {"mel", directory_ / "b.csv"}},
                             {.metric = "F1"}, {.between = "scale", .pair_by = {"Genre"}});
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[2].value, 0.6);
  EXPECT_EQ(rows[2].columns, (std::map<std::string, std::string>{{"scale", "mel"}, {"Genre", "Rock"}}));
}

/// The authors' own tables.
Comparison paper_comparison(const std::string& experiment) {
  const TableRoles roles{.between = "scale", .pair_by = {"Genre"}, .summaries = {"Aggregated"}};
  const std::string stem = "paper/results_experiment_" + experiment;
  return compare(load_wide_observations({{"linear", test::test_data(stem + "_Spectrograms.csv")},
                                         {"mel", test::test_data(stem + "_MelSpectrograms.csv")}},
                                        {.metric = "F1"}, roles),
                 roles);
}

TEST(PaperComparisonGolden, FirstExperimentIsAsItsAuthorsTestedIt) {
  GAMUT_REQUIRE_FILE(test::test_data("paper/results_experiment_1_Spectrograms.csv"));
  const Comparison comparison = paper_comparison("1");
  EXPECT_EQ(comparison.pairs.size(), 16u);
  EXPECT_THAT(comparison.left_out, testing::ElementsAre("Aggregated"));
  EXPECT_NEAR(comparison.normality->statistic, 0.9493, 5e-5);
  EXPECT_NEAR(comparison.normality->p, 0.4792, 5e-5);
  EXPECT_NEAR(comparison.t_test->t, -1.9496, 5e-5);
  EXPECT_NEAR(comparison.t_test->p, 0.0702, 5e-5);
  EXPECT_EQ(comparison.t_test->df, 15);
  EXPECT_EQ(favoured_test(comparison), "t test");
  // scipy 1.10.1: wilcoxon of the differences rounded to their three decimals, mode "approx"
  EXPECT_EQ(comparison.wilcoxon->statistic, 30);
  EXPECT_NEAR(comparison.wilcoxon->p, 0.049231985079895485, 1e-9);
  EXPECT_NEAR(comparison.sign_test->p, 0.076812744140625, 1e-12);
}

TEST(PaperComparisonGolden, OtherExperimentsMatchScipy) {
  GAMUT_REQUIRE_FILE(test::test_data("paper/results_experiment_3_Spectrograms.csv"));
  const Comparison second = paper_comparison("2");
  EXPECT_NEAR(second.t_test->t, 1.0213157435743576, 1e-9);
  EXPECT_NEAR(second.t_test->p, 0.3232953234619008, 1e-9);
  EXPECT_EQ(favoured_test(second), "Wilcoxon test");
  const Comparison third = paper_comparison("3");
  EXPECT_NEAR(third.t_test->t, 0.9798637100971995, 1e-9);
  EXPECT_NEAR(third.normality->p, 0.016849149018526077, 1e-4);
}

}  // namespace
}  // namespace gamut::statistics
