#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "gamut/core/matrix.h"
#include "gamut/core/random.h"

namespace gamut::spectra::test {

inline std::vector<float> make_tone(double frequency_hz, std::size_t n_samples,
                                    double sample_rate_hz = 22050) {
  std::vector<float> signal(n_samples);
  for (std::size_t i = 0; i < n_samples; ++i) {
    const double phase = 2 * std::numbers::pi * frequency_hz * static_cast<double>(i) / sample_rate_hz;
    signal[i] = static_cast<float>(std::sin(phase));
  }
  return signal;
}

inline std::vector<float> make_noise(std::size_t n_samples, std::uint64_t seed = 7) {
  Random random(seed);
  std::vector<float> signal(n_samples);
  for (float& sample : signal) sample = static_cast<float>(random.uniform(-1, 1));
  return signal;
}

inline std::size_t loudest_row(const Matrix& power, std::size_t frame) {
  std::size_t loudest = 0;
  for (std::size_t r = 1; r < power.rows; ++r) {
    if (power(r, frame) > power(loudest, frame)) loudest = r;
  }
  return loudest;
}

}  // namespace gamut::spectra::test
