#include "gamut/demo/instrument.h"

#include <algorithm>
#include <array>
#include <optional>

#include "gamut/demo/filter.h"
#include "gamut/demo/oscillator.h"

namespace gamut::demo {
namespace {

Wavetable make_wavetable(const Instrument& instrument) {
  std::vector<double> amplitudes(64);
  for (int h = 1; h <= std::ssize(amplitudes); ++h) {
    const bool octave = (h & (h - 1)) == 0;
    const bool present = instrument.partials == Partials::all ||
                         (instrument.partials == Partials::odd && h % 2 == 1) ||
                         (instrument.partials == Partials::octaves && (octave || h == 3 || h == 6));
    if (present) amplitudes[h - 1] = std::pow(h, -instrument.rolloff);
  }
  return Wavetable(amplitudes);
}

/// Level of a note `time_s` after its start.
double envelope(const Instrument& instrument, double length_s, double time_s) {
  const auto held = [&](double t) {
    if (t < instrument.attack_s) return t / instrument.attack_s;
    return instrument.sustain +
           (1 - instrument.sustain) * std::exp(-(t - instrument.attack_s) / instrument.decay_s);
  };
  if (time_s < length_s) return held(time_s);
  return held(length_s) * std::exp(-(time_s - length_s) / instrument.release_s);
}

/// Calls `render(begin, end, time_s, level)` for every control block of a note, until it has died away.
template <class Render>
void for_blocks(const Instrument& instrument, const Note& note, std::ptrdiff_t size, const Render& render) {
  const std::ptrdiff_t start = std::max<std::ptrdiff_t>(0, sample_of(note.start_s));
  const std::ptrdiff_t stop = std::min(size, start + sample_of(note.length_s + 5 * instrument.release_s));
  for (std::ptrdiff_t begin = start; begin < stop; begin += kControlSamples) {
    const double time_s = static_cast<double>(begin - start) / kSampleRateHz;
    const double level = note.velocity * envelope(instrument, note.length_s, time_s);
    if (level < 1e-4 && time_s > instrument.attack_s) return;
    render(begin, std::min(stop, begin + kControlSamples), time_s, static_cast<float>(level));
  }
}

double pitch_at(const Instrument& instrument, const Note& note, double time_s, double vibrato_phase) {
  const double glide_s = std::min(instrument.glide_s, note.length_s);
  const double bend = time_s < glide_s ? note.bend * (1 - time_s / glide_s) : 0;
  // Players let a note settle before they shake it.
  const double depth = instrument.vibrato_semitones * std::min(1.0, time_s / 0.25);
  return note.pitch + bend + depth * sine(time_s * instrument.vibrato_hz + vibrato_phase);
}

void play_additive(const Instrument& instrument, const Wavetable& wavetable, const Note& note, Random& random,
                   Samples& out) {
  const double vibrato_phase = random.uniform();
  const int n_voices = instrument.detune_cents > 0 ? 3 : 1;
  for (int voice = 0; voice < n_voices; ++voice) {
    const double detune = voice == 0 ? 0 : (voice == 1 ? 1 : -1) * instrument.detune_cents / 100;
    const Wavetable::Period period = wavetable.period(
        hz_of_pitch(note.pitch + std::max(0.0, note.bend) + instrument.vibrato_semitones + 0.5));
    double phase = random.uniform();
    float gain = 0;
    for_blocks(instrument, note, std::ssize(out), [&](auto begin, auto end, double time_s, float level) {
      const double step =
          hz_of_pitch(pitch_at(instrument, note, time_s, vibrato_phase) + detune) / kSampleRateHz;
      const float slope = (level - gain) / kControlSamples;
      for (auto i = begin; i < end; ++i) {
        out[i] += (gain += slope) * period.at(phase);
        phase += step;
      }
    });
  }
}

void play_fm(const Instrument& instrument, const Note& note, Random& random, Samples& out) {
  const double vibrato_phase = random.uniform();
  double carrier = 0, modulator = 0;
  float gain = 0;
  for_blocks(instrument, note, std::ssize(out), [&](auto begin, auto end, double time_s, float level) {
    const double step = hz_of_pitch(pitch_at(instrument, note, time_s, vibrato_phase)) / kSampleRateHz;
    const double index =
        instrument.fm_index * (0.25 + 0.75 * std::exp(-time_s / instrument.decay_s)) / 6.2832;
    const float slope = (level - gain) / kControlSamples;
    for (auto i = begin; i < end; ++i) {
      out[i] += (gain += slope) * sine(carrier + index * sine(modulator));
      carrier += step;
      modulator += step * instrument.fm_ratio;
    }
  });
}

/// @source Karplus & Strong, Computer Music Journal 7(2), 1983; fractional delay by linear interpolation.
void play_pluck(const Instrument& instrument, const Note& note, Random& random, Samples& out) {
  const double delay = kSampleRateHz / hz_of_pitch(note.pitch) - 0.5;
  const auto size = static_cast<std::size_t>(delay) + 1;
  const auto fraction = static_cast<float>(delay - std::floor(delay));
  std::vector<float> line(size);
  OnePole softness(std::clamp(9000 / instrument.rolloff, 500.0, 9000.0));
  for (float& value : line) value = softness.step(static_cast<float>(random.uniform(-1, 1)));
  const auto loss =
      static_cast<float>(std::pow(0.001, 1 / (std::max(0.05, instrument.decay_s) * hz_of_pitch(note.pitch))));
  std::size_t write = 0;
  float previous = 0;
  for_blocks(instrument, note, std::ssize(out), [&](auto begin, auto end, double, float level) {
    for (auto i = begin; i < end; ++i) {
      const std::size_t newest = (write + 1) % size;
      const std::size_t older = write;
      const float value = line[newest] * (1 - fraction) + line[older] * fraction;
      line[write] = loss * 0.5F * (value + previous);
      previous = value;
      write = (write + 1) % size;
      out[i] += level * value;
    }
  });
}

/// First three formants of five vowels in Hz, rounded from the averages for men.
/// @source Peterson & Barney, JASA 24 (1952), table II.
constexpr std::array<std::array<double, 3>, 5> kVowels{
    {{730, 1090, 2440}, {530, 1840, 2480}, {270, 2290, 3010}, {570, 840, 2410}, {300, 870, 2240}}};

/// A syllable: one consonant, then a diphthong.
void play_voice(const Instrument& instrument, const Wavetable& wavetable, const Note& note, Random& random,
                Samples& out) {
  const auto& first = kVowels[random.below(kVowels.size())];
  const auto& last = kVowels[random.below(kVowels.size())];
  const double vibrato_phase = random.uniform();
  const double consonant_s = random.chance(0.5) ? random.uniform(0.05, 0.11) : 0;
  std::array<StateVariableFilter, 3> formants;
  StateVariableFilter consonant;
  consonant.set(random.uniform(5200, 7000), 2);
  const Wavetable::Period period = wavetable.period(hz_of_pitch(note.pitch + 1));
  double phase = random.uniform();
  float gain = 0;
  for_blocks(instrument, note, std::ssize(out), [&](auto begin, auto end, double time_s, float level) {
    const double mouth = std::min(1.0, time_s / note.length_s);
    for (std::size_t f = 0; f < formants.size(); ++f)
      formants[f].set(first[f] + mouth * (last[f] - first[f]), 8 + 3 * static_cast<double>(f));
    const double step = hz_of_pitch(pitch_at(instrument, note, time_s, vibrato_phase)) / kSampleRateHz;
    const float slope = (level - gain) / kControlSamples;
    const float hiss = time_s < consonant_s ? static_cast<float>(note.velocity) : 0.02F * level;
    for (auto i = begin; i < end; ++i) {
      const float source = (gain += slope) * period.at(phase);
      phase += step;
      out[i] += formants[0].step(source).band + 0.8F * formants[1].step(source).band +
                0.5F * formants[2].step(source).band +
                hiss * consonant.step(static_cast<float>(random.uniform(-1, 1))).band;
    }
  });
}

void play_noise(const Instrument& instrument, const Note& note, Random& random, Samples& out) {
  const double vibrato_phase = random.uniform();
  StateVariableFilter band;
  for_blocks(instrument, note, std::ssize(out), [&](auto begin, auto end, double time_s, float level) {
    band.set(hz_of_pitch(pitch_at(instrument, note, time_s, vibrato_phase)), instrument.noise_quality);
    for (auto i = begin; i < end; ++i)
      out[i] += level * band.step(static_cast<float>(random.uniform(-1, 1))).band;
  });
}

}  // namespace

void play(const Instrument& instrument, std::span<const Note> notes, Random& random, Samples& out) {
  std::optional<Wavetable> wavetable;
  if (instrument.synthesis == Synthesis::additive || instrument.synthesis == Synthesis::voice)
    wavetable = make_wavetable(instrument);
  for (const Note& note : notes) {
    switch (instrument.synthesis) {
      case Synthesis::additive:
        play_additive(instrument, *wavetable, note, random, out);
        break;
      case Synthesis::fm:
        play_fm(instrument, note, random, out);
        break;
      case Synthesis::pluck:
        play_pluck(instrument, note, random, out);
        break;
      case Synthesis::voice:
        play_voice(instrument, *wavetable, note, random, out);
        break;
      case Synthesis::noise:
        play_noise(instrument, note, random, out);
        break;
    }
  }
}

}  // namespace gamut::demo
