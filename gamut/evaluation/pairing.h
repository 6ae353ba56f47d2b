#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gamut/evaluation/bootstrap.h"
#include "gamut/evaluation/predictions.h"

namespace gamut::evaluation {

/// `second` in the order of songs and genres of `first`: two networks on the same songs.
///
/// @throws ParameterError  other songs (in one fold), genres or labels in one than in the other; the message
/// names the first.
Predictions align(const Predictions& first, const Predictions& second);

/// A metric's difference between two networks.
struct Difference {
  std::string genre;           ///< or "(all cells)", "(macro)"
  double value = 0;            ///< first minus second
  std::string undefined = {};  ///< why there is none, else empty
  std::optional<Interval> interval = {};
};

/// What a difference is worth: both networks are measured on the same draws of albums, so that what makes an
/// album hard for both cancels. What rests on fewer groups than kFewestGroups has no interval.
///
/// @param metric     one of kSampleMetrics.
/// @param threshold  of the decisions of both.
/// @return each genre, then all cells and macro, whose means leave out nothing but what a replicate lacks, as
/// evaluate() does.
/// @throws ParameterError  predictions that do not align, or an unknown metric.
std::vector<Difference> bootstrap_difference(const Predictions& first, const Predictions& second,
                                             std::string_view metric, const BootstrapOptions& options = {},
                                             double threshold = 0.5);

/// McNemar's test of one genre: whether one network is right where the other is wrong more often than the
/// reverse.
struct McNemar {
  std::string genre;
  double first_right = 0;   ///< songs that the first alone decides rightly
  double second_right = 0;  ///< songs that the second alone decides rightly
  bool exact = false;       ///< the binomial distribution, else chi-square with one degree of freedom
  std::optional<double> statistic = {};  ///< chi-square with Edwards' continuity correction
  double p = 1;                          ///< two-sided
};

/// Each genre; exact below 25 songs on which only one network is right. It takes songs as independent, which
/// those of an album are not, so that its p values are too small where albums are large:
/// bootstrap_difference() allows for that.
///
/// @param threshold  of the decisions of both.
/// @throws ParameterError  predictions that do not align.
/// @source McNemar, Psychometrika 12 (1947); the correction: Edwards, Psychometrika 13 (1948).
std::vector<McNemar> mcnemar(const Predictions& first, const Predictions& second, double threshold = 0.5);
/// The test from its two counts; `genre` is left empty.
McNemar mcnemar(double first_right, double second_right);

}  // namespace gamut::evaluation
