#include "gamut/evaluation/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "gamut/core/error.h"
#include "gamut/core/random.h"

namespace gamut::evaluation {
namespace {

using testing::HasSubstr;

using Labels = std::vector<std::uint8_t>;
using Scores = std::vector<double>;

Metric metric(const std::vector<Metric>& metrics, const std::string& name) {
  for (const Metric& candidate : metrics) {
    if (candidate.name == name) return candidate;
  }
  ADD_FAILURE() << "no metric " << name;
  return {};
}

std::string message_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const ParameterError& error) {
    return error.what();
  }
  return "nothing thrown";
}

TEST(BinaryMetrics, FollowTheirDefinitions) {
  // 2 true positives, 1 false negative, 1 false positive, 4 true negatives.
  const Labels labels = {1, 1, 1, 0, 0, 0, 0, 0};
  const Scores scores = {0.9, 0.8, 0.2, 0.7, 0.1, 0.1, 0.1, 0.1};
  const auto metrics = binary_metrics(labels, scores);
  EXPECT_DOUBLE_EQ(metric(metrics, "accuracy").value, 6.0 / 8);
  EXPECT_DOUBLE_EQ(metric(metrics, "precision").value, 2.0 / 3);
  EXPECT_DOUBLE_EQ(metric(metrics, "recall").value, 2.0 / 3);
  EXPECT_DOUBLE_EQ(metric(metrics, "f1").value, 2.0 / 3);
  EXPECT_DOUBLE_EQ(metric(metrics, "balanced_accuracy").value, (2.0 / 3 + 4.0 / 5) / 2);
  EXPECT_NEAR(metric(metrics, "log_loss").value,
              -(std::log(0.9) + std::log(0.8) + std::log(0.2) + std::log(0.3) + 4 * std::log(0.9)) / 8,
              1e-15);
  for (const Metric& each : metrics) EXPECT_EQ(each.undefined, "") << each.name;
}

TEST(BinaryMetrics, ScoreAtTheThresholdIsNotGiven) {
  const auto metrics = binary_metrics(Labels{1, 0}, Scores{0.5, 0.5}, 0.5);
  EXPECT_EQ(metric(metrics, "recall").value, 0);
  EXPECT_EQ(metric(metrics, "accuracy").value, 0.5);
}

TEST(BinaryMetrics, ThresholdMovesTheDecisionButNotTheLogLoss) {
  const Labels labels = {1, 0};
  const Scores scores = {0.4, 0.2};
  EXPECT_EQ(metric(binary_metrics(labels, scores, 0.3), "f1").value, 1);
  EXPECT_EQ(metric(binary_metrics(labels, scores, 0.5), "f1").value, 0);
  EXPECT_EQ(metric(binary_metrics(labels, scores, 0.3), "log_loss").value,
            metric(binary_metrics(labels, scores, 0.5), "log_loss").value);
}

TEST(BinaryMetrics, NothingPredictedLeavesPrecisionAloneUndefined) {
  const auto metrics = binary_metrics(Labels{1, 0}, Scores{0.1, 0.1});
  EXPECT_EQ(metric(metrics, "precision").value, 0);
  EXPECT_EQ(metric(metrics, "precision").undefined, "none predicted");
  EXPECT_EQ(metric(metrics, "f1").undefined, "");
  EXPECT_EQ(metric(metrics, "recall").undefined, "");
  EXPECT_EQ(metric(metrics, "balanced_accuracy").value, 0.5);
}

TEST(BinaryMetrics, NoPositivesAndNonePredictedLeavesF1Undefined) {
  const auto metrics = binary_metrics(Labels{0, 0}, Scores{0.1, 0.1});
  EXPECT_EQ(metric(metrics, "f1").value, 0);
  EXPECT_EQ(metric(metrics, "f1").undefined, "no positives, none predicted");
  EXPECT_EQ(metric(metrics, "recall").undefined, "no positives");
  EXPECT_EQ(metric(metrics, "accuracy").undefined, "");
  EXPECT_EQ(metric(metrics, "log_loss").undefined, "");
}

TEST(BinaryMetrics, BalancedAccuracyOfOneClassIsItsRecallAndFlagged) {
  const Metric negatives =
      metric(binary_metrics(Labels{0, 0, 0, 0}, Scores{0.9, 0.1, 0.1, 0.1}), "balanced_accuracy");
  EXPECT_EQ(negatives.value, 0.75);
  EXPECT_EQ(negatives.undefined, "no positives");
  const Metric positives =
      metric(binary_metrics(Labels{1, 1, 1, 1}, Scores{0.9, 0.1, 0.1, 0.1}), "balanced_accuracy");
  EXPECT_EQ(positives.value, 0.25);
  EXPECT_EQ(positives.undefined, "no negatives");
}

