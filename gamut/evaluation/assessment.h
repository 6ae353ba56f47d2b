#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gamut/evaluation/baselines.h"
#include "gamut/evaluation/bootstrap.h"
#include "gamut/evaluation/decisions.h"
#include "gamut/evaluation/metrics.h"
#include "gamut/evaluation/predictions.h"

namespace gamut::evaluation {

struct AssessmentOptions {
  std::string part = {};  ///< songs to judge; empty: "test" where there are any, else all songs
  Undefined undefined = Undefined::zero;
  std::optional<BootstrapOptions> bootstrap = BootstrapOptions{};
  std::optional<double> precision = {};      ///< tuned thresholds reach it; the highest F1 without
  KnownSongs known = {};                     ///< of training; those of the predictions where empty
  Priors priors = {};                        ///< of the networks; fitted to `trained_prior` where empty
  std::optional<double> trained_prior = {};  ///< the share of positives in training; no correction without
  std::uint64_t seed = 97;                   ///< of the baselines that guess
};

/// Songs judged by one way of deciding.
struct DecisionMetrics {
  std::string decision;  ///< "0.5", "tuned" or "corrected"
  std::vector<GenreMetrics> metrics;
};

/// Everything that can be said of predictions.
struct Assessment {
  Predictions songs;                       ///< those judged
  std::string part;                        ///< which they are; empty: all
  std::string resampled;                   ///< "album", "artist" or "song"; empty without intervals
  std::vector<DecisionMetrics> decisions;  ///< 0.5 first
  Thresholds thresholds;                   ///< of "tuned"; empty where it is not there
  std::vector<Baseline> baselines;
  std::vector<std::string> chance;         ///< describe_chance() of 0.5
  std::vector<std::string> not_available;  ///< what is missing, with why, in sentences
};

/// Judges predictions by 0.5, by thresholds tuned and priors corrected on their validation songs, and beside
/// baselines, as far as their columns allow.
///
/// @throws ParameterError  as evaluate(), or no song of the part.
Assessment assess(const Predictions& predictions, const AssessmentOptions& options = {});

/// Fills part, album and artist of the predictions where they lack that column, from a split file with the
/// column song and any of these.
///
/// @throws FileError  missing or unreadable.
/// @throws ParameterError  a song that the split does not have.
void fill_from_split(Predictions& predictions, const std::filesystem::path& split);

}  // namespace gamut::evaluation
