#include "gamut/evaluation/reliability.h"

#include <gtest/gtest.h>

#include "gamut/core/error.h"

namespace gamut::evaluation {
namespace {

TEST(Reliability, CellsFallIntoBinsByScore) {
  const std::vector<std::uint8_t> labels = {0, 1, 1, 0};
  const std::vector<double> scores = {0, 0.49, 0.5, 1};
  const auto bins = reliability(labels, scores, 2);
  ASSERT_EQ(bins.size(), 2u);
  EXPECT_EQ(bins[0].cells, 2);
  EXPECT_DOUBLE_EQ(bins[0].mean_score, 0.245);
  EXPECT_EQ(bins[0].positive_rate, 0.5);
  EXPECT_EQ(bins[1].low, 0.5);
  EXPECT_EQ(bins[1].high, 1);
  EXPECT_DOUBLE_EQ(bins[1].mean_score, 0.75);
  EXPECT_DOUBLE_EQ(expected_calibration_error(bins), (0.255 + 0.25) / 2);
}

TEST(Reliability, ScoresThatComeTrueAsOftenAsTheySayHaveNoError) {
  const std::vector<std::uint8_t> labels = {1, 0, 0, 0};
  const std::vector<double> scores(4, 0.25);
  EXPECT_EQ(expected_calibration_error(reliability(labels, scores)), 0);
}

TEST(Reliability, RefusesNoBinsAndUnequalLengths) {
  const std::vector<std::uint8_t> labels = {1};
  EXPECT_THROW(reliability(labels, std::vector{0.5}, 0), ParameterError);
  EXPECT_THROW(reliability(labels, std::vector{0.5, 0.6}), ParameterError);
}

}  // namespace
}  // namespace gamut::evaluation
