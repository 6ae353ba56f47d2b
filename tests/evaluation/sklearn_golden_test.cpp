#include <gtest/gtest.h>

#include <map>

#include "gamut/core/json.h"
#include "gamut/evaluation/metrics.h"
#include "tests/support/test_data.h"

namespace gamut::evaluation {
namespace {

/// Both sides are float64 and differ in the order of their sums alone.
constexpr double kTolerance = 1e-9;

class MetricsGolden : public testing::Test {
 protected:
  void SetUp() override {
    const auto scores = test::reference_directory() / "sklearn" / "scores.csv";
    const auto expected = test::reference_directory() / "sklearn" / "metrics.json";
    GAMUT_REQUIRE_FILE(scores);
    GAMUT_REQUIRE_FILE(expected);
    predictions_ = load_predictions(scores);
    expected_ = load_json(expected);
    for (const GenreMetrics& genre : evaluate(predictions_)) actual_[genre.genre] = genre.metrics;
  }

  void expect_metrics(const std::string& genre, const Json& expected) {
    const std::vector<Metric>& metrics = actual_.at(genre);
    ASSERT_EQ(metrics.size(), 6u);
    for (const Metric& metric : metrics) {
      EXPECT_NEAR(metric.value, expected.at(metric.name).get<double>(), kTolerance)
          << genre << ", " << metric.name;
    }
  }

  Predictions predictions_;
  Json expected_;
  std::map<std::string, std::vector<Metric>> actual_;
};

TEST_F(MetricsGolden, EveryGenreMatchesScikitLearn) {
  ASSERT_FALSE(predictions_.genres.empty());
  for (const std::string& genre : predictions_.genres) expect_metrics(genre, expected_.at(genre));
}

TEST_F(MetricsGolden, AllCellsMatchScikitLearnAggregate) {
  expect_metrics(std::string(kAllCells), expected_.at("aggregated"));
}

TEST_F(MetricsGolden, MacroF1MatchesScikitLearn) {
  EXPECT_NEAR(actual_.at(std::string(kMacro)).at(2).value,
              expected_.at("multi_label").at("f1_macro").get<double>(), kTolerance);
}

TEST_F(MetricsGolden, MacroIsTheMeanOfScikitLearnGenres) {
  for (const Metric& metric : actual_.at(std::string(kMacro))) {
    double mean = 0;
    for (const std::string& genre : predictions_.genres) {
      mean += expected_.at(genre).at(metric.name).get<double>() / double(predictions_.genres.size());
    }
    EXPECT_NEAR(metric.value, mean, kTolerance) << metric.name;
  }
}

}  // namespace
}  // namespace gamut::evaluation
