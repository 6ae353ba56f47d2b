#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gamut/evaluation/predictions.h"

namespace gamut::evaluation {

/// A threshold and what must be known of how it came about.
struct Threshold {
  double value = 0.5;     ///< in [0, 1); a genre is given where score > value
  std::string note = {};  ///< why it is not what was asked for; empty where it is
};

/// One a genre, for each fold, whose networks are others; the fold is "" where predictions have no folds.
using Thresholds = std::map<std::string, std::vector<Threshold>>;

/// The threshold of the highest F1, midway between the scores it separates; of several, the one next to 0.5.
/// Without positives it stays 0.5, with a note.
///
/// @param labels  0 or 1.
/// @param scores  in [0, 1], as many.
Threshold best_f1_threshold(std::span<const std::uint8_t> labels, std::span<const double> scores);

/// The threshold of the highest recall among those whose precision is at least `precision`; where there is
/// none, the one of the highest precision, with a note.
///
/// @param precision  in (0, 1].
/// @throws ParameterError  a precision outside that.
Threshold precision_threshold(std::span<const std::uint8_t> labels, std::span<const double> scores,
                              double precision);

/// Thresholds of every genre and fold.
///
/// @param validation  songs that the networks have not learned from and that are not those to be judged.
/// @param precision   the least precision wanted; the highest F1 without.
/// @throws ParameterError  as validate().
Thresholds fit_thresholds(const Predictions& validation, std::optional<double> precision = {});

/// Decisions of every cell by the threshold of its genre and fold.
///
/// @throws ParameterError  a fold or a count of genres that the thresholds do not have.
std::vector<std::uint8_t> decide(const Predictions& predictions, const Thresholds& thresholds);

/// What a network takes a genre's share of songs to be, and what it is.
struct Prior {
  double trained = 0.5;  ///< in (0, 1): of the songs it was trained on
  double real = 0.5;     ///< in (0, 1): of the songs there are
};
using Priors = std::map<std::string, std::vector<Prior>>;  ///< one a genre, for each fold

/// Priors of networks trained on balanced classes, from the shares among validation songs. A share counts
/// half a song more on either side, so that a genre without validation songs is rare and not impossible.
///
/// @throws ParameterError  as validate().
Priors fit_priors(const Predictions& validation, double trained = 0.5);

/// The score that a network of this prior would have given: s r/t / (s r/t + (1 - s) (1 - r)/(1 - t)), r the
/// real share, t the trained.
///
/// @source Saerens, Latinne & Decaestecker, Adjusting the Outputs of a Classifier to New a Priori
/// Probabilities, Neural Computation 14 (2002), eq. 2.4, with known priors.
double correct_prior(double score, const Prior& prior);

/// Every score corrected.
///
/// @throws ParameterError  a fold or a count of genres that the priors do not have, or a prior outside (0,
/// 1).
Predictions correct_priors(Predictions predictions, const Priors& priors);

}  // namespace gamut::evaluation
