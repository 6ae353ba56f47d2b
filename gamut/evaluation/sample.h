#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace gamut::evaluation {

/// A number, or why there is none.
struct Value {
  double value = 0;                 ///< finite; where undefined, what stands in its place
  const char* undefined = nullptr;  ///< the reason, or none
};

/// The metrics of one sample of cells (a cell is a song with a genre), the paper's six first.
inline constexpr std::array<std::string_view, 12> kSampleMetrics = {
    "accuracy",    "log_loss",       "f1",  "balanced_accuracy", "precision",         "recall",
    "specificity", "geometric_mean", "mcc", "roc_auc",           "average_precision", "brier"};
using SampleValues = std::array<Value, kSampleMetrics.size()>;

/// Sums over cells from which every metric but the ranking ones follows.
struct Tally {
  double true_positives = 0;
  double false_positives = 0;
  double true_negatives = 0;
  double false_negatives = 0;
  double log_loss = 0;
  double squared_error = 0;

  double positives() const { return true_positives + false_negatives; }
  double negatives() const { return true_negatives + false_positives; }
  double predicted() const { return true_positives + false_positives; }
  double cells() const { return positives() + negatives(); }
  void add(const Tally& other, double weight);
};

/// Cells counted by group and sorted by score once, so that their metrics are cheap for any weighting of the
/// groups: weights of 1 are the sample itself, multinomial weights a bootstrap replicate.
class Sample {
 public:
  /// @param labels  0 or 1.
  /// @param scores  in [0, 1].
  /// @param given   1 where the genre is given to the song, else 0.
  /// @param groups  of each cell, below n_groups.
  Sample(std::span<const std::uint8_t> labels, std::span<const double> scores,
         std::span<const std::uint8_t> given, std::span<const std::uint32_t> groups, std::size_t n_groups);

  /// In the order of kSampleMetrics.
  ///
  /// Undefined where there are no cells, and: precision (none predicted), recall (no positives), specificity
  /// (no negatives), f1 (neither positives nor any predicted), balanced accuracy, geometric mean and ROC AUC
  /// (truth of one class), MCC (truth or decisions of one class), average precision (no positives). What
  /// stands in is 0, and for balanced accuracy the recall of the only class.
  ///
  /// @param weights  one a group, >= 0.
  /// @source definitions of scikit-learn 1.2 (zero_division = 0), the geometric mean of imbalanced-learn;
  /// average precision is the sum of steps, not the trapezoid.
  SampleValues values(std::span<const double> weights) const;
  Tally tally(std::span<const double> weights) const;

  /// Groups that hold a positive, or groups that hold a negative, whichever are fewer.
  std::size_t groups_of_rarer_class() const;

 private:
  struct RankedCell {
    double score;
    std::uint32_t group;
    bool positive;
  };
  std::vector<Tally> groups_;
  std::vector<RankedCell> ranking_;  // best score first
};

}  // namespace gamut::evaluation
