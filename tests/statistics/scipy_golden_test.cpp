#include <gtest/gtest.h>

#include <cmath>

#include "gamut/core/json.h"
#include "gamut/statistics/friedman.h"
#include "gamut/statistics/holm.h"
#include "gamut/statistics/spearman.h"
#include "gamut/statistics/tests.h"
#include "gamut/statistics/wilcoxon.h"
#include "tests/support/test_data.h"

namespace gamut::statistics {
namespace {

/// SciPy's shapiro works in single precision, which moves W in the 7th digit and p, through the logarithm of
/// 1 - W, by more.
constexpr double kStatistic = 2e-6;
constexpr double kShapiroP = 1e-3;
constexpr double kP = 1e-4;
/// Both sides are float64.
constexpr double kDouble = 1e-9;

/// Near to `relative` of the expected value, or of 1 where that is smaller and the value is a statistic.
void expect_statistic(double actual, double expected, const std::string& what) {
  EXPECT_NEAR(actual, expected, kStatistic * std::max(1.0, std::abs(expected))) << what;
}

class StatisticsGolden : public testing::Test {
 protected:
  void SetUp() override {
    const auto path = test::reference_directory() / "scipy" / "statistics.json";
    GAMUT_REQUIRE_FILE(path);
    expected_ = load_json(path);
    pairs_ = expected_.at("pairs");
    ASSERT_FALSE(pairs_.empty());
  }

  static std::vector<double> numbers(const Json& json) { return json.get<std::vector<double>>(); }
  static std::string name(const Json& pair) {
    return pair.at("kind").get<std::string>() + ", n = " + std::to_string(pair.at("a").size());
  }
  static std::vector<double> differences(const Json& pair) {
    std::vector<double> difference = numbers(pair.at("a"));
    for (std::size_t i = 0; i < difference.size(); ++i) difference[i] -= pair.at("b")[i].get<double>();
    return difference;
  }

  Json expected_, pairs_;
};

TEST_F(StatisticsGolden, ShapiroWilkMatchesScipy) {
  for (const Json& pair : pairs_) {
    const TestResult test = shapiro_wilk(differences(pair));
    const double p = pair.at("shapiro")[1].get<double>();
    expect_statistic(test.statistic, pair.at("shapiro")[0].get<double>(), name(pair));
    EXPECT_NEAR(test.p, p, kShapiroP * p) << name(pair);
  }
}

TEST_F(StatisticsGolden, PairedTTestMatchesScipy) {
  for (const Json& pair : pairs_) {
    const PairedTTest test = paired_t_test(numbers(pair.at("a")), numbers(pair.at("b")));
    const double p = pair.at("ttest_rel")[1].get<double>();
    expect_statistic(test.t, pair.at("ttest_rel")[0].get<double>(), name(pair));
    EXPECT_NEAR(test.p, p, kP * p) << name(pair);
    expect_statistic(test.cohen_dz, pair.at("cohen_dz").get<double>(), name(pair));
    EXPECT_NEAR(test.low, pair.at("mean_diff_ci95")[0].get<double>(), kDouble) << name(pair);
    EXPECT_NEAR(test.high, pair.at("mean_diff_ci95")[1].get<double>(), kDouble) << name(pair);
  }
}

TEST_F(StatisticsGolden, WilcoxonMatchesScipyByBothMethods) {
  int exact = 0;
  int normal = 0;
  for (const Json& pair : pairs_) {
    const Json& expected = pair.at("wilcoxon");
    const bool is_exact = expected.at("mode") == "exact";
    ++(is_exact ? exact : normal);
    const WilcoxonTest test =
        wilcoxon_signed_rank(differences(pair), is_exact ? WilcoxonMethod::exact : WilcoxonMethod::normal);
    expect_statistic(test.statistic, expected.at("statistic").get<double>(), name(pair));
    const double p = expected.at("p").get<double>();
    EXPECT_NEAR(test.p, p, kP * p) << name(pair);
    // The reference takes the exact test where automatic does, but for the plain samples of 30 and few ties.
    const bool few = pair.at("a").size() <= (pair.at("kind") != "ties" ? 50 : 13);
    EXPECT_EQ(wilcoxon_signed_rank(differences(pair)).method == WilcoxonMethod::exact, few) << name(pair);
  }
  EXPECT_GT(exact, 0);
  EXPECT_GT(normal, 0);
}

TEST_F(StatisticsGolden, FriedmanMatchesScipy) {
  const Json& expected = expected_.at("friedman");
  const FriedmanTest test = friedman(expected.at("x").get<std::vector<std::vector<double>>>());
  expect_statistic(test.statistic, expected.at("statistic").get<double>(), "chi-square");
  const double p = expected.at("p").get<double>();
  EXPECT_NEAR(test.p, p, kP * p);
  const std::vector<double> mean_ranks = numbers(expected.at("mean_ranks"));
  ASSERT_EQ(test.mean_ranks.size(), mean_ranks.size());
  for (std::size_t i = 0; i < mean_ranks.size(); ++i) EXPECT_NEAR(test.mean_ranks[i], mean_ranks[i], kDouble);
}

TEST_F(StatisticsGolden, HolmMatches) {
  const Json& expected = expected_.at("holm");
  const std::vector<double> adjusted = holm(numbers(expected.at("p")));
  ASSERT_EQ(adjusted.size(), expected.at("adjusted").size());
  for (std::size_t i = 0; i < adjusted.size(); ++i) {
    EXPECT_NEAR(adjusted[i], expected.at("adjusted")[i].get<double>(), kDouble) << i;
  }
}

TEST_F(StatisticsGolden, SpearmanMatchesScipy) {
  const Json& expected = expected_.at("spearman");
  const SpearmanTest test = spearman(numbers(expected.at("x")), numbers(expected.at("y")));
  expect_statistic(test.rho, expected.at("rho").get<double>(), "rho");
  const double p = expected.at("p").get<double>();
  EXPECT_NEAR(test.p, p, kP * p);
}

TEST_F(StatisticsGolden, QqPlotMatchesScipyProbplot) {
  for (const Json& pair : pairs_) {
    const QqPlot plot = qq_normal(differences(pair));
    const Json& expected = pair.at("qq");
    const std::vector<double> theoretical = numbers(expected.at("theoretical"));
    const std::vector<double> ordered = numbers(expected.at("ordered"));
    ASSERT_EQ(plot.theoretical.size(), theoretical.size());
    ASSERT_EQ(plot.ordered.size(), ordered.size());
    for (std::size_t i = 0; i < theoretical.size(); ++i) {
      EXPECT_NEAR(plot.theoretical[i], theoretical[i], kDouble) << name(pair) << ", point " << i;
      EXPECT_NEAR(plot.ordered[i], ordered[i], kDouble) << name(pair) << ", point " << i;
    }
    EXPECT_NEAR(plot.slope, expected.at("slope").get<double>(), kDouble) << name(pair);
    EXPECT_NEAR(plot.intercept, expected.at("intercept").get<double>(), kDouble) << name(pair);
    EXPECT_NEAR(plot.r, expected.at("r").get<double>(), kDouble) << name(pair);
  }
}

}  // namespace
}  // namespace gamut::statistics
