#include "gamut/statistics/compare_many.h"
#include "gamut/core/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gamut/statistics/comparison_table.h"
#include "gamut/statistics/holm.h"
#include "tests/statistics/message_of.h"

namespace gamut::statistics {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const TableRoles kRoles{.between = "scale", .pair_by = {"genre"}};

/// values[pair][condition]; the conditions are called a, b, c, …
std::vector<Observation> observations_of(const std::vector<std::vector<double>>& values) {
  std::vector<Observation> observations;
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t c = 0; c < values[i].size(); ++c) {
      observations.push_back(
          {{{"scale", std::string(1, char('a' + c))}, {"genre", "genre " + std::to_string(i)}},
           values[i][c]});
    }
  }
  return observations;
}

/// Twelve genres on which c beats b by little and both beat a by much.
std::vector<std::vector<double>> twelve_genres() {
  std::vector<std::vector<double>> values;
  for (int i = 0; i < 12; ++i) {
    const double wiggle = 0.01 * (i * 5 % 12);
    values.push_back({0.3 + wiggle, 0.5 + 0.5 * wiggle, 0.49 + 0.02 * (i % 3) + 0.5 * wiggle});
  }
  return values;
}

TEST(CompareMany, TestsAllAtOnceAndEveryTwo) {
  const ManyComparison result = compare_many(observations_of(twelve_genres()), kRoles);
  EXPECT_THAT(result.table.conditions, ElementsAre("a", "b", "c"));
  ASSERT_TRUE(result.friedman.has_value());
  EXPECT_EQ(result.friedman->blocks, 12);
  EXPECT_EQ(result.friedman->mean_ranks[0], 3);
  EXPECT_LT(result.friedman->p, 0.001);
  EXPECT_NEAR(result.critical_difference, nemenyi_critical_difference(3, 12), 1e-12);
  ASSERT_EQ(result.pairwise.size(), 3u);
  EXPECT_EQ(result.pairwise[1].comparison.first, "a");
  EXPECT_EQ(result.pairwise[1].comparison.second, "c");
  EXPECT_TRUE(result.pairwise[0].nemenyi);
  EXPECT_TRUE(result.pairwise[1].nemenyi);
  EXPECT_FALSE(result.pairwise[2].nemenyi);
  EXPECT_THAT(result.cliques, ElementsAre(ElementsAre(2, 1)));
}

TEST(CompareMany, HolmTakesEachTestsPValuesAsAFamily) {
  const ManyComparison result = compare_many(observations_of(twelve_genres()), kRoles);
  std::vector<double> t_tests;
  std::vector<double> signs;
  for (const PairwiseComparison& pair : result.pairwise) {
    t_tests.push_back(pair.comparison.t_test->p);
    signs.push_back(pair.comparison.sign_test->p);
  }
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(result.pairwise[i].t_test_p, holm(t_tests)[i]);
    EXPECT_EQ(result.pairwise[i].sign_test_p, holm(signs)[i]);
  }
}

TEST(CompareMany, APairWithoutATestIsNoMemberOfTheFamily) {
  std::vector<std::vector<double>> values = twelve_genres();
  for (auto& pair : values) pair[2] = pair[1] + 0.25;
  const ManyComparison result = compare_many(observations_of(values), kRoles);
  EXPECT_FALSE(result.pairwise[2].t_test_p.has_value());
  EXPECT_NEAR(*result.pairwise[0].t_test_p,
              std::max(holm(std::vector{result.pairwise[0].comparison.t_test->p,
                                        result.pairwise[1].comparison.t_test->p})[0],
                       0.0),
              1e-15);
}

TEST(CompareMany, CliquesAreTheLongestRunsOnly) {
  // Ranks agree everywhere: 1, 2, …, 6. Six conditions over 12 pairs: the critical difference is 2.18.
  std::vector<std::vector<double>> values(12, {0.6, 0.5, 0.4, 0.3, 0.2, 0.1});
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (double& value : values[i]) value += 0.01 * double(i);
  }
  const ManyComparison result = compare_many(observations_of(values), kRoles);
  EXPECT_THAT(result.cliques, ElementsAre(ElementsAre(0, 1, 2), ElementsAre(1, 2, 3), ElementsAre(2, 3, 4),
                                          ElementsAre(3, 4, 5)));
}

TEST(CompareMany, EqualConditionsAreNotTestedAndSaySo) {
  const ManyComparison result = compare_many(observations_of({{1, 1, 1}, {2, 2, 2}, {3, 3, 3}}), kRoles);
  EXPECT_FALSE(result.friedman.has_value());
  EXPECT_THAT(result.cliques, IsEmpty());
  EXPECT_THAT(result.note, HasSubstr("nothing to rank"));
  EXPECT_THAT(describe(result, "f1"), HasSubstr("Not tested together (within every pair"));
  EXPECT_TRUE(to_json(result).at("friedman").is_null());
}

TEST(CompareMany, MeansThatAreEqualButForRoundingShareARank) {
  std::vector<Observation> observations = observations_of({{0.15, 0.5, 0.1}, {0.2, 0.1, 0.3}});
  for (Observation& each : observations) each.columns["fold"] = "1";
  const std::size_t n = observations.size();
  for (std::size_t i = 0; i < n; ++i) {
    observations.push_back(observations[i]);
    observations.back().columns["fold"] = "2";
  }
  observations[2].value = 0.1;
  observations[n + 2].value = 0.2;  // their mean is 0.15000000000000002
  const ManyComparison result =
      compare_many(observations, {.between = "scale", .pair_by = {"genre"}, .average_over = {"fold"}});
  ASSERT_NE(result.table.values[0][0], result.table.values[0][2]);
  EXPECT_EQ(result.friedman->mean_ranks[0], (2.5 + 2) / 2);
  EXPECT_EQ(result.friedman->mean_ranks[2], (2.5 + 1) / 2);
}

