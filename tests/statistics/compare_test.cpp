#include "gamut/statistics/compare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "gamut/core/error.h"
#include "gamut/core/random.h"

namespace gamut::statistics {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

using Observations = std::vector<Observation>;

Observation observation(const std::string& scale, const std::string& genre, const std::string& depth,
                        double value) {
  return {.columns = {{"scale", scale}, {"genre", genre}, {"architecture", depth}}, .value = value};
}

/// Three genres, two depths; mel is better by 0.1, 0.2 and 0.6 on the mean.
Observations three_genres() {
  return {observation("mel", "Rock", "resnet18", 0.5),    observation("mel", "Rock", "resnet34", 0.7),
          observation("mel", "Pop", "resnet18", 0.6),     observation("mel", "Pop", "resnet34", 0.8),
          observation("mel", "Jazz", "resnet18", 0.9),    observation("mel", "Jazz", "resnet34", 0.7),
          observation("linear", "Rock", "resnet18", 0.5), observation("linear", "Rock", "resnet34", 0.5),
          observation("linear", "Pop", "resnet18", 0.4),  observation("linear", "Pop", "resnet34", 0.6),
          observation("linear", "Jazz", "resnet18", 0.3), observation("linear", "Jazz", "resnet34", 0.1)};
}

Comparison compare_scales(const Observations& observations) {
  return compare(observations, "scale", "genre", {"architecture"});
}

std::string message_of(const Observations& observations, const std::string& between = "scale",
                       const std::string& pair_by = "genre",
                       const std::vector<std::string>& over = {"architecture"}) {
  try {
    compare(observations, between, pair_by, over);
  } catch (const ParameterError& error) {
    return error.what();
  }
  return "nothing thrown";
}

TEST(Compare, AveragesOverArchitecturesAndPairsByGenre) {
  const Comparison comparison = compare_scales(three_genres());
  EXPECT_EQ(comparison.first, "linear");
  EXPECT_EQ(comparison.second, "mel");
  EXPECT_THAT(comparison.pairs, ElementsAre("Rock", "Pop", "Jazz"));
  EXPECT_THAT(comparison.first_values, ElementsAre(0.5, 0.5, 0.2));
  EXPECT_THAT(comparison.second_values, ElementsAre(testing::DoubleEq(0.6), testing::DoubleEq(0.7), 0.8));
  ASSERT_TRUE(comparison.t_test.has_value());
  EXPECT_EQ(comparison.t_test->n, 3);
  EXPECT_NEAR(comparison.t_test->mean_difference, -0.3, 1e-12);
  EXPECT_EQ(comparison.t_test->t, paired_t_test(comparison.first_values, comparison.second_values).t);
  ASSERT_TRUE(comparison.normality.has_value());
  EXPECT_EQ(comparison.note, "");
}

TEST(Compare, DoesNotDependOnTheOrderOfObservations) {
  Observations observations = three_genres();
  const Comparison before = compare_scales(observations);
  Random random(1);
  for (int i = 0; i < 20; ++i) {
    random.shuffle(std::span(observations));
    const Comparison after = compare_scales(observations);
    EXPECT_EQ(after.first, "linear");
    EXPECT_NEAR(after.t_test->t, before.t_test->t, 1e-12);
    EXPECT_NEAR(after.normality->p, before.normality->p, 1e-9);
  }
}

TEST(Compare, RenamedConditionsTurnTheSign) {
  Observations observations = three_genres();
  const double t = compare_scales(observations).t_test->t;
  for (Observation& each : observations)
    each.columns["scale"] = each.columns["scale"] == "mel" ? "linear" : "mel";
  EXPECT_DOUBLE_EQ(compare_scales(observations).t_test->t, -t);
}

TEST(Compare, AggregatesAreNoPairsAndAreListed) {
  Observations observations = three_genres();
  for (const char* genre : {"(all cells)", "(macro)", "(multi-label)"}) {
    observations.push_back(observation("mel", genre, "resnet18", 0.5));
    observations.push_back(observation("linear", genre, "resnet18", std::nan("")));
  }
  const Comparison comparison = compare_scales(observations);
  EXPECT_THAT(comparison.pairs, ElementsAre("Rock", "Pop", "Jazz"));
  EXPECT_THAT(comparison.left_out, ElementsAre("(all cells)", "(macro)", "(multi-label)"));
}

TEST(Compare, AggregatesAreNotAveragedWithWhatTheySumUp) {
  Observations observations = three_genres();
  observations.push_back(observation("mel", "(macro)", "resnet18", 100));
  const Comparison comparison = compare(observations, "scale", "architecture", {"genre"});
  EXPECT_THAT(comparison.pairs, ElementsAre("resnet18", "resnet34"));
  EXPECT_THAT(comparison.left_out, ElementsAre("(macro)"));
  EXPECT_NEAR(comparison.second_values[0], 2.0 / 3, 1e-12);
}

TEST(Compare, AnAggregateAloneCanBeComparedOverOtherPairs) {
  Observations observations;
  for (const char* depth : {"resnet18", "resnet34", "resnet50"}) {
    observations.push_back(observation("mel", "(macro)", depth, 0.5 + 0.1 * double(observations.size())));
    observations.push_back(observation("linear", "(macro)", depth, 0.4));
  }
  const Comparison comparison = compare(observations, "scale", "architecture", {});
  EXPECT_EQ(comparison.pairs.size(), 3u);
  EXPECT_THAT(comparison.left_out, IsEmpty());
}

TEST(Compare, OnlyAggregatesAreNoPair) {
  EXPECT_THAT(message_of({observation("mel", "(macro)", "resnet18", 0.5)}),
              HasSubstr("no pair; every value is of an aggregate ((macro))"));
}

TEST(Compare, PairsThatLackAConditionAreAllNamed) {
  Observations observations = three_genres();
  std::erase_if(observations, [](Observation& each) {
    return (each.columns["genre"] == "Rock" && each.columns["scale"] == "mel") ||
           (each.columns["genre"] == "Jazz" && each.columns["scale"] == "linear");
  });
  EXPECT_THAT(message_of(observations),
              AllOf(HasSubstr("every genre needs both"), HasSubstr("\"Rock\" has no scale = mel"),
                    HasSubstr("\"Jazz\" has no scale = linear"), Not(HasSubstr("\"Pop\""))));
}

TEST(Compare, ConditionsAveragedOverDifferentThingsAreRefused) {
  Observations observations = three_genres();
  observations.pop_back();
  EXPECT_THAT(message_of(observations),
              AllOf(HasSubstr("not averaged over the same things; there is no value of:"),
                    HasSubstr("\"Jazz\", linear, architecture = resnet34")));
}

TEST(Compare, TheSameThingTwiceIsRefusedEvenUnderBothConditions) {
  Observations observations = three_genres();
  observations.push_back(observation("mel", "Rock", "resnet18", 0.9));
  observations.push_back(observation("linear", "Rock", "resnet18", 0.8));
  EXPECT_THAT(message_of(observations),
              AllOf(HasSubstr("several values of one thing"),
                    HasSubstr("\"Rock\", linear, architecture = resnet18: 2 values"),
                    HasSubstr("\"Rock\", mel, architecture = resnet18: 2 values")));
}

TEST(Compare, SeveralColumnsNameAPair) {
  const Comparison comparison =
      compare(three_genres(), {.between = "scale", .pair_by = {"genre", "architecture"}});
  EXPECT_EQ(comparison.pair_by, "genre, architecture");
  EXPECT_THAT(comparison.pairs, ElementsAre("Rock, resnet18", "Rock, resnet34", "Pop, resnet18",
                                            "Pop, resnet34", "Jazz, resnet18", "Jazz, resnet34"));
  EXPECT_THAT(comparison.first_values, ElementsAre(0.5, 0.5, 0.4, 0.6, 0.3, 0.1));
}

TEST(Compare, NamesOfSummariesAreNoPairs) {
  Observations observations = three_genres();
  for (const char* scale : {"mel", "linear"}) {
    observations.push_back(observation(scale, "Aggregated", "resnet18", 0.5));
    observations.push_back(observation(scale, "Aggregated", "resnet34", 0.5));
  }
  const Comparison comparison = compare(observations, {.between = "scale",
                                                       .pair_by = {"genre"},
                                                       .average_over = {"architecture"},
                                                       .summaries = {"Aggregated"}});
  EXPECT_EQ(comparison.pairs.size(), 3u);
  EXPECT_THAT(comparison.left_out, ElementsAre("Aggregated"));
  EXPECT_EQ(compare_scales(observations).pairs.size(), 4u);
}

TEST(Compare, DifferencesThatAreEqualButForRoundingAreTiedInRankTests) {
  Observations observations;
  const double linear[] = {0.2, 0.1, 0.5, 0.7};
  const double mel[] = {0.3, 0.2, 0.7, 0.6};
  for (int i = 0; i < 4; ++i) {
    observations.push_back(observation("linear", std::to_string(i), "resnet18", linear[i]));
    observations.push_back(observation("mel", std::to_string(i), "resnet18", mel[i]));
  }
  const Comparison comparison = compare_scales(observations);
  ASSERT_TRUE(comparison.wilcoxon.has_value());
  EXPECT_TRUE(comparison.wilcoxon->ties);
  EXPECT_EQ(comparison.wilcoxon->positive_ranks, 2);
  EXPECT_EQ(comparison.wilcoxon->negative_ranks, 8);
  EXPECT_EQ(comparison.sign_test->positive, 1);
}

TEST(Compare, OptionsReachTheTests) {
  const TableRoles roles{.between = "scale", .pair_by = {"genre"}, .average_over = {"architecture"}};
  const Comparison plain = compare(three_genres(), roles);
  EXPECT_EQ(plain.equivalence->margin, 0.02);
  EXPECT_EQ(plain.wilcoxon->method, WilcoxonMethod::exact);
  EXPECT_FALSE(plain.corrected.has_value());
  const Comparison chosen =
      compare(three_genres(), roles,
              {.wilcoxon = WilcoxonMethod::normal, .equivalence_margin = 0.5, .test_to_train = 0.25});
  EXPECT_EQ(chosen.equivalence->margin, 0.5);
  EXPECT_EQ(chosen.wilcoxon->method, WilcoxonMethod::normal);
  ASSERT_TRUE(chosen.corrected.has_value());
  EXPECT_LT(std::abs(chosen.corrected->t), std::abs(chosen.t_test->t));
  EXPECT_THROW(compare(three_genres(), roles, {.equivalence_margin = 0}), ParameterError);
}

TEST(Compare, AColumnThatChangesMustBeAveragedOver) {
  EXPECT_THAT(
      message_of(three_genres(), "scale", "genre", {}),
      AllOf(HasSubstr("columns that change within a pair"), HasSubstr("architecture: resnet18, resnet34")));
}

TEST(Compare, AColumnThatGoesWithThePairMayChange) {
  Observations observations = three_genres();
  for (Observation& each : observations) {
    each.columns["slug"] = each.columns["genre"] + "-slug";
    each.columns["set"] = each.columns["scale"] + "-set";
  }
  EXPECT_EQ(compare_scales(observations).pairs.size(), 3u);
}

TEST(Compare, ThreeConditionsOrOneAreRefused) {
  Observations observations = three_genres();
  for (Observation each : three_genres()) {
    if (each.columns["scale"] == "linear") continue;
    each.columns["scale"] = "cqt";
    observations.push_back(each);
  }
  EXPECT_THAT(message_of(observations),
              HasSubstr("\"scale\" has 3 values (cqt, linear and mel); there must be exactly two"));
  EXPECT_THAT(message_of({observation("mel", "Rock", "resnet18", 0.5)}),
              HasSubstr("\"scale\" has one value (mel)"));
}

TEST(Compare, ValuesThatAreNotFiniteAreNamed) {
  Observations observations = three_genres();
  observations[3].value = std::nan("");
  EXPECT_THAT(message_of(observations), HasSubstr("nan at architecture=resnet34, genre=Pop, scale=mel"));
}

TEST(Compare, ColumnsThatAreNotThereOrTwiceAreNamed) {
  EXPECT_THAT(message_of(three_genres(), "scales"),
              HasSubstr("no column \"scales\"; there are architecture, genre and scale"));
  EXPECT_THAT(message_of(three_genres(), "scale", "scale"), HasSubstr("the column \"scale\" is named twice"));
  EXPECT_THAT(message_of(three_genres(), "scale", "genre", {"genre"}),
              HasSubstr("the column \"genre\" is named twice"));
  EXPECT_THAT(message_of({}), HasSubstr("nothing to compare"));
}

TEST(Compare, EqualDifferencesHaveNoTestAndSaySo) {
  Observations observations;
  for (const char* genre : {"Rock", "Pop", "Jazz", "Folk"}) {
    const double value = 0.1 * double(observations.size());
    observations.push_back(observation("mel", genre, "resnet18", value + 0.1));
    observations.push_back(observation("linear", genre, "resnet18", value));
  }
  const Comparison comparison = compare_scales(observations);
  EXPECT_FALSE(comparison.t_test.has_value());
  EXPECT_FALSE(comparison.normality.has_value());
  EXPECT_THAT(comparison.note, HasSubstr("all 4 differences are -0.1"));
  ASSERT_TRUE(comparison.sign_test.has_value());
  EXPECT_NEAR(comparison.sign_test->p, 0.125, 1e-12);
}

TEST(Compare, OnePairHasNoTestAndTwoHaveNoNormality) {
  Observations observations = three_genres();
  std::erase_if(observations, [](Observation& each) { return each.columns["genre"] == "Rock"; });
  const Comparison two = compare_scales(observations);
  EXPECT_TRUE(two.t_test.has_value());
  EXPECT_FALSE(two.normality.has_value());
  EXPECT_THAT(two.note, HasSubstr("2 pairs: a normality test needs 3"));
  std::erase_if(observations, [](Observation& each) { return each.columns["genre"] == "Jazz"; });
  const Comparison one = compare_scales(observations);
  EXPECT_FALSE(one.t_test.has_value());
  EXPECT_THAT(one.note, HasSubstr("one pair"));
}

TEST(Compare, OtherNetworksAreNoDifferenceOfScales) {
  std::vector<Observation> observations;
  for (const char* genre : {"Rock", "Pop", "Jazz"}) {
    for (const auto& [scale, depth] : {std::pair{"linear", "resnet34"}, {"mel", "resnet152"}}) {
      observations.push_back(
          {.columns = {{"scale", scale}, {"genre", genre}, {"architecture", depth}, {"run", depth}},
           .value = 0.5});
    }
  }
  EXPECT_THAT(message_of(observations, "scale", "genre", {}),
              AllOf(HasSubstr("the values of scale are of other networks too"),
                    HasSubstr("architecture: resnet152, resnet34")));
  const Comparison of_runs = compare(observations, {.between = "run", .pair_by = {"genre"}});
  EXPECT_THAT(of_runs.also_different,
              testing::ElementsAre("architecture: resnet152, resnet34", "scale: linear, mel"));
  EXPECT_THAT(describe(of_runs, "f1"),
              HasSubstr("Also different: architecture: resnet152, resnet34; scale: linear, mel."));
}

}  // namespace
}  // namespace gamut::statistics
