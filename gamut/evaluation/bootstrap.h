#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gamut/evaluation/measurement.h"
#include "gamut/evaluation/predictions.h"

namespace gamut::evaluation {

/// What is drawn together, because it is alike: songs of an album drawn one by one would pass its eleventh
/// for news. `known` takes albums, else artists, else single songs, by the columns there are.
enum class ResampleBy { known, album, artist, song };

struct BootstrapOptions {
  int replicates = 1000;
  std::uint64_t seed = 97;
  ResampleBy by = ResampleBy::known;
};

/// A value that rests on fewer groups than this has no interval and no p: see Measurement::groups_behind().
///
/// Draws of one album's positives repeat that album or leave it out, so that the interval of a recall is a
/// point. Six is the fewest of which anything can be shown at the 5 % level: five albums that all agree have
/// p = 2 / 2^5 = 0.06 by the sign test. Intervals of little more than six are still too narrow.
inline constexpr std::size_t kFewestGroups = 6;

/// A percentile interval at 95 %.
struct Interval {
  double low = 0;
  double high = 0;
};

/// Songs by what is drawn together.
struct SongGroups {
  std::string by;                      ///< "album", "artist" or "song"
  std::vector<std::uint32_t> of_song;  ///< below count
  std::size_t count = 0;
};

/// A song without a name in the column is a group of its own.
///
/// @throws ParameterError  the column asked for is not there.
SongGroups group_songs(const Predictions& predictions, ResampleBy by);

/// Values of replicates: of each row of MeasuredValues::rows(), of each metric, one a replicate; NaN where a
/// replicate leaves it undefined.
using Replicates = std::vector<std::vector<std::vector<double>>>;

/// Draws as many groups as there are, with replacement, for every replicate; the same seed and count of
/// groups give the same draws, on any number of threads.
///
/// @source Efron & Tibshirani, An Introduction to the Bootstrap (1993), 13.3; groups as in Davison & Hinkley,
/// Bootstrap Methods and their Application (1997), 3.8.
Replicates draw_replicates(const Measurement& measurement, std::size_t n_groups,
                           const BootstrapOptions& options);

/// The 2.5 and 97.5 percentiles, interpolated between order statistics as NumPy does.
///
/// @param replicates  NaN are left out.
/// @return none where fewer than half of them are numbers.
std::optional<Interval> percentile_interval(std::vector<double> replicates);

}  // namespace gamut::evaluation
