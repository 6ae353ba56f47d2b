#include <gtest/gtest.h>

#include <cmath>

#include "gamut/core/json.h"
#include "gamut/statistics/tests.h"
#include "tests/support/test_data.h"

namespace gamut::statistics {
namespace {

/// SciPy's shapiro works in single precision, which moves W in the 7th digit and p, through the logarithm of
/// 1 - W, by more.
constexpr double kStatistic = 2e-6;
constexpr double kShapiroP = 1e-3;
constexpr double kStudentP = 1e-4;
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
    pairs_ = load_json(path).at("pairs");
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

  Json pairs_;
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
    EXPECT_NEAR(test.p, p, kStudentP * p) << name(pair);
    expect_statistic(test.cohen_dz, pair.at("cohen_dz").get<double>(), name(pair));
    EXPECT_NEAR(test.low, pair.at("mean_diff_ci95")[0].get<double>(), kDouble) << name(pair);
    EXPECT_NEAR(test.high, pair.at("mean_diff_ci95")[1].get<double>(), kDouble) << name(pair);
  }
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
