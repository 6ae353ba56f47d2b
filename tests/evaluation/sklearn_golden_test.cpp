#include <gtest/gtest.h>

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
    actual_ = evaluate(predictions_);
  }

  void expect_metrics(const std::string& genre, const Json& expected) {
    ASSERT_FALSE(expected.empty());
    for (const auto& [name, value] : expected.items()) {
      EXPECT_NEAR(find_metric(actual_, genre, name).value, value.get<double>(), kTolerance)
          << genre << ", " << name;
    }
  }

  Predictions predictions_;
  Json expected_;
  std::vector<GenreMetrics> actual_;
};

TEST_F(MetricsGolden, EveryGenreMatchesScikitLearn) {
  ASSERT_FALSE(predictions_.genres.empty());
  for (const std::string& genre : predictions_.genres) expect_metrics(genre, expected_.at(genre));
}

TEST_F(MetricsGolden, AllCellsMatchScikitLearnAggregate) {
  expect_metrics(std::string(kAllCells), expected_.at("aggregated"));
}

TEST_F(MetricsGolden, MultiLabelMetricsMatchScikitLearn) {
  expect_metrics(std::string(kMultiLabel), expected_.at("multi_label"));
}

TEST_F(MetricsGolden, MacroIsTheMeanOfScikitLearnGenres) {
  for (const auto& [name, of_first] : expected_.at(predictions_.genres.front()).items()) {
    double mean = 0;
    for (const std::string& genre : predictions_.genres) {
      mean += expected_.at(genre).at(name).get<double>() / double(predictions_.genres.size());
    }
    EXPECT_NEAR(find_metric(actual_, kMacro, name).value, mean, kTolerance) << name;
  }
}

}  // namespace
}  // namespace gamut::evaluation
