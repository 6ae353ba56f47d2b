#include "gamut/evaluation/decisions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "gamut/core/error.h"
#include "gamut/core/random.h"
#include "gamut/evaluation/metrics.h"

namespace gamut::evaluation {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Labels = std::vector<std::uint8_t>;
using Scores = std::vector<double>;

double f1_at(const Labels& labels, const Scores& scores, double threshold) {
  return binary_metrics(labels, scores, threshold).at(2).value;
}

TEST(BestF1Threshold, LiesMidwayBetweenTheScoresItSeparates) {
  const Threshold threshold = best_f1_threshold(Labels{1, 1, 0, 0}, Scores{0.9, 0.8, 0.6, 0.1});
  EXPECT_DOUBLE_EQ(threshold.value, 0.7);
  EXPECT_EQ(threshold.note, "");
}

TEST(BestF1Threshold, IsNeverBelowAnyOther) {
  Random random(2);
  for (int round = 0; round < 50; ++round) {
    Labels labels = {1};
    Scores scores = {double(random.below(11)) / 10};
    for (int i = 0; i < 30; ++i) {
      labels.push_back(random.chance(0.3) ? 1 : 0);
      scores.push_back(double(random.below(11)) / 10);
    }
    const double best = f1_at(labels, scores, best_f1_threshold(labels, scores).value);
    for (double threshold = 0; threshold < 1; threshold += 0.01) {
      EXPECT_GE(best, f1_at(labels, scores, threshold) - 1e-12) << threshold;
    }
  }
}

TEST(BestF1Threshold, OfSeveralTakesTheOneNextToAHalf) {
  // 2 of 3 given at either end of the tie: F1 2/3 at 0.85 and at 0.2.
  const Threshold threshold = best_f1_threshold(Labels{1, 0, 0, 1}, Scores{0.9, 0.8, 0.5, 0.3});
  EXPECT_DOUBLE_EQ(threshold.value, 0.15);
  EXPECT_DOUBLE_EQ(best_f1_threshold(Labels{1, 0, 1}, Scores{0.9, 0.9, 0.9}).value, 0.45);
}

TEST(BestF1Threshold, StaysWhereThereIsNothingToFit) {
  EXPECT_EQ(best_f1_threshold(Labels{0, 0}, Scores{0.9, 0.1}).value, 0.5);
  EXPECT_THAT(best_f1_threshold(Labels{0, 0}, Scores{0.9, 0.1}).note, HasSubstr("no positives"));
  EXPECT_THAT(best_f1_threshold(Labels{1, 0}, Scores{0, 0}).note, HasSubstr("every validation score is 0"));
}

TEST(PrecisionThreshold, TakesAllItCanAtThatPrecision) {
  const Labels labels = {1, 0, 1, 1, 0, 0};
  const Scores scores = {0.9, 0.8, 0.7, 0.6, 0.5, 0.4};
  EXPECT_DOUBLE_EQ(precision_threshold(labels, scores, 0.75).value, 0.55);
  EXPECT_DOUBLE_EQ(precision_threshold(labels, scores, 1).value, 0.85);
}

TEST(PrecisionThreshold, SaysWhereThereIsNone) {
  const Threshold threshold = precision_threshold(Labels{0, 1, 0}, Scores{0.9, 0.8, 0.1}, 0.9);
  EXPECT_DOUBLE_EQ(threshold.value, 0.45);
  EXPECT_THAT(threshold.note,
              HasSubstr("no threshold has a precision of 0.9; this one has the highest, 0.500"));
  EXPECT_THROW(precision_threshold(Labels{1}, Scores{0.5}, 0), ParameterError);
}

Predictions folds() {
  return {.songs = {"a", "b", "c", "d"},
          .genres = {"Rock"},
          .labels = {1, 0, 1, 0},
          .scores = {0.9, 0.7, 0.3, 0.1},
          .fold = {"0", "0", "1", "1"}};
}

TEST(Thresholds, AreThoseOfTheFold) {
  const Thresholds thresholds = fit_thresholds(folds());
  EXPECT_DOUBLE_EQ(thresholds.at("0").at(0).value, 0.8);
  EXPECT_DOUBLE_EQ(thresholds.at("1").at(0).value, 0.2);
  EXPECT_THAT(decide(folds(), thresholds), ElementsAre(1, 0, 1, 0));
}

TEST(Thresholds, OfAnotherFoldAreRefused) {
  const Thresholds thresholds = fit_thresholds(folds());
  Predictions other = folds();
  other.fold = {"0", "0", "2", "2"};
  EXPECT_THROW(decide(other, thresholds), ParameterError);
}

TEST(CorrectPrior, IsBayesRuleWithTheOtherPrior) {
  // Odds 9 at equal classes are odds 1 where one song in ten has the genre.
  EXPECT_DOUBLE_EQ(correct_prior(0.9, {.trained = 0.5, .real = 0.1}), 0.5);
  EXPECT_DOUBLE_EQ(correct_prior(0.37, {.trained = 0.2, .real = 0.2}), 0.37);
  EXPECT_EQ(correct_prior(0, {.trained = 0.5, .real = 0.1}), 0);
  EXPECT_EQ(correct_prior(1, {.trained = 0.5, .real = 0.1}), 1);
}

TEST(CorrectPrior, CalibratesWhatWasTrainedOnBalancedClasses) {
  // Scores that are right at equal classes, on songs of which one in ten has the genre.
  Random random(4);
  Predictions predictions{.genres = {"Rock"}};
  for (int i = 0; i < 20000; ++i) {
    const bool positive = random.chance(0.1);
    const double x = random.normal() + (positive ? 0.5 : -0.5);
    predictions.songs.push_back(std::to_string(i));
    predictions.labels.push_back(positive ? 1 : 0);
    predictions.scores.push_back(1 / (1 + std::exp(-x)));  // the posterior of two unit normals one apart
  }
  const auto before = evaluate(predictions);
  const auto after = evaluate(correct_priors(predictions, fit_priors(predictions)));
  EXPECT_GT(find_metric(before, "Rock", "expected_calibration_error").value, 0.2);
  EXPECT_LT(find_metric(after, "Rock", "expected_calibration_error").value, 0.01);
  EXPECT_NEAR(find_metric(after, "Rock", "roc_auc").value, find_metric(before, "Rock", "roc_auc").value,
              1e-9);
}

TEST(FitPriors, LeaveARareGenrePossible) {
  Predictions predictions = folds();
  predictions.labels = {0, 0, 1, 1};
  const Priors priors = fit_priors(predictions);
  EXPECT_DOUBLE_EQ(priors.at("0").at(0).real, 0.5 / 3);
  EXPECT_DOUBLE_EQ(priors.at("1").at(0).real, 2.5 / 3);
  EXPECT_EQ(priors.at("0").at(0).trained, 0.5);
  EXPECT_THROW(correct_priors(predictions, fit_priors(predictions, 1)), ParameterError);
}

}  // namespace
}  // namespace gamut::evaluation
