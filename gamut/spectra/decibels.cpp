#include "gamut/spectra/decibels.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>

#include "gamut/core/error.h"

namespace gamut::spectra {
namespace {

void check(double amin, std::optional<double> top_db) {
  if (!(amin > 0)) {
    throw ParameterError(fmt::format("amin is {}; it must be above 0, or silence has no decibels", amin));
  }
  if (top_db && !(*top_db >= 0)) {
    throw ParameterError(fmt::format("top_db is {} dB; it must be at least 0 dB, or none", *top_db));
  }
}

/// 10 log10(power) to the last digit of a float (below 1 dB: to 3e-7 of it), without a branch or a call, so
/// that the loop around it becomes vector code: five times as fast as std::log10, which would be most of the
/// time that a linear spectrogram in decibels takes.
///
/// @param power  a normal number above 0.
/// @source power = 2^e m with m in [√½, √2), and log m = 2 artanh((m - 1) / (m + 1)) as a series.
inline float ten_log10(float power) {
  constexpr auto kRootOfHalf = std::bit_cast<std::int32_t>(static_cast<float>(std::numbers::sqrt2 / 2));
  const auto bits = std::bit_cast<std::int32_t>(power);
  const std::int32_t exponent = (bits - kRootOfHalf) >> 23;
  const float m = std::bit_cast<float>(bits - (exponent << 23));
  const float s = (m - 1) / (m + 1);
  const float s2 = s * s;
  float series = s2 * (1.0F / 11) + 1.0F / 9;
  series = series * s2 + 1.0F / 7;
  series = series * s2 + 1.0F / 5;
  series = series * s2 + 1.0F / 3;
  series *= s2;
  // An octave's decibels in two parts: a multiple of the first, of 16 bits, is exact.
  constexpr double kOctave = 10 * std::numbers::ln2 / std::numbers::ln10;
  constexpr float kOctaveHigh = 0x1.815p+1F;
  constexpr auto kOctaveLow = static_cast<float>(kOctave - kOctaveHigh);
  const auto octaves = static_cast<float>(exponent);
  const float within = static_cast<float>(20 / std::numbers::ln10) * s;
  return octaves * kOctaveHigh + (within + (within * series + octaves * kOctaveLow));
}

/// 0 for none.
float largest(std::span<const float> cells) {
  if (cells.empty()) return 0;
  const float* const values = cells.data();
  float most = *values;
#pragma omp simd reduction(max : most)
  for (std::size_t i = 1; i < cells.size(); ++i) most = values[i] > most ? values[i] : most;
  return most;
}

}  // namespace

void power_to_level(std::span<const float> power, std::span<float> level, double amin) {
  const float* const from = power.data();
  float* const to = level.data();
  if (amin < std::numeric_limits<float>::min()) {  // below the normal numbers
    std::transform(from, from + power.size(), to, [amin](float cell) {
      return static_cast<float>(10 * std::log10(std::max(amin, static_cast<double>(cell))));
    });
    return;
  }
  const auto smallest = static_cast<float>(amin);
#pragma omp simd
  for (std::size_t i = 0; i < power.size(); ++i) to[i] = ten_log10(from[i] > smallest ? from[i] : smallest);
}

void level_to_db(std::span<float> level, const PowerToDbOptions& options) {
  check(options.amin, options.top_db);
  const float loudest = largest(level);
  float reference = loudest;
  if (options.ref) {  // by the way of the cells, so that a cell of this power is 0 dB exactly
    const auto power = static_cast<float>(std::abs(*options.ref));
    power_to_level(std::span(&power, 1), std::span(&reference, 1), options.amin);
  }
  const float floor_db = options.top_db ? (loudest - reference) - static_cast<float>(*options.top_db)
                                        : -std::numeric_limits<float>::infinity();
  float* const cells = level.data();
#pragma omp simd
  for (std::size_t i = 0; i < level.size(); ++i) {
    const float db = cells[i] - reference;
    cells[i] = db > floor_db ? db : floor_db;
  }
}

Matrix power_to_db(Matrix power, const PowerToDbOptions& options) {
  check(options.amin, options.top_db);
  power_to_level(power.values, power.values, options.amin);
  level_to_db(power.values, options);
  return power;
}

Matrix amplitude_to_db(Matrix amplitude, const AmplitudeToDbOptions& options) {
  check(options.amin, options.top_db);
  for (float& cell : amplitude.values) cell *= cell;
  PowerToDbOptions squared{.ref = options.ref, .amin = options.amin * options.amin, .top_db = options.top_db};
  if (squared.ref) *squared.ref *= *squared.ref;
  return power_to_db(std::move(amplitude), squared);
}

}  // namespace gamut::spectra
