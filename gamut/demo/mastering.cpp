#include "gamut/demo/mastering.h"

#include <array>
#include <complex>
#include <numbers>
#include <vector>

#include "gamut/demo/effects.h"
#include "gamut/demo/filter.h"
#include "gamut/demo/oscillator.h"

namespace gamut::demo {
namespace {

constexpr std::size_t kFrameSamples = 1024;
constexpr std::array kShelvesHz{500.0, 2000.0};
constexpr double kLargestShelfDb = 18;

/// In-place radix-2 transform; the size is a power of two.
void transform(std::vector<std::complex<float>>& values) {
  const std::size_t n = values.size();
  for (std::size_t i = 1, j = 0; i < n; ++i) {
    std::size_t bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) std::swap(values[i], values[j]);
  }
  for (std::size_t length = 2; length <= n; length *= 2) {
    for (std::size_t k = 0; k < length / 2; ++k) {
      const double turn = static_cast<double>(k) / static_cast<double>(length);
      const std::complex<float> twiddle(sine(turn + 0.25), -sine(turn));
      for (std::size_t start = k; start < n; start += length) {
        const std::complex<float> odd = values[start + length / 2] * twiddle;
        values[start + length / 2] = values[start] - odd;
        values[start] += odd;
      }
    }
  }
}

/// Mean magnitude of each bin over frames that lie apart.
std::vector<double> mean_spectrum(const Samples& samples) {
  std::vector<double> mean(kFrameSamples / 2 + 1);
  std::vector<std::complex<float>> frame(kFrameSamples);
  for (std::size_t start = 0; start + kFrameSamples <= samples.size(); start += 2 * kFrameSamples) {
    for (std::size_t i = 0; i < kFrameSamples; ++i) {
      const double window = 0.5 - 0.5 * sine(static_cast<double>(i) / kFrameSamples + 0.25);
      frame[i] = static_cast<float>(window) * samples[start + i];
    }
    transform(frame);
    for (std::size_t bin = 0; bin < mean.size(); ++bin) mean[bin] += std::abs(frame[bin]);
  }
  return mean;
}

double bin_hz(std::size_t bin) {
  return static_cast<double>(bin) * kSampleRateHz / kFrameSamples;
}

/// |H| of `shelf`: 1 at low frequencies, `gain` at high ones.
double shelf_magnitude(double corner_hz, double gain, double frequency_hz) {
  const double coefficient = OnePole(corner_hz).coefficient();
  const std::complex<double> z = std::polar(1.0, -2 * std::numbers::pi * frequency_hz / kSampleRateHz);
  const std::complex<double> low = coefficient / (1.0 - (1 - coefficient) * z);
  return std::abs(low + gain * (1.0 - low));
}

void shelf(Samples& samples, double corner_hz, double gain) {
  OnePole low_pass(corner_hz);
  for (float& value : samples) {
    const float low = low_pass.step(value);
    value = low + static_cast<float>(gain) * (value - low);
  }
}

double centroid_of(const std::vector<double>& spectrum, double shelf_gain) {
  double weighted = 0, sum = 0;
  for (std::size_t bin = 0; bin < spectrum.size(); ++bin) {
    double magnitude = spectrum[bin];
    for (const double corner_hz : kShelvesHz)
      magnitude *= shelf_magnitude(corner_hz, shelf_gain, bin_hz(bin));
    weighted += magnitude * bin_hz(bin);
    sum += magnitude;
  }
  return sum > 0 ? weighted / sum : 0;
}

}  // namespace

double spectral_centroid_hz(const Samples& samples) {
  return centroid_of(mean_spectrum(samples), 1);
}

void master(Samples& samples, const MasteringTarget& target) {
  for (int pass = 0; pass < 2; ++pass) {
    StateVariableFilter low_pass;
    low_pass.set(target.cutoff_hz, 0.707);
    for (float& value : samples) value = low_pass.step(value).low;
  }

  // The centroid rises with the shelves' gain, so halving the interval finds it.
  const std::vector<double> spectrum = mean_spectrum(samples);
  double low_db = -kLargestShelfDb, high_db = kLargestShelfDb;
  for (int step = 0; step < 12; ++step) {
    const double middle_db = (low_db + high_db) / 2;
    (centroid_of(spectrum, gain_of_db(middle_db)) < target.centroid_hz ? low_db : high_db) = middle_db;
  }
  for (const double corner_hz : kShelvesHz) shelf(samples, corner_hz, gain_of_db((low_db + high_db) / 2));

  set_rms(samples, gain_of_db(target.loudness_db));
  // Linear up to half of full scale, then bent so that nothing reaches it.
  for (float& value : samples) {
    const float size = std::abs(value);
    if (size > 0.5F) value = std::copysign(0.5F + 0.49F * std::tanh((size - 0.5F) / 0.49F), value);
  }
}

}  // namespace gamut::demo
