#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "gamut/evaluation/sample.h"

namespace gamut::evaluation {

/// The metrics that are a mean over songs, each of all the genres of one song.
inline constexpr std::array<std::string_view, 7> kSongMetrics = {
    "f1_samples",     "hamming_loss",       "subset_accuracy",
    "coverage_error", "label_ranking_loss", "label_ranking_average_precision",
    "one_error"};
using SongValues = std::array<Value, kSongMetrics.size()>;

/// One song's values, in the order of kSongMetrics.
///
/// f1_samples is undefined without a genre in truth and decision, one_error without a genre in truth; the
/// other rankings then have scikit-learn's values: coverage 0, ranking loss 0, ranking precision 1.
/// Equal scores count against the ranking, but in one_error, where they share the first place.
///
/// @param labels  0 or 1, one a genre.
/// @param scores  as many.
/// @param given   1 where the genre is given to the song, else 0.
/// @source scikit-learn 1.2; one-error of Schapire & Singer, BoosTexter, Machine Learning 39 (2000).
SongValues song_values(std::span<const std::uint8_t> labels, std::span<const double> scores,
                       std::span<const std::uint8_t> given);

}  // namespace gamut::evaluation
