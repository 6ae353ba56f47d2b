#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gamut/core/json.h"
#include "gamut/statistics/compare.h"

namespace gamut::statistics {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// One pair a difference: linear is 0.5 everywhere, mel 0.5 + difference.
Comparison comparison_of(const std::vector<double>& differences) {
  std::vector<Observation> observations;
  for (std::size_t i = 0; i < differences.size(); ++i) {
    const std::string genre = "genre " + std::to_string(i);
    observations.push_back({{{"scale", "linear"}, {"genre", genre}, {"architecture", "resnet18"}}, 0.5});
    observations.push_back(
        {{{"scale", "mel"}, {"genre", genre}, {"architecture", "resnet18"}}, 0.5 + differences[i]});
  }
  observations.push_back({{{"scale", "mel"}, {"genre", "(macro)"}, {"architecture", "resnet18"}}, 0.5});
  return compare(observations, "scale", "genre", {"architecture"});
}

const std::vector<double> kEight = {0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08};

TEST(Describe, SaysWhichIsHigherWhatAPairIsAndEveryNumber) {
  const std::string text = describe(comparison_of(kEight), "f1");
  EXPECT_THAT(
      text,
      StartsWith(
          "The mean f1 is higher with mel (0.5450) than with linear (0.5000) over n = 8 pairs (a pair is one "
          "genre under both values of scale, averaged over architecture; left out, being no pair: (macro))"));
  EXPECT_THAT(
      text, AllOf(HasSubstr("mean difference linear - mel = -0.0450"),
                  HasSubstr("95 % interval [-0.0655, -0.0245]"), HasSubstr("t = -5.1962, df = 7, p = 0.0013"),
                  HasSubstr("Cohen's d_z = -1.84"), HasSubstr("a difference is shown at the 5 % level")));
  EXPECT_THAT(text,
              AllOf(HasSubstr("Wilcoxon signed-rank test (exact, n = 8): W = 0, p = 0.0078, rank-biserial "
                              "correlation = -1.00: a difference is shown"),
                    HasSubstr("Sign test: 0 above 0 and 8 below, p = 0.0078"),
                    HasSubstr("lies within ±0.02 is not shown (two one-sided t tests: p = 0.9883, 90 % "
                              "interval [-0.0614, -0.0286])")));
  EXPECT_THAT(text, AllOf(HasSubstr("Shapiro–Wilk test of the differences: W = 0.97"),
                          HasSubstr("a departure from the normality that the t test assumes is not shown"),
                          Not(HasSubstr("few pairs"))));
}

TEST(Describe, TheOtherConditionCanBeTheHigherOne) {
  EXPECT_THAT(describe(comparison_of({-0.1, -0.2, -0.4}), "log_loss"),
              HasSubstr("log_loss is higher with linear (0.5000) than with mel"));
}

TEST(Describe, ALargePIsNotCalledEquality) {
  const std::string text = describe(comparison_of({-0.03, 0.04, -0.01, 0.02, -0.02, 0.01, 0.03}), "f1");
  EXPECT_THAT(
      text, HasSubstr("a difference is not shown at the 5 % level, which does not mean that there is none"));
  EXPECT_THAT(text, Not(HasSubstr("no difference")));
}

TEST(Describe, DifferencesThatDoNotLookNormalWarn) {
  EXPECT_THAT(describe(comparison_of({0.01, 0.012, 0.011, 0.013, 0.009, 0.01, 0.3, 0.012}), "f1"),
              HasSubstr("they do not look normal, so the p value of the t test is a rough guide only; that "
                        "favours the Wilcoxon test"));
}

TEST(Describe, EquivalenceCanBeShown) {
  EXPECT_THAT(
      describe(comparison_of({-0.003, 0.004, -0.001, 0.002, -0.002, 0.001, 0.003}), "f1"),
      HasSubstr("That the mean difference lies within ±0.02 is shown (two one-sided t tests: p < 0.0001"));
}

TEST(Describe, WhatTheWilcoxonTestLeftOutIsSaid) {
  EXPECT_THAT(describe(comparison_of({0, 0, 0.1, 0.1, -0.2, 0.3, 0.5, 0.6}), "f1"),
              HasSubstr("(exact, n = 6, ties, 2 zeros left out)"));
}

TEST(Describe, FavouredTestFollowsTheNormalityCheck) {
  EXPECT_EQ(favoured_test(comparison_of(kEight)), "t test");
  EXPECT_EQ(favoured_test(comparison_of({0.01, 0.012, 0.011, 0.013, 0.009, 0.01, 0.3, 0.012})),
            "Wilcoxon test");
  EXPECT_EQ(favoured_test(comparison_of({0.1, 0.2})), "");
}

TEST(Describe, TinyPIsNotPrintedAsZero) {
  std::vector<double> differences;
  for (int i = 0; i < 30; ++i) differences.push_back(0.2 + 0.001 * i);
  EXPECT_THAT(describe(comparison_of(differences), "f1"), HasSubstr("p < 0.0001"));
}

TEST(Describe, FourPairsSayWhatTheyCannotSay) {
  const std::string text = describe(comparison_of({0.01, 0.02, 0.03, 0.05}), "f1");
  EXPECT_THAT(
      text,
      AllOf(
          HasSubstr(
              "with 4 pairs even the sign test cannot reach p < 0.05 two-sided, as its smallest p is 0.125"),
          HasSubstr("the normality test has hardly any power")));
}

TEST(Describe, TheWarningEndsAtSixPairs) {
  EXPECT_THAT(describe(comparison_of({0.01, 0.02, 0.03, 0.05, 0.04}), "f1"),
              HasSubstr("its smallest p is 0.0625"));
  EXPECT_THAT(describe(comparison_of({0.01, 0.02, 0.03, 0.05, 0.04, 0.06}), "f1"),
              Not(HasSubstr("few pairs")));
}

TEST(Describe, WhatWasNotTestedSaysWhy) {
  EXPECT_THAT(describe(comparison_of({0.1}), "f1"),
              AllOf(HasSubstr("n = 1 pair ("), HasSubstr("not tested (one pair:")));
  EXPECT_THAT(describe(comparison_of({0, 0, 0}), "f1"),
              AllOf(StartsWith("The mean f1 is 0.5000 with linear and with mel alike"),
                    HasSubstr("not tested (all 3 differences are 0")));
  EXPECT_THAT(describe(comparison_of({0.1, 0.2}), "f1"), HasSubstr("Not tested for normality (2 pairs"));
}

TEST(ComparisonJson, HoldsEveryNumber) {
  const Comparison comparison = comparison_of(kEight);
  const Json json = to_json(comparison);
  EXPECT_EQ(json.at("between"), "scale");
  EXPECT_EQ(json.at("first"), "linear");
  EXPECT_EQ(json.at("n"), 8);
  EXPECT_EQ(json.at("pairs").size(), 8u);
  EXPECT_EQ(json.at("pairs")[0].at("name"), "genre 0");
  EXPECT_EQ(json.at("pairs")[0].at("difference").get<double>(),
            comparison.first_values[0] - comparison.second_values[0]);
  EXPECT_EQ(json.at("left_out"), Json::array({"(macro)"}));
  EXPECT_EQ(json.at("t_test").at("df"), 7);
  EXPECT_EQ(json.at("t_test").at("p").get<double>(), comparison.t_test->p);
  EXPECT_EQ(json.at("normality").at("w").get<double>(), comparison.normality->statistic);
  EXPECT_EQ(json.at("favoured"), "t test");
  EXPECT_EQ(json.at("wilcoxon").at("method"), "exact");
  EXPECT_EQ(json.at("wilcoxon").at("p").get<double>(), comparison.wilcoxon->p);
  EXPECT_EQ(json.at("wilcoxon").at("rank_biserial"), -1);
  EXPECT_EQ(json.at("sign_test").at("negative"), 8);
  EXPECT_EQ(json.at("equivalence").at("margin"), 0.02);
  EXPECT_TRUE(json.at("corrected_t_test").is_null());
  EXPECT_EQ(json.at("note"), "");
}

TEST(ComparisonJson, WhatIsAbsentIsNull) {
  const Json json = to_json(comparison_of({0.1}));
  EXPECT_TRUE(json.at("t_test").is_null());
  EXPECT_TRUE(json.at("normality").is_null());
  EXPECT_TRUE(json.at("favoured").is_null());
  EXPECT_TRUE(json.at("wilcoxon").is_null());
  EXPECT_TRUE(json.at("sign_test").is_null());
  EXPECT_TRUE(json.at("equivalence").is_null());
  EXPECT_THAT(json.at("note").get<std::string>(), HasSubstr("one pair"));
}

}  // namespace
}  // namespace gamut::statistics
