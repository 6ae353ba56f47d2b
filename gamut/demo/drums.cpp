#include "gamut/demo/drums.h"

#include <algorithm>

#include "gamut/demo/filter.h"
#include "gamut/demo/oscillator.h"

namespace gamut::demo {
namespace {

/// A drum is a falling tone, a band of noise, or both.
struct DrumSound {
  double tone_hz, tone_fall, tone_decay_s, tone_level;  ///< `tone_fall`: how many octaves above it starts
  double noise_hz, noise_quality, noise_decay_s, noise_level;
  double noise_attack_s = 0.001;
};

DrumSound sound_of(Drum drum) {
  switch (drum) {
    case Drum::kick:
      return {48, 2, 0.16, 1.4, 2500, 0.8, 0.008, 0.5};
    case Drum::snare:
      return {185, 0.4, 0.07, 0.6, 2600, 0.6, 0.09, 0.9};
    case Drum::clap:
      return {0, 0, 0, 0, 1300, 1.8, 0.10, 1.5, 0.012};
    case Drum::hat:
      return {0, 0, 0, 0, 8000, 1.2, 0.03, 0.5};
    case Drum::open_hat:
      return {0, 0, 0, 0, 7500, 1.1, 0.15, 0.5};
    case Drum::ride:
      return {4700, 0, 0.18, 0.05, 6300, 1.6, 0.28, 0.4};
    case Drum::crash:
      return {0, 0, 0, 0, 5000, 0.5, 0.9, 0.6};
    case Drum::shaker:
      return {0, 0, 0, 0, 5800, 2.5, 0.05, 0.6, 0.03};
    case Drum::rim:
      return {1650, 0, 0.02, 0.7, 3000, 1, 0.01, 0.4};
  }
  return {};
}

void hit(Drum drum, const Kit& kit, double start_s, double velocity, Random& random, Samples& out) {
  const DrumSound sound = sound_of(drum);
  const double tone_decay_s = sound.tone_decay_s * kit.ringing,
               noise_decay_s = sound.noise_decay_s * kit.ringing;
  const double tail_s = 6 * std::max(tone_decay_s, noise_decay_s);
  const std::ptrdiff_t start = std::max<std::ptrdiff_t>(0, sample_of(start_s));
  const std::ptrdiff_t stop = std::min<std::ptrdiff_t>(std::ssize(out), start + sample_of(tail_s));
  StateVariableFilter band;
  band.set(sound.noise_hz * kit.tuning, sound.noise_quality);
  double phase = 0;
  for (std::ptrdiff_t begin = start; begin < stop; begin += kControlSamples) {
    const double t = static_cast<double>(begin - start) / kSampleRateHz;
    const double step =
        sound.tone_hz * kit.tuning * std::exp2(sound.tone_fall * std::exp(-t / 0.03)) / kSampleRateHz;
    const double tone = sound.tone_level > 0 ? velocity * sound.tone_level * std::exp(-t / tone_decay_s) : 0;
    const double noise = velocity * sound.noise_level * std::min(1.0, (t + 0.001) / sound.noise_attack_s) *
                         std::exp(-t / noise_decay_s);
    for (std::ptrdiff_t i = begin; i < std::min(stop, begin + kControlSamples); ++i) {
      out[i] += static_cast<float>(tone) * sine(phase) +
                static_cast<float>(noise) * band.step(static_cast<float>(random.uniform(-1, 1))).band;
      phase += step;
    }
  }
}

}  // namespace

void play_drums(const Groove& groove, const Kit& kit, const Frame& frame, Random& random, Samples& out) {
  for (const DrumLine& line : groove) {
    for (int bar = 0; bar < frame.bars(); ++bar) {
      for (int step = 0; step < kStepsPerBar; ++step) {
        const char mark = line.steps[static_cast<std::size_t>(step)];
        // A drummer leaves out a stroke now and then and adds a soft one elsewhere.
        const bool struck = mark == '.' ? random.chance(0.015) : !random.chance(0.04);
        if (!struck) continue;
        const double velocity = (mark == 'x' ? 1 : 0.45) * random.uniform(0.85, 1);
        hit(line.drum, kit, frame.time_of(bar, step) + 0.004 * random.uniform(), velocity, random, out);
      }
    }
  }
}

}  // namespace gamut::demo