TEST(BinaryMetrics, CertainAndWrongCostsTheLogOfTheMachineEpsilon) {
  const double epsilon = std::ldexp(1.0, -52);
  EXPECT_DOUBLE_EQ(metric(binary_metrics(Labels{1}, Scores{0.0}), "log_loss").value, -std::log(epsilon));
  EXPECT_DOUBLE_EQ(metric(binary_metrics(Labels{0}, Scores{1.0}), "log_loss").value, -std::log(epsilon));
  EXPECT_NEAR(metric(binary_metrics(Labels{1}, Scores{1.0}), "log_loss").value, epsilon, 1e-18);
}

TEST(BinaryMetrics, DoNotDependOnTheOrderOfSongs) {
  Random random(97);
  Labels labels(101);
  Scores scores(101);
  std::vector<std::size_t> order(101);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    labels[i] = random.chance(0.3) ? 1 : 0;
    scores[i] = random.uniform();
    order[i] = i;
  }
  random.shuffle(std::span(order));
  Labels shuffled_labels;
  Scores shuffled_scores;
  for (std::size_t i : order) {
    shuffled_labels.push_back(labels[i]);
    shuffled_scores.push_back(scores[i]);
  }
  const auto before = binary_metrics(labels, scores);
  const auto after = binary_metrics(shuffled_labels, shuffled_scores);
  for (std::size_t m = 0; m < before.size(); ++m)
    EXPECT_NEAR(before[m].value, after[m].value, 1e-12) << before[m].name;
}

TEST(BinaryMetrics, BalancedAccuracyAndAccuracyAreSymmetricInTheClasses) {
  const Labels labels = {1, 1, 0, 0, 0, 1, 0};
  const Scores scores = {0.9, 0.3, 0.6, 0.2, 0.1, 0.8, 0.4};
  Labels flipped_labels;
  Scores flipped_scores;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    flipped_labels.push_back(labels[i] == 1 ? 0 : 1);
    flipped_scores.push_back(1 - scores[i]);
  }
  const auto there = binary_metrics(labels, scores);
  const auto back = binary_metrics(flipped_labels, flipped_scores);
  for (const char* name : {"accuracy", "balanced_accuracy", "log_loss"}) {
    EXPECT_NEAR(metric(there, name).value, metric(back, name).value, 1e-12) << name;
  }
}

TEST(BinaryMetrics, RefuseBadInputByName) {
  EXPECT_THAT(message_of([] { binary_metrics(Labels{}, Scores{}); }), HasSubstr("at least one"));
  EXPECT_THAT(message_of([] {
                binary_metrics(Labels{1}, Scores{0.1, 0.2});
              }),
              HasSubstr("1 labels and 2 scores"));
  EXPECT_THAT(message_of([] { binary_metrics(Labels{2}, Scores{0.1}); }), HasSubstr("a label is 0 or 1"));
  EXPECT_THAT(message_of([] { binary_metrics(Labels{1}, Scores{1.5}); }), HasSubstr("score 0 is 1.5"));
  EXPECT_THAT(message_of([] { binary_metrics(Labels{1}, Scores{std::nan("")}); }), HasSubstr("nan"));
  EXPECT_THAT(message_of([] { binary_metrics(Labels{1}, Scores{0.5}, -1); }), HasSubstr("threshold is -1"));
}

TEST(Evaluate, GenresComeInOrderThenAllCellsMacroAndMultiLabel) {
  const Predictions predictions = {
      .songs = {"a", "b"}, .genres = {"Rock", "R&B"}, .labels = {1, 0, 0, 1}, .scores = {0.9, 0.1, 0.2, 0.3}};
  const auto result = evaluate(predictions);
  ASSERT_EQ(result.size(), 5u);
  EXPECT_EQ(result[0].genre, "Rock");
  EXPECT_EQ(result[1].genre, "R&B");
  EXPECT_EQ(result[2].genre, "(all cells)");
  EXPECT_EQ(result[3].genre, "(macro)");
  EXPECT_EQ(result[4].genre, "(multi-label)");
  EXPECT_EQ(metric(result[0].metrics, "recall").value, 1);
  EXPECT_EQ(metric(result[1].metrics, "recall").value, 0);
  EXPECT_EQ(metric(result[2].metrics, "recall").value, 0.5);
  EXPECT_EQ(metric(result[2].metrics, "accuracy").value, 0.75);
}

