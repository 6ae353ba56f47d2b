#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "gamut/evaluation/predictions.h"

namespace gamut::evaluation {

/// A metric's value, or why it has none.
struct Metric {
  std::string name;
  double value = 0;
  std::string undefined;  ///< empty where defined; else the reason, and value is 0 as in scikit-learn
};

/// The paper's six: accuracy, log_loss, f1, balanced_accuracy, precision, recall. Decision: score > threshold.
/// @param labels, scores  same length, at least 1.
std::vector<Metric> binary_metrics(std::span<const std::uint8_t> labels, std::span<const double> scores,
                                   double threshold = 0.5);

/// Names used in the genre column for what is not one genre; never a pair in a test.
inline constexpr std::string_view kAllCells = "(all cells)";
inline constexpr std::string_view kMacro = "(macro)";

/// One genre's metrics, or those of all cells pooled (kAllCells) or their mean over genres (kMacro).
struct GenreMetrics {
  std::string genre;
  std::vector<Metric> metrics;
};

/// Every genre in order, then kAllCells, then kMacro.
std::vector<GenreMetrics> evaluate(const Predictions& predictions, double threshold = 0.5);

}  // namespace gamut::evaluation
