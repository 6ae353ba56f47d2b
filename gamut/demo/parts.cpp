#include "gamut/demo/parts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace gamut::demo {
namespace {

using Notes = std::vector<Note>;

constexpr std::array<std::string_view, 5> kCompPatterns{
    "x..x..x...x..x..", "..x...x...x..x..", "x.....x.....x...", "...x..x...x...x.", "x..x....x..x...."};
constexpr std::array<std::string_view, 4> kChugPatterns{"xxx.xxx.xxx.xxxx", "x.xxx.xxx.xxx.xx",
                                                        "xx.xx.xx.xx.xx.x", "xxxxx.x.xxxxx.x."};
constexpr std::array<std::string_view, 4> kSubPatterns{"x......x..x.....", "x.........x..x..",
                                                       "x...........x...", "x.....x...x....."};

template <class Container>
const auto& pick(const Container& choices, Random& random) {
  return choices[random.below(choices.size())];
}

Notes write_pad(int octave, const Frame& frame, Random& random) {
  Notes notes;
  for (int bar = 0; bar < frame.bars(); bar += frame.bars_per_chord) {
    for (const int pitch : frame.chord(bar, octave)) {
      const int spread = random.chance(0.3) ? 12 : 0;
      notes.push_back({frame.time_of(bar, 0), frame.bars_per_chord * frame.bar_s(), double(pitch + spread),
                       random.uniform(0.6, 1), 0});
    }
  }
  return notes;
}

Notes write_drone(int octave, const Frame& frame, Random& random) {
  Notes notes;
  const double root = frame.scale_pitch(frame.progression[0], octave);
  for (const double interval : {0.0, 7.0, 12.0, 19.0, 24.0})
    notes.push_back(
        {0, frame.duration_s, root + interval + random.uniform(-0.06, 0.06), random.uniform(0.4, 1), 0});
  return notes;
}

Notes write_lines(int octave, const Frame& frame, Random& random) {
  constexpr std::array kLengths{2, 4, 4, 6, 8};  // steps
  Notes notes;
  const int n_voices = 2 + static_cast<int>(random.below(3));
  for (int voice = 0; voice < n_voices; ++voice) {
    int degree = 3 * voice + static_cast<int>(random.below(3));
    const int slowness = 1 + (voice == 0 ? 1 : 0);
    for (int step = 0; step < frame.bars() * kStepsPerBar;) {
      const int length = pick(kLengths, random) * slowness;
      const int bar = step / kStepsPerBar;
      const double start_s = frame.time_of(bar, step % kStepsPerBar);
      const double end_s = frame.time_of(bar, step % kStepsPerBar + length);
      if (!random.chance(0.06))
        notes.push_back({start_s, 0.96 * (end_s - start_s),
                         double(frame.scale_pitch(degree + frame.chord_root(bar), octave)),
                         random.uniform(0.7, 1), 0});
      degree = std::clamp(degree + static_cast<int>(random.below(5)) - 2, 3 * voice - 2, 3 * voice + 5);
      step += length;
    }
  }
  return notes;
}

Notes write_arpeggio(int octave, int octaves, int steps_per_note, const Frame& frame, Random& random) {
  Notes notes;
  const int stride = random.chance(0.5) ? 1 : 2;
  const int direction = random.chance(0.7) ? 1 : -1;
  const double length_s = steps_per_note * frame.beat_s() / 4;
  for (int bar = 0; bar < frame.bars(); ++bar) {
    std::vector<int> pitches;
    for (int o = 0; o < octaves; ++o)
      for (const int pitch : frame.chord(bar, octave + o)) pitches.push_back(pitch);
    const int n = static_cast<int>(pitches.size());
    int position = direction > 0 ? 0 : n - 1;
    for (int step = 0; step < kStepsPerBar; step += steps_per_note) {
      notes.push_back(
          {frame.time_of(bar, step), 0.85 * length_s, double(pitches[position]), random.uniform(0.8, 1), 0});
      position = (position + direction * stride + n) % n;
    }
  }
  return notes;
}

Notes write_comp(int octave, const Frame& frame, Random& random) {
  Notes notes;
  const std::string_view pattern = pick(kCompPatterns, random);
  const double length_s = frame.beat_s() * random.uniform(0.4, 0.9);
  for (int bar = 0; bar < frame.bars(); ++bar) {
    for (int step = 0; step < kStepsPerBar; ++step) {
      if (pattern[step] != 'x' || random.chance(0.1)) continue;
      for (const int pitch : frame.chord(bar, octave))
        notes.push_back({frame.time_of(bar, step), length_s, double(pitch), random.uniform(0.6, 1), 0});
    }
  }
  return notes;
}

Notes write_power_chords(int octave, std::string_view pattern, double length_steps, const Frame& frame,
                         Random& random) {
  Notes notes;
  for (int bar = 0; bar < frame.bars(); ++bar) {
    for (int step = 0; step < kStepsPerBar; ++step) {
      if (pattern[step] == '.') continue;
      const double root = frame.scale_pitch(frame.chord_root(bar) - (random.chance(0.06) ? 1 : 0), octave);
      for (const double interval : {0.0, 7.0, 12.0})
        notes.push_back({frame.time_of(bar, step), length_steps * frame.beat_s() / 4, root + interval,
                         random.uniform(0.8, 1), 0});
    }
  }
  return notes;
}

Notes write_walking_bass(int octave, const Frame& frame, Random& random) {
  Notes notes;
  int degree = frame.chord_root(0);
  for (int bar = 0; bar < frame.bars(); ++bar) {
    for (int beat = 0; beat < 4; ++beat) {
      if (beat == 0) degree = frame.chord_root(bar);
      notes.push_back({frame.time_of(bar, 4 * beat), 0.9 * frame.beat_s(),
                       double(frame.scale_pitch(degree, octave)), random.uniform(0.8, 1), 0});
      degree += random.chance(0.5) ? 2 : (random.chance(0.6) ? 1 : -1);
    }
  }
  return notes;
}

Notes write_pulse_bass(int octave, const Frame& frame, Random& random) {
  Notes notes;
  for (int bar = 0; bar < frame.bars(); ++bar)
    for (int step = 0; step < kStepsPerBar; step += 2)
      notes.push_back({frame.time_of(bar, step), 0.4 * frame.beat_s(),
                       double(frame.scale_pitch(frame.chord_root(bar), octave)), random.uniform(0.75, 1), 0});
  return notes;
}

Notes write_sub_bass(int octave, const Frame& frame, Random& random) {
  Notes notes;
  const std::string_view pattern = pick(kSubPatterns, random);
  for (int bar = 0; bar < frame.bars(); ++bar)
    for (int step = 0; step < kStepsPerBar; ++step)
      if (pattern[step] == 'x' && !random.chance(0.1))
        notes.push_back({frame.time_of(bar, step), frame.beat_s() * random.uniform(0.8, 1.6),
                         double(frame.scale_pitch(frame.chord_root(bar), octave)), 1,
                         random.chance(0.4) ? 7.0 : 0.0});
  return notes;
}

Notes write_solo(int octave, const Frame& frame, Random& random) {
  Notes notes;
  int degree = static_cast<int>(random.below(7));
  int step = static_cast<int>(random.below(4)) * 2;
  while (step < frame.bars() * kStepsPerBar) {
    const int phrase_end = step + 10 + static_cast<int>(random.below(16));
    while (step < phrase_end) {
      const bool held = random.chance(0.25);
      const int length = held ? 4 + static_cast<int>(random.below(5)) : 2;
      const int bar = step / kStepsPerBar;
      const double start_s = frame.time_of(bar, step % kStepsPerBar);
      const double end_s = frame.time_of(bar, step % kStepsPerBar + length);
      notes.push_back({start_s, 0.92 * (end_s - start_s), double(frame.scale_pitch(degree, octave)),
                       random.uniform(0.7, 1), held || random.chance(0.3) ? -random.uniform(1, 3.5) : 0});
      degree = std::clamp(degree + static_cast<int>(random.below(7)) - 3, -4, 12);
      step += length;
    }
    step += 4 + static_cast<int>(random.below(8));
  }
  return notes;
}

Notes write_rap(int octave, const Frame& frame, Random& random) {
  Notes notes;
  const double tonic = frame.scale_pitch(0, octave);
  const double syllable_s = random.uniform(0.16, 0.24);
  const int shortest = std::max(1, static_cast<int>(std::lround(syllable_s / (frame.beat_s() / 4))));
  for (int bar = 0; bar < frame.bars(); ++bar) {
    const int first = static_cast<int>(random.below(3));
    const int last = 11 + static_cast<int>(random.below(3));  // and a breath
    for (int step = first; step < last;) {
      const int length = std::min(last - step, random.chance(0.65) ? shortest : 2 * shortest);
      const double accent = step % 4 == 0 ? 1 : random.uniform(0.6, 0.95);
      notes.push_back({frame.time_of(bar, step), 0.8 * length * frame.beat_s() / 4,
                       tonic + random.uniform(-1.5, 3), accent, random.uniform(0, 4)});
      step += length;
    }
  }
  return notes;
}

Notes write_sweeps(int octave, const Frame& frame, Random& random) {
  Notes notes;
  const bool rising = random.chance(0.5);
  for (int bar = 0; bar < frame.bars();) {
    const int length = 1 + static_cast<int>(random.below(2));
    const bool up = random.chance(0.8) == rising;
    const double span = random.uniform(24, 40);
    const double low = 12.0 * (octave + 1) + random.uniform(-6, 6);
    notes.push_back({frame.time_of(bar, 0), 0.97 * length * frame.bar_s(), up ? low + span : low,
                     random.uniform(0.7, 1), up ? -span : span});
    bar += length;
  }
  return notes;
}

Notes write_swells(int octave, const Frame& frame, Random& random) {
  Notes notes;
  for (double start_s = -random.uniform(0, 3); start_s < frame.duration_s;) {
    const double length_s = frame.duration_s * random.uniform(0.3, 0.6);
    notes.push_back({std::max(0.0, start_s), length_s, 12.0 * (octave + 1) + random.uniform(0, 24),
                     random.uniform(0.6, 1), random.uniform(-22, 22)});
    start_s += length_s * random.uniform(0.5, 0.9);
  }
  return notes;
}

Notes write_brushes(int octave, const Frame& frame, Random& random) {
  Notes notes;
  const double centre = 12.0 * (octave + 1) + random.uniform(2, 8);
  for (int bar = 0; bar < frame.bars(); ++bar)
    for (int step = 0; step < kStepsPerBar; step += 8)
      notes.push_back({frame.time_of(bar, step), 1.8 * frame.beat_s(), centre, random.uniform(0.8, 1), -3});
  return notes;
}

Notes write_bells(int octave, const Frame& frame, Random& random) {
  Notes notes;
  for (int bar = 0; bar < frame.bars(); ++bar) {
    const std::vector<int> chord = frame.chord(bar, octave);
    for (int step = 0; step < kStepsPerBar; step += 2)
      if (random.chance(0.3))
        notes.push_back({frame.time_of(bar, step), frame.beat_s(), double(pick(chord, random)),
                         random.uniform(0.4, 1), 0});
  }
  return notes;
}

}  // namespace

