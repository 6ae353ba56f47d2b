#pragma once

#include <optional>

#include "gamut/core/matrix.h"

namespace gamut::spectra {

/// Smallest power that decibels tell from silence; origin: librosa.
inline constexpr double kSmallestPower = 1e-10;

/// 10 log10(max(smallest, power)) in float32: decibels of one cell relative to a power of 1.
float power_cell_to_db(float power, double smallest = kSmallestPower);

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
