#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gamut/evaluation/results.h"

namespace gamut::report {

/// One metric of the test songs at one decision, averaged over folds and repeats.
struct Score {
  std::string
      set;  ///< the picture set as readers call it: its scale, with `reduce` where the run has several
  std::string architecture;
  std::string start;  ///< initial weights, with the strategy where the run has several
  std::string genre;  ///< or "(all cells)", "(macro)"
  std::string metric;
  std::optional<double> value;  ///< none where every fold leaves it undefined
  /// 95 % interval, the mean of those of the repeats; none unless all of them have one.
  std::optional<double> low = {}, high = {};
  std::string reason = {};  ///< what the value leaves undefined or counts with a stand-in; else empty
};

/// A run's scores with their levels, each in the order in which the results name them.
struct Scores {
  std::vector<std::string> scales, sets, architectures, starts, metrics;
  std::vector<Score> rows;

  /// Scores of single genres; never those of a pool or a mean.
  std::vector<Score> of_genres(std::string_view metric) const;
  /// The score, or null where the run lacks it.
  const Score* look_up(std::string_view set, std::string_view architecture, std::string_view start,
                       std::string_view genre, std::string_view metric) const;
  /// No value where the run lacks it or it is undefined.
  std::optional<double> find(std::string_view set, std::string_view architecture, std::string_view start,
                             std::string_view genre, std::string_view metric) const;
};

/// The test songs' scores at a decision (or of a baseline) of results.csv; empty where there are none.
Scores select_scores(std::span<const evaluation::ResultRow> results, std::string_view decision);

/// select_scores() at the decision "0.5".
/// @throws ParameterError  there are none.
Scores select_test_scores(std::span<const evaluation::ResultRow> results);

/// A picture set as readers call it: its scale, with `reduce` where there are several.
std::string set_title(std::string_view scale, std::string_view reduce, bool several_reduces);

/// Initial weights as readers call them, with the strategy where there are several.
std::string start_title(std::string_view initialisation, std::string_view strategy, bool several_strategies);

/// Whether a row of results is one genre's, not a pool or a mean.
bool is_single_genre(std::string_view genre);

/// "f1" -> "F1", "roc_auc" -> "ROC AUC", "log_loss" -> "Log loss"; other names stay.
std::string metric_title(std::string_view metric);

/// "imagenet" -> "ImageNet weights", "random" -> "Random weights"; other names stay.
std::string initialisation_title(std::string_view initialisation);

}  // namespace gamut::report
