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

/// 10 log10(power) to 1e-13 of its value, without a branch or a call, so that the loop around it becomes
/// vector code. std::log10 takes 4 times as long, which is most of the time that a linear spectrogram in
/// decibels takes.
///
/// @param power  a normal number above 0.
/// @source power = 2^e m with m in [√½, √2), and log m = 2 artanh((m - 1) / (m + 1)) as a series.
inline double ten_log10(double power) {
  constexpr std::uint64_t kOne = std::bit_cast<std::uint64_t>(1.0);
  constexpr std::uint64_t kRootOfHalf = std::bit_cast<std::uint64_t>(std::numbers::sqrt2 / 2);
  constexpr std::uint64_t kMantissa = (std::uint64_t{1} << 52) - 1;
  constexpr double kTwoTo52 = 4503599627370496;
  const std::uint64_t shifted = std::bit_cast<std::uint64_t>(power) + (kOne - kRootOfHalf);
  // A whole number below 2^52 as a double by way of its bits: older processors convert no vectors of them.
  const double exponent =
      std::bit_cast<double>((shifted >> 52) | std::bit_cast<std::uint64_t>(kTwoTo52)) - (kTwoTo52 + 1023);
  const double m = std::bit_cast<double>((shifted & kMantissa) + kRootOfHalf);
  const double s = (m - 1) / (m + 1);
  const double s2 = s * s;
  double series = s2 * (1.0 / 17) + 1.0 / 15;
  series = series * s2 + 1.0 / 13;
  series = series * s2 + 1.0 / 11;
  series = series * s2 + 1.0 / 9;
  series = series * s2 + 1.0 / 7;
  series = series * s2 + 1.0 / 5;
  series = series * s2 + 1.0 / 3;
  series = series * s2 * s + s;
  return 10 * std::numbers::ln2 / std::numbers::ln10 * exponent + 20 / std::numbers::ln10 * series;
}

double normal(double smallest) {
  return std::max(smallest, std::numeric_limits<double>::min());
}

/// @param smallest  a normal number.
inline float cell_to_db(float power, double smallest) {
  const double wide = power;
  return static_cast<float>(ten_log10(wide > smallest ? wide : smallest));
}

/// 0 for none.
float largest(const Matrix& matrix) {
  if (matrix.values.empty()) return 0;
  const float* const cells = matrix.values.data();
  float most = *cells;
#pragma omp simd reduction(max : most)
  for (std::size_t i = 1; i < matrix.values.size(); ++i) most = std::max(most, cells[i]);
  return most;
}

}  // namespace

float power_cell_to_db(float power, double smallest) {
  return cell_to_db(power, normal(smallest));
}

Matrix power_to_db(Matrix power, const PowerToDbOptions& options) {
  check(options.amin, options.top_db);
  const double ref = std::abs(options.ref.value_or(largest(power)));
  const auto ref_db = static_cast<float>(10 * std::log10(std::max(options.amin, ref)));
  const double smallest = normal(options.amin);
  float* const cells = power.values.data();
#pragma omp simd
  for (std::size_t i = 0; i < power.values.size(); ++i) cells[i] = cell_to_db(cells[i], smallest) - ref_db;
  if (options.top_db) {
    const float floor_db = largest(power) - static_cast<float>(*options.top_db);
#pragma omp simd
    for (std::size_t i = 0; i < power.values.size(); ++i)
      cells[i] = cells[i] > floor_db ? cells[i] : floor_db;
  }
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
