#pragma once

#include <span>

#include "gamut/core/random.h"
#include "gamut/demo/sound.h"

namespace gamut::demo {

/// How an instrument makes its tone.
enum class Synthesis {
  additive,  ///< a fixed set of harmonics
  fm,        ///< one sine modulates another; the index decays with the note
  pluck,     ///< Karplus–Strong string
  voice,     ///< harmonics through three formants, with consonants
  noise,     ///< noise in a band around the pitch
};

/// Which harmonics an additive instrument has.
enum class Partials { all, odd, octaves };

/// A playable timbre.
struct Instrument {
  Synthesis synthesis = Synthesis::additive;
  Partials partials = Partials::all;
  double rolloff = 1;  ///< harmonic h has amplitude h^-rolloff
  double attack_s = 0.01;
  double decay_s = 0.3;     ///< time constant towards `sustain`
  double sustain = 0.7;     ///< level that is held, 0 … 1
  double release_s = 0.08;  ///< time constant after the note's end
  double vibrato_semitones = 0;
  double vibrato_hz = 5.5;
  double detune_cents = 0;  ///< two more voices this far above and below; 0 for one voice
  double glide_s = 0.08;    ///< how long a note's bend lasts; longer than the note: all of it
  double fm_ratio = 1;
  double fm_index = 2;
  double noise_quality = 4;  ///< of the noise band
};

/// One note.
struct Note {
  double start_s = 0;
  double length_s = 0;
  double pitch = 60;    ///< where it ends, see hz_of_pitch
  double velocity = 1;  ///< linear gain
  double bend = 0;      ///< where it starts, in semitones from `pitch`
};

/// Adds the notes to `out`; what lies past its end is not heard.
void play(const Instrument& instrument, std::span<const Note> notes, Random& random, Samples& out);

}  // namespace gamut::demo