TEST(Evaluate, MacroCountsAnUndefinedGenreAsZeroAndNamesIt) {
  const Predictions predictions = {
      .songs = {"a", "b"}, .genres = {"Rock", "R&B"}, .labels = {1, 0, 0, 1}, .scores = {0.9, 0.1, 0.2, 0.3}};
  const auto result = evaluate(predictions);
  const Metric precision = metric(result[3].metrics, "precision");
  EXPECT_EQ(precision.value, 0.5);
  EXPECT_EQ(precision.undefined, "undefined for 1 of 2 genres: R&B");
  EXPECT_EQ(metric(result[3].metrics, "recall").undefined, "");
  EXPECT_EQ(metric(result[2].metrics, "precision").undefined, "");
}

TEST(Evaluate, SkippingLeavesUndefinedGenresAndSongsOutOfTheirMeans) {
  const Predictions predictions = {
      .songs = {"a", "b"}, .genres = {"Rock", "R&B"}, .labels = {1, 0, 0, 0}, .scores = {0.9, 0.1, 0.2, 0.3}};
  const auto zero = evaluate(predictions, decide(predictions));
  const auto skip = evaluate(predictions, decide(predictions), {.undefined = Undefined::skip});
  for (const char* name : {"f1_macro", "f1_samples", "average_precision_macro"}) {
    EXPECT_EQ(find_metric(zero, kMultiLabel, name).value, 0.5) << name;
    EXPECT_EQ(find_metric(skip, kMultiLabel, name).value, 1) << name;
    EXPECT_THAT(find_metric(zero, kMultiLabel, name).undefined, HasSubstr("undefined for 1 of 2")) << name;
    EXPECT_TRUE(find_metric(skip, kMultiLabel, name).has_value()) << name;
  }
  EXPECT_EQ(find_metric(skip, kMacro, "f1").undefined,
            "undefined for 1 of 2 genres: R&B; left out of the mean");
  EXPECT_FALSE(find_metric(skip, "R&B", "roc_auc").has_value());
}

TEST(Evaluate, NothingStandsInForAnUndefinedRocAuc) {
  const Predictions predictions = {
      .songs = {"a", "b"}, .genres = {"Rock", "R&B"}, .labels = {1, 0, 0, 0}, .scores = {0.9, 0.1, 0.2, 0.3}};
  const auto zero = evaluate(predictions, decide(predictions));
  EXPECT_EQ(find_metric(zero, kMacro, "roc_auc").value, 1);
  EXPECT_EQ(find_metric(zero, kMacro, "roc_auc").undefined,
            "undefined for 1 of 2 genres: R&B; left out of the mean");
  EXPECT_EQ(find_metric(zero, kMultiLabel, "roc_auc_macro").value, 1);
  EXPECT_EQ(find_metric(zero, kMacro, "average_precision").value, 0.5);
}

TEST(Evaluate, AMeanOfNothingIsUndefinedUnderEitherPolicy) {
  const Predictions predictions = {.songs = {"a"}, .genres = {"Rock"}, .labels = {0}, .scores = {0.1}};
  const auto skip = evaluate(predictions, decide(predictions), {.undefined = Undefined::skip});
  EXPECT_FALSE(find_metric(skip, kMacro, "f1").has_value());
  EXPECT_FALSE(find_metric(skip, kMultiLabel, "f1_samples").has_value());
  EXPECT_FALSE(find_metric(skip, kMultiLabel, "one_error").has_value());
  EXPECT_EQ(find_metric(skip, kMultiLabel, "f1_weighted").undefined, "no positives");
}

TEST(Evaluate, RefusesDecisionsOfAnotherShape) {
  const Predictions predictions = {.songs = {"a"}, .genres = {"Rock"}, .labels = {0}, .scores = {0.1}};
  EXPECT_THAT(message_of([&] { evaluate(predictions, Labels{1, 0}); }), HasSubstr("2 decisions"));
}

TEST(Evaluate, RefusesPredictionsOfUnequalShapes) {
  const Predictions predictions = {.songs = {"a"}, .genres = {"Rock", "Pop"}, .labels = {1}, .scores = {0.9}};
  EXPECT_THAT(message_of([&] { evaluate(predictions); }), HasSubstr("1 songs and 2 genres need 2 of each"));
}

}  // namespace
}  // namespace gamut::evaluation
