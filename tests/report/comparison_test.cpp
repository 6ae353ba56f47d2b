#include "gamut/report/comparison.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gamut/report/verdict.h"

namespace gamut::report {
namespace {

using evaluation::ResultRow;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

/// F1 of ten genres for one network, `lead` above a common level that differs by genre.
void add_network(std::vector<ResultRow>& rows, const std::string& scale, double lead,
                 const std::string& architecture = "resnet18", const std::string& initialisation = "random") {
  for (int genre = 0; genre < 10; ++genre) {
    const double wobble = 0.004 * ((genre * 7 + int(scale.size())) % 5);
    rows.push_back({.run = "r",
                    .scale = scale,
                    .reduce = "nearest",
                    .strategy = "one-vs-all",
                    .architecture = architecture,
                    .initialisation = initialisation,
                    .fold = "0",
                    .repeat = "0",
                    .part = "test",
                    .decision = "0.5",
                    .genre = "genre " + std::to_string(genre),
                    .metric = "f1",
                    .value = 0.3 + 0.02 * genre + lead + wobble});
  }
}

TEST(ScaleComparison, TwoScalesAreComparedOverGenres) {
  std::vector<ResultRow> rows;
  add_network(rows, "mel", 0.1);
  add_network(rows, "linear", 0.0);
  const ScaleComparisons comparisons = compare_scales(rows);
  ASSERT_TRUE(comparisons.all && comparisons.all->two);
  EXPECT_EQ(comparisons.all->two->pairs.size(), 10U);
  EXPECT_THAT(comparisons.settings, IsEmpty());
  EXPECT_EQ(headline(comparisons), "F1 is higher with mel than with linear");
  EXPECT_THAT(how_sure(comparisons), HasSubstr("n = 10 genres, 9 degrees of freedom"));
  EXPECT_THAT(how_sure(comparisons), HasSubstr("the Wilcoxon test agrees"));
}

TEST(ScaleComparison, EqualMeansAreNoFinding) {
  std::vector<ResultRow> rows;
  add_network(rows, "mel", 0.0);
  add_network(rows, "linear", 0.0);
  for (std::size_t i = 0; i < 10; ++i) rows[i].value += i % 2 == 0 ? 0.05 : -0.05;
  const ScaleComparisons comparisons = compare_scales(rows);
  EXPECT_EQ(headline(comparisons), "No difference between linear and mel is shown");
  EXPECT_THAT(how_much(comparisons), HasSubstr("may be chance"));
}

TEST(ScaleComparison, ThreeScalesAreRankedFirst) {
  std::vector<ResultRow> rows;
  add_network(rows, "linear", 0.0);
  add_network(rows, "mel", 0.1);
  add_network(rows, "cqt", 0.05);
  const ScaleComparisons comparisons = compare_scales(rows);
  ASSERT_TRUE(comparisons.all && comparisons.all->many);
  EXPECT_EQ(headline(comparisons), "The scales differ: mel ranks first of 3 on F1");
  EXPECT_THAT(how_sure(comparisons), HasSubstr("Friedman"));
  EXPECT_THAT(how_sure(comparisons), HasSubstr("mel above linear by 0.1"));
  const statistics::ManyComparison& many = *comparisons.all->many;
  EXPECT_EQ(many.table.conditions[by_rank(many).front()], "mel");
  EXPECT_EQ(many.table.conditions[by_rank(many).back()], "linear");
}

TEST(ScaleComparison, ANetworkThatOneScaleLacksIsLeftOutAndNamed) {
  std::vector<ResultRow> rows;
  add_network(rows, "linear", 0.0);
  add_network(rows, "mel", 0.1);
  add_network(rows, "mel", 0.5, "resnet152");
  const ScaleComparisons comparisons = compare_scales(rows);
  EXPECT_THAT(comparisons.networks_left_out, ElementsAre("resnet152, random, nearest, one-vs-all, 0"));
  ASSERT_TRUE(comparisons.all);
  EXPECT_NEAR(advantage_of(*comparisons.all->two)->difference, 0.1, 0.01);
  EXPECT_THAT(comparisons.all->averaged, IsEmpty());
}

TEST(ScaleComparison, AGenreWithoutAValueIsNoPairOfEquals) {
  std::vector<ResultRow> rows;
  add_network(rows, "linear", 0.0);
  add_network(rows, "mel", 0.1);
  std::vector<ResultRow> support = rows;
  for (ResultRow& row : support) {
    row.metric = "support";
    row.value = row.genre == "genre 3" ? 0 : 20;
  }
  for (ResultRow& row : rows) {
    if (row.genre == "genre 3") row.value = 0;
    if (row.genre == "genre 5" && row.scale == "mel") row.reason = "none predicted";
  }
  rows.insert(rows.end(), support.begin(), support.end());
  const ScaleComparisons comparisons = compare_scales(rows);
  EXPECT_THAT(comparisons.genres_left_out, ElementsAre("genre 3", "genre 5"));
  ASSERT_TRUE(comparisons.all && comparisons.all->two);
  EXPECT_EQ(comparisons.all->two->pairs.size(), 8U);
  for (ResultRow& row : rows) row.reason = "no positives";
  EXPECT_THAT(compare_scales(rows).why_not, StartsWith("No genre has test songs and F1"));
}

TEST(ScaleComparison, SettingsAreComparedOneByOne) {
  std::vector<ResultRow> rows;
  for (const char* architecture : {"resnet18", "resnet34"}) {
    for (const char* scale : {"linear", "mel"}) {
      add_network(rows, scale, scale == std::string("mel") ? 0.1 : 0.0, architecture, "random");
      add_network(rows, scale, scale == std::string("mel") ? 0.0 : 0.1, architecture, "imagenet");
    }
  }
  const ScaleComparisons comparisons = compare_scales(rows);
  EXPECT_THAT(comparisons.all->averaged, ElementsAre("2 architectures", "2 initial weights"));
  ASSERT_EQ(comparisons.settings.size(), 2U);
  EXPECT_EQ(comparisons.settings[0].title, "Random weights");
  EXPECT_EQ(advantage_of(*comparisons.settings[0].two)->higher, "mel");
  EXPECT_EQ(advantage_of(*comparisons.settings[1].two)->higher, "linear");
  EXPECT_THAT(short_verdict(rows).back(), HasSubstr("ImageNet weights: linear +0."));
}

TEST(ScaleComparison, OneScaleSaysWhyThereIsNone) {
  std::vector<ResultRow> rows;
  add_network(rows, "mel", 0.1);
  const ScaleComparisons comparisons = compare_scales(rows);
  EXPECT_FALSE(comparisons.all);
  EXPECT_EQ(comparisons.why_not, "The run has one scale (mel); a comparison needs two.");
  EXPECT_THAT(short_verdict(rows), ElementsAre("No comparison of scales.", comparisons.why_not));
}

TEST(ScaleComparison, NoCommonNetworkSaysSo) {
  std::vector<ResultRow> rows;
  add_network(rows, "mel", 0.1, "resnet18");
  add_network(rows, "linear", 0.1, "resnet34");
  EXPECT_THAT(compare_scales(rows).why_not, StartsWith("No network was finished for every scale"));
}

TEST(ScaleComparison, AnInfiniteDifferenceOfRanksIsStillWords) {
  std::vector<ResultRow> rows;
  add_network(rows, "a", 0.0);
  add_network(rows, "b", 0.2);
  add_network(rows, "c", 0.4);
  EXPECT_THAT(how_sure(compare_scales(rows)), Not(HasSubstr("inf")));
}

}  // namespace
}  // namespace gamut::report
