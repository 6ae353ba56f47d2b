#pragma once

#include <optional>
#include <span>

#include "gamut/core/matrix.h"

namespace gamut::spectra {

/// Smallest power that decibels tell from silence; origin: librosa.
inline constexpr double kSmallestPower = 1e-10;

struct PowerToDbOptions {
  std::optional<double> ref = 1;      ///< the power that becomes 0 dB; none: the largest of the array
  double amin = kSmallestPower;       ///< powers below count as this; > 0
  std::optional<double> top_db = 80;  ///< dB kept below the largest cell, >= 0; none: no floor
};

/// Powers in decibels: 10 log10(max(amin, power)) - 10 log10(max(amin, |ref|)), no lower than its maximum
/// less top_db.
///
/// @param power  any shape; finite, >= 0.
/// @throws ParameterError  amin <= 0 or top_db < 0.
/// @source librosa.power_to_db, 0.10.2.
Matrix power_to_db(Matrix power, const PowerToDbOptions& options = {});

/// power_to_db in two steps, for arrays that come piece by piece: first every piece's levels, decibels
/// relative to 1, then what needs the whole array, its reference and its floor.
///
/// @param power  finite, >= 0; may be `level` itself.
/// @param amin   powers below count as this; > 0.
void power_to_level(std::span<const float> power, std::span<float> level, double amin = kSmallestPower);

/// @param level  levels of the whole array, with the same amin; becomes decibels.
/// @throws ParameterError  as power_to_db.
void level_to_db(std::span<float> level, const PowerToDbOptions& options);

struct AmplitudeToDbOptions {
  std::optional<double> ref = 1;      ///< the magnitude that becomes 0 dB; none: the largest of the array
  double amin = 1e-5;                 ///< magnitudes below count as this; > 0; origin: librosa
  std::optional<double> top_db = 80;  ///< dB kept below the largest cell, >= 0; none: no floor
};

/// Magnitudes in decibels: power_to_db of their squares, with ref and amin squared.
///
/// @param amplitude  any shape; finite.
/// @throws ParameterError  amin <= 0 or top_db < 0.
/// @source librosa.amplitude_to_db, 0.10.2.
Matrix amplitude_to_db(Matrix amplitude, const AmplitudeToDbOptions& options = {});

}  // namespace gamut::spectra
