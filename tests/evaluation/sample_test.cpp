#include "gamut/evaluation/sample.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "gamut/core/random.h"

namespace gamut::evaluation {
namespace {

struct Cells {
  std::vector<std::uint8_t> labels = {}, given = {};
  std::vector<double> scores = {};
  std::vector<std::uint32_t> groups = {};

  std::size_t size() const { return labels.size(); }
  void add(std::uint8_t label, double score, std::uint32_t group) {
    labels.push_back(label);
    scores.push_back(score);
    given.push_back(score > 0.5 ? 1 : 0);
    groups.push_back(group);
  }
  Sample sample(std::size_t n_groups) const { return {labels, scores, given, groups, n_groups}; }
};

/// Scores on a coarse grid, so that many are equal.
Cells random_cells(std::size_t n, std::uint32_t n_groups) {
  Random random(5);
  Cells cells;
  for (std::size_t i = 0; i < n; ++i) {
    const bool positive = random.chance(0.3);
    const double score = double(random.below(8) + (positive ? 3 : 0)) / 10;
    cells.add(positive ? 1 : 0, score, static_cast<std::uint32_t>(random.below(n_groups)));
  }
  return cells;
}

Value value_of(const SampleValues& values, std::string_view name) {
  return values.at(
      static_cast<std::size_t>(std::ranges::find(kSampleMetrics, name) - kSampleMetrics.begin()));
}

TEST(Sample, RocAucIsTheShareOfPairsInOrder) {
  const Cells cells = random_cells(200, 1);
  double in_order = 0;
  double pairs = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    for (std::size_t j = 0; j < cells.size(); ++j) {
      if (cells.labels[i] != 1 || cells.labels[j] != 0) continue;
      ++pairs;
      in_order += cells.scores[i] > cells.scores[j] ? 1 : cells.scores[i] == cells.scores[j] ? 0.5 : 0;
    }
  }
  const SampleValues values = cells.sample(1).values(std::array{1.0});
  EXPECT_NEAR(value_of(values, "roc_auc").value, in_order / pairs, 1e-12);
}

TEST(Sample, AveragePrecisionIsTheMeanOverPositivesOfThePrecisionAtTheirScore) {
  const Cells cells = random_cells(200, 1);
  double sum = 0;
  double positives = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells.labels[i] != 1) continue;
    ++positives;
    double given = 0;
    double right = 0;
    for (std::size_t j = 0; j < cells.size(); ++j) {
      if (cells.scores[j] < cells.scores[i]) continue;
      ++given;
      right += cells.labels[j];
    }
    sum += right / given;
  }
  const SampleValues values = cells.sample(1).values(std::array{1.0});
  EXPECT_NEAR(value_of(values, "average_precision").value, sum / positives, 1e-12);
}

TEST(Sample, AWeightOfAGroupIsItsCellsThatManyTimes) {
  const Cells cells = random_cells(60, 4);
  const std::array weights = {2.0, 0.0, 1.0, 3.0};
  Cells repeated;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    for (double copy = 0; copy < weights[cells.groups[i]]; ++copy)
      repeated.add(cells.labels[i], cells.scores[i], 0);
  }
  const SampleValues weighted = cells.sample(4).values(weights);
  const SampleValues counted = repeated.sample(1).values(std::array{1.0});
  for (std::size_t m = 0; m < kSampleMetrics.size(); ++m) {
    EXPECT_NEAR(weighted[m].value, counted[m].value, 1e-12) << kSampleMetrics[m];
  }
}

TEST(Sample, UndefinedMetricsSayWhy) {
  Cells negatives;
  negatives.add(0, 0.1, 0);
  negatives.add(0, 0.9, 0);
  const SampleValues values = negatives.sample(1).values(std::array{1.0});
  for (const char* name :
       {"recall", "balanced_accuracy", "geometric_mean", "mcc", "roc_auc", "average_precision"}) {
    EXPECT_STREQ(value_of(values, name).undefined, "no positives") << name;
  }
  EXPECT_EQ(value_of(values, "specificity").undefined, nullptr);
  EXPECT_STREQ(value_of(negatives.sample(1).values(std::array{0.0}), "accuracy").undefined, "no songs");
}

TEST(Sample, MccOfDecisionsOfOneClassIsUndefined) {
  Cells cells;
  cells.add(0, 0.1, 0);
  cells.add(1, 0.2, 0);
  EXPECT_STREQ(value_of(cells.sample(1).values(std::array{1.0}), "mcc").undefined, "none predicted");
  cells.given = {1, 1};
  EXPECT_STREQ(value_of(cells.sample(1).values(std::array{1.0}), "mcc").undefined, "all predicted");
}

TEST(Sample, BrierIsTheMeanSquaredError) {
  Cells cells;
  cells.add(1, 0.8, 0);
  cells.add(0, 0.4, 0);
  EXPECT_NEAR(value_of(cells.sample(1).values(std::array{1.0}), "brier").value, (0.04 + 0.16) / 2, 1e-15);
}

}  // namespace
}  // namespace gamut::evaluation
