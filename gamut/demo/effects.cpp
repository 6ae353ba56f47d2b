#include "gamut/demo/effects.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "gamut/demo/filter.h"
#include "gamut/demo/oscillator.h"

namespace gamut::demo {

double rms(const Samples& samples) {
  double sum = 0;
  for (const float value : samples) sum += static_cast<double>(value) * value;
  return samples.empty() ? 0 : std::sqrt(sum / static_cast<double>(samples.size()));
}

void set_rms(Samples& samples, double target) {
  const double now = rms(samples);
  if (now <= 0) return;
  const auto gain = static_cast<float>(target / now);
  for (float& value : samples) value *= gain;
}

void drive(Samples& samples, double drive_db) {
  const auto gain = static_cast<float>(gain_of_db(drive_db));
  for (float& value : samples) value = std::tanh(gain * value);
}

void sweep_filter(Samples& samples, const FilterSweep& sweep, const Frame& frame, double phase) {
  StateVariableFilter filter;
  const double octaves = std::log2(sweep.cutoff_hz.high / sweep.cutoff_hz.low);
  const double period_s = sweep.period_bars * frame.bar_s();
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (i % kControlSamples == 0) {
      const double wave = sine(static_cast<double>(i) / kSampleRateHz / period_s + phase);
      filter.set(sweep.cutoff_hz.low * std::exp2(octaves * 0.5 * (1 + wave)), sweep.quality);
    }
    samples[i] = filter.step(samples[i]).low;
  }
}

void pump(Samples& samples, double depth, const Frame& frame) {
  const double beat_samples = frame.beat_s() * kSampleRateHz;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double position = std::fmod(static_cast<double>(i), beat_samples) / beat_samples;
    samples[i] *= static_cast<float>(1 - depth * std::max(0.0, 1 - 1.6 * position));
  }
}

void apply_bar_gains(Samples& samples, const std::vector<double>& gains, double ramp_s, const Frame& frame) {
  const auto smoothing = static_cast<float>(1 - std::exp(-1 / (ramp_s * kSampleRateHz)));
  auto gain = static_cast<float>(gains.front());
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const auto bar = static_cast<std::size_t>(static_cast<double>(i) / kSampleRateHz / frame.bar_s());
    gain += smoothing * (static_cast<float>(gains[std::min(bar, gains.size() - 1)]) - gain);
    samples[i] *= gain;
  }
}

Samples reverberate(const Samples& samples, double decay_s) {
  constexpr std::array kCombs{655, 817, 907, 1013};  // samples; mutually prime, 30 to 46 ms
  constexpr std::array kAllPasses{110, 37};
  Samples wet(samples.size());
  for (const int delay : kCombs) {
    const auto feedback = static_cast<float>(std::pow(0.001, delay / (decay_s * kSampleRateHz)));
    std::vector<float> line(static_cast<std::size_t>(delay));
    OnePole damping(4500);
    std::size_t position = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const float delayed = line[position];
      line[position] = samples[i] + feedback * damping.step(delayed);
      position = position + 1 == line.size() ? 0 : position + 1;
      wet[i] += 0.25F * delayed;
    }
  }
  for (const int delay : kAllPasses) {
    std::vector<float> line(static_cast<std::size_t>(delay));
    std::size_t position = 0;
    for (float& value : wet) {
      const float delayed = line[position];
      const float input = value - 0.7F * delayed;
      line[position] = input;
      value = delayed + 0.7F * input;
      position = position + 1 == line.size() ? 0 : position + 1;
    }
  }
  return wet;
}

void add_surface_noise(Samples& samples, double level, double crackles_per_s, Random& random) {
  const auto amplitude = static_cast<float>(level * std::sqrt(3.0));  // of a uniform distribution
  for (float& value : samples) value += amplitude * static_cast<float>(random.uniform(-1, 1));
  if (crackles_per_s <= 0) return;
  for (double at_s = 0; sample_of(at_s) < std::ssize(samples);
       at_s -= std::log(1 - random.uniform()) / crackles_per_s) {
    const double size = 20 * level * random.uniform(0.3, 1);
    for (std::ptrdiff_t k = 0; k < 12 && sample_of(at_s) + k < std::ssize(samples); ++k)
      samples[static_cast<std::size_t>(sample_of(at_s) + k)] +=
          static_cast<float>(size * random.uniform(-1, 1));
  }
}

}  // namespace gamut::demo
