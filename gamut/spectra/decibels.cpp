#include "gamut/spectra/decibels.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

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

float largest(const Matrix& matrix) {
  return matrix.values.empty() ? 0 : *std::max_element(matrix.values.begin(), matrix.values.end());
}

}  // namespace

float power_cell_to_db(float power, double smallest) {
  return static_cast<float>(10 * std::log10(std::max(smallest, static_cast<double>(power))));
}

Matrix power_to_db(Matrix power, const PowerToDbOptions& options) {
  check(options.amin, options.top_db);
  const double ref = std::abs(options.ref.value_or(largest(power)));
  const auto ref_db = static_cast<float>(10 * std::log10(std::max(options.amin, ref)));
  for (float& cell : power.values) cell = power_cell_to_db(cell, options.amin) - ref_db;
  if (options.top_db) {
    const float floor_db = largest(power) - static_cast<float>(*options.top_db);
    for (float& cell : power.values) cell = std::max(cell, floor_db);
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
