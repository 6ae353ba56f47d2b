#pragma once

#include <vector>

namespace gamut::demo {

/// A bar has four beats of four steps.
inline constexpr int kStepsPerBar = 16;

enum class Mode { major, minor, dorian, phrygian, lydian, mixolydian };

/// What all players of a song agree on: tempo, key and chords.
struct Frame {
  double duration_s = 10;
  double tempo_bpm = 120;
  double swing = 0.5;  ///< where the second half of a beat starts: 0.5 straight, 0.667 triplets
  int key = 0;         ///< semitones above C
  Mode mode = Mode::major;
  std::vector<int> progression = {0};  ///< scale degrees of the chords' roots, from 0
  int bars_per_chord = 1;
  int chord_notes = 3;  ///< stacked thirds: 3 a triad, 4 a seventh chord, …

  double beat_s() const { return 60 / tempo_bpm; }
  double bar_s() const { return 4 * beat_s(); }
  /// Bars until the end, the last one perhaps cut.
  int bars() const;
  /// Seconds from the start; `step` may run past the bar.
  double time_of(int bar, int step) const;

  /// Pitch of a scale degree (any integer) in the octave that starts at C of `octave` (4: middle C).
  int scale_pitch(int degree, int octave) const;
  /// Degree of the chord's root in this bar.
  int chord_root(int bar) const;
  /// The chord's pitches, rising from its root.
  std::vector<int> chord(int bar, int octave) const;
};

}  // namespace gamut::demo
