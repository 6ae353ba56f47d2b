#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gamut/evaluation/bootstrap.h"
#include "gamut/evaluation/measurement.h"
#include "gamut/evaluation/predictions.h"

namespace gamut::evaluation {

/// A metric's value, or why it has none.
struct Metric {
  std::string name;
  double value = 0;  ///< finite
  std::string
      undefined;  ///< empty where defined; else the reason, and value is what scikit-learn puts in its place
  bool partial = false;  ///< a mean over values of which some are undefined: `undefined` says which
  std::optional<Interval> interval = {};

  /// Whether there is a value where what is undefined is not counted.
  bool has_value() const { return undefined.empty() || partial; }
};

/// The six metrics of the paper, in its order.
inline constexpr std::array<std::string_view, 6> kPaperMetrics = {"accuracy",          "log_loss",  "f1",
                                                                  "balanced_accuracy", "precision", "recall"};

/// The metrics of one genre: kSampleMetrics, then support (positives), prevalence (their share) and
/// expected_calibration_error (of 10 bins, see reliability()).
///
/// A song is given the genre where score > threshold. Where a metric is undefined, `Metric::undefined` has
/// the reason and the value is scikit-learn's, 0 in most cases: see Sample::values(). The log loss is the
/// mean over songs, in nats; it takes no threshold.
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
inline constexpr std::string_view kMultiLabel = "(multi-label)";

/// One genre's metrics, or those of all cells pooled (kAllCells), their mean over genres (kMacro), or what
/// takes a song's genres together (kMultiLabel: kMultiLabelMetrics).
struct GenreMetrics {
  std::string genre;
  std::vector<Metric> metrics;
};

/// How evaluate() treats what is not certain.
struct EvaluationOptions {
  Undefined undefined = Undefined::zero;
  std::optional<BootstrapOptions> bootstrap = {};  ///< intervals, where there are groups to resample
};

/// Decisions by a threshold: 1 where score > threshold, shape [songs, genres].
///
/// @throws ParameterError  a threshold outside [0, 1].
std::vector<std::uint8_t> decide(const Predictions& predictions, double threshold = 0.5);

/// The metrics of every genre in order, then of kAllCells (every song x genre as one sample, the paper's
/// "aggregated"), of kMacro (the mean over genres) and kMultiLabel.
///
/// A mean over genres or songs treats undefined values as `options.undefined` says, but for the ROC AUC,
/// which is left out where it is undefined; `Metric::undefined` then names the genres it is undefined for,
/// while the value is still the mean. Support, prevalence and calibration error have no intervals, nor has
/// what is undefined or rests on fewer groups than kFewestGroups.
///
/// @param given  decisions, 1 where the genre is given to the song, shape [songs, genres].
/// @throws ParameterError  as validate(), or decisions of another shape.
std::vector<GenreMetrics> evaluate(const Predictions& predictions, std::span<const std::uint8_t> given,
                                   const EvaluationOptions& options = {});
/// The same with the decisions of one threshold.
///
/// @throws ParameterError  as validate(), or a threshold outside [0, 1].
std::vector<GenreMetrics> evaluate(const Predictions& predictions, double threshold = 0.5);

/// The metric of a genre, or of kAllCells, kMacro, kMultiLabel.
///
/// @throws ParameterError  there is none of that name.
const Metric& find_metric(std::span<const GenreMetrics> genres, std::string_view genre,
                          std::string_view name);

}  // namespace gamut::evaluation