TEST(CompareMany, SaysEverythingInWords) {
  const std::string text = describe(compare_many(observations_of(twelve_genres()), kRoles), "f1");
  EXPECT_THAT(text,
              AllOf(HasSubstr("Mean f1 over n = 12 pairs (a pair is one genre under every value of scale)"),
                    HasSubstr("a 0.3550 (mean rank 3.00)"), HasSubstr("Rank 1 is the highest value"),
                    HasSubstr("df = 2, p "), HasSubstr("Iman–Davenport F = "),
                    HasSubstr("that they differ is shown at the 5 % level"),
                    HasSubstr("critical difference of mean ranks at the 5 % level is 0.957: it separates a "
                              "from b and a from c.")));
}

TEST(CompareMany, JsonHoldsEveryNumber) {
  const ManyComparison result = compare_many(observations_of(twelve_genres()), kRoles);
  const Json json = to_json(result);
  EXPECT_EQ(json.at("n"), 12);
  EXPECT_EQ(json.at("conditions")[2].at("name"), "c");
  EXPECT_EQ(json.at("conditions")[2].at("mean_rank").get<double>(), result.friedman->mean_ranks[2]);
  EXPECT_EQ(json.at("friedman").at("iman_davenport_p").get<double>(), result.friedman->iman_davenport_p);
  EXPECT_EQ(json.at("cliques"), Json::array({{"c", "b"}}));
  EXPECT_EQ(json.at("pairwise").size(), 3u);
  EXPECT_EQ(json.at("pairwise")[0].at("holm").at("t_test").get<double>(), *result.pairwise[0].t_test_p);
  EXPECT_EQ(json.at("pairwise")[2].at("nemenyi"), false);
}

TEST(CompareMany, RefusesTwoConditionsAndIncompletePairs) {
  EXPECT_THAT(message_of([] {
                compare_many(observations_of({{1, 2}, {2, 3}}), kRoles);
              }),
              HasSubstr("\"scale\" has 2 values; there must be 3 to 100"));
  EXPECT_THAT(message_of([] {
                compare_many(observations_of({{1, 2, 3}, {2, 3}}), kRoles);
              }),
              AllOf(HasSubstr("every genre needs every one of them"),
                    HasSubstr("\"genre 1\" has no scale = c"), Not(HasSubstr("genre 0"))));
}

TEST(ComparisonTable, PairwiseTableHasARowForEveryTwo) {
  const TextTable table = pairwise_table(compare_many(observations_of(twelve_genres()), kRoles));
  ASSERT_EQ(table.rows.size(), 3u);
  for (const auto& row : table.rows) EXPECT_EQ(row.size(), table.columns.size());
  EXPECT_EQ(table.rows[0][0], "a - b");
  EXPECT_EQ(table.rows[0].back(), "apart");
  EXPECT_EQ(table.rows[2].back(), "not apart");
}

TEST(ComparisonTable, EveryTestThatWasAskedForHasItsColumnsAndFamily) {
  const ManyComparison result = compare_many(observations_of(twelve_genres()), kRoles,
                                             {.equivalence_margin = 0.03, .test_to_train = 0.25});
  std::vector<double> corrected;
  std::vector<double> equivalence;
  for (const PairwiseComparison& pair : result.pairwise) {
    corrected.push_back(pair.comparison.corrected->p);
    equivalence.push_back(pair.comparison.equivalence->p);
  }
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(result.pairwise[i].corrected_p, holm(corrected)[i]);
    EXPECT_EQ(result.pairwise[i].equivalence_p, holm(equivalence)[i]);
  }
  const TextTable table = pairwise_table(result);
  EXPECT_THAT(table.columns, testing::IsSupersetOf({"corrected t p", "equivalence within ±0.03 p"}));
  for (const auto& row : table.rows) EXPECT_EQ(row.size(), table.columns.size());
  EXPECT_EQ(to_json(result).at("pairwise")[1].at("holm").at("corrected_t_test").get<double>(),
            *result.pairwise[1].corrected_p);
  EXPECT_THAT(pairwise_table(compare_many(observations_of(twelve_genres()), kRoles)).columns,
              Not(testing::Contains("corrected t p")));
}

TEST(ComparisonTable, ARowOfLatexDoesNotStartWithAnArgument) {
  const std::string latex =
      to_latex({.columns = {"name", "p"}, .rows = {{"[live] - mel", "1"}, {"*NSYNC", "2"}}}, "");
  EXPECT_THAT(latex, AllOf(HasSubstr("\\midrule\n{}[live] - mel & 1"), HasSubstr("\\\\\n{}*NSYNC & 2")));
}

TEST(ComparisonTable, TextIsAlignedByCharactersNotBytes) {
  EXPECT_EQ(to_text({.columns = {"name", "p"}, .rows = {{"Shapiro–Wilk", "0.5"}, {"t", "10.25"}}}),
            "name              p\n"
            "Shapiro–Wilk    0.5\n"
            "t             10.25\n");
}

TEST(ComparisonTable, LatexEscapesWhatLatexReads) {
  EXPECT_EQ(to_latex({.columns = {"name", "p"}, .rows = {{"R&B_50% - mel", "< 0.0001"}, {"t", "[-0.5, -1]"}}},
                     "two\nlines"),
            "% two lines\n"
            "\\begin{tabular}{lr}\n\\toprule\nname & p \\\\\n\\midrule\n"
            "R\\&B\\_50\\% - mel & $<$ 0.0001 \\\\\n"
            "t & [$-$0.5, $-$1] \\\\\n"
            "\\bottomrule\n\\end{tabular}\n");
}

}  // namespace
}  // namespace gamut::statistics
