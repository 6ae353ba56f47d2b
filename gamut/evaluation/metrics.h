#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gamut/evaluation/predictions.h"

namespace gamut::evaluation {

/// A metric's value, or why it has none.
struct Metric {
  std::string name;
  double value = 0;  ///< finite
  std::string
      undefined;  ///< empty where defined; else the reason, and value is what scikit-learn puts in its place
};

/// The paper's six metrics of one genre: accuracy, log_loss, f1, balanced_accuracy, precision, recall, in
/// this order.
///
/// A song is given the genre where score > threshold. Where a metric is undefined, `Metric::undefined` has
/// the reason and the value is scikit-learn's: 0 for precision (nothing predicted), recall (no positives) and
/// f1 (neither); for balanced accuracy of truth that is all of one class, the recall of that class. The log
/// loss is the mean over songs, in nats; it takes no threshold.
///
/// @param labels     0 or 1; at least one.
/// @param scores     in [0, 1], as many as labels; the log loss clips them to [e, 1 - e], e = 2.2e-16 the
/// machine epsilon.
/// @param threshold  in [0, 1].
/// @throws ParameterError  a length, label, score or threshold out of these limits.
/// @source definitions and conventions of scikit-learn 1.2 with zero_division = 0; values checked against it.
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

/// The six metrics of every genre in order, then of kAllCells (every song x genre as one sample, the paper's
/// "aggregated"), then of kMacro (the mean over genres).
///
/// The macro mean counts an undefined value with the number that stands for it, as scikit-learn's does;
/// `Metric::undefined` then names the genres it is undefined for, while the value is still the mean.
///
/// @throws ParameterError  as validate(), or a threshold outside [0, 1].
std::vector<GenreMetrics> evaluate(const Predictions& predictions, double threshold = 0.5);

}  // namespace gamut::evaluation
