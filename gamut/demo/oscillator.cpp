#include "gamut/demo/oscillator.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>

#include "gamut/demo/sound.h"

namespace gamut::demo {
namespace {

constexpr std::size_t kSineSize = 4096;
constexpr std::size_t kPeriodSize = 1024;
constexpr std::array kHarmonicCounts{1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64};

/// The table's first value is repeated at its end, so that interpolation needs no wrap.
float interpolate(const float* table, std::size_t size, double cycles) {
  const double position = (cycles - std::floor(cycles)) * static_cast<double>(size);
  const auto index = static_cast<std::size_t>(position);
  const auto fraction = static_cast<float>(position - static_cast<double>(index));
  return table[index] + fraction * (table[index + 1] - table[index]);
}

const float* sine_table() {
  static const auto table = [] {
    std::array<float, kSineSize + 2> values{};
    for (std::size_t i = 0; i < values.size(); ++i)
      values[i] =
          static_cast<float>(std::sin(2 * std::numbers::pi * static_cast<double>(i % kSineSize) / kSineSize));
    return values;
  }();
  return table.data();
}

}  // namespace

float sine(double cycles) {
  static const float* const table = sine_table();
  return interpolate(table, kSineSize, cycles);
}

Wavetable::Wavetable(std::span<const double> amplitudes)
    : values_(kHarmonicCounts.size() * (kPeriodSize + 2)) {
  std::vector<double> sum(kPeriodSize);
  int harmonic = 0;
  for (std::size_t level = 0; level < kHarmonicCounts.size(); ++level) {
    for (; harmonic < kHarmonicCounts[level] && harmonic < std::ssize(amplitudes); ++harmonic) {
      for (std::size_t i = 0; i < kPeriodSize; ++i)
        sum[i] += amplitudes[harmonic] * sine((harmonic + 1) * static_cast<double>(i) / kPeriodSize);
    }
    float* values = values_.data() + level * (kPeriodSize + 2);
    for (std::size_t i = 0; i < kPeriodSize + 2; ++i) values[i] = static_cast<float>(sum[i % kPeriodSize]);
  }
}

Wavetable::Period Wavetable::period(double frequency_hz) const {
  std::size_t level = 0;
  while (level + 1 < kHarmonicCounts.size() &&
         kHarmonicCounts[level + 1] * frequency_hz < 0.48 * kSampleRateHz)
    ++level;
  return Period(values_.data() + level * (kPeriodSize + 2));
}

float Wavetable::Period::at(double cycles) const {
  return interpolate(values_, kPeriodSize, cycles);
}

}  // namespace gamut::demo