std::vector<Note> write_part(Part part, int octave, const Frame& frame, Random& random) {
  switch (part) {
    case Part::pad:
      return write_pad(octave, frame, random);
    case Part::drone:
      return write_drone(octave, frame, random);
    case Part::lines:
      return write_lines(octave, frame, random);
    case Part::arpeggio:
      return write_arpeggio(octave, 2, random.chance(0.5) ? 1 : 2, frame, random);
    case Part::wide_arpeggio:
      return write_arpeggio(octave, 3, 1, frame, random);
    case Part::comp:
      return write_comp(octave, frame, random);
    case Part::strum:
      return write_power_chords(octave, "x.x.x.x.x.x.x.x.", 2.1, frame, random);
    case Part::chug:
      return write_power_chords(octave, pick(kChugPatterns, random), 0.8, frame, random);
    case Part::walking_bass:
      return write_walking_bass(octave, frame, random);
    case Part::pulse_bass:
      return write_pulse_bass(octave, frame, random);
    case Part::sub_bass:
      return write_sub_bass(octave, frame, random);
    case Part::solo:
      return write_solo(octave, frame, random);
    case Part::rap:
      return write_rap(octave, frame, random);
    case Part::sweeps:
      return write_sweeps(octave, frame, random);
    case Part::swells:
      return write_swells(octave, frame, random);
    case Part::brushes:
      return write_brushes(octave, frame, random);
    case Part::bells:
      return write_bells(octave, frame, random);
  }
  return {};
}

}  // namespace gamut::demo
