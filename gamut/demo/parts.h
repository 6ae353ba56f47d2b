#pragma once

#include <vector>

#include "gamut/core/random.h"
#include "gamut/demo/frame.h"
#include "gamut/demo/instrument.h"

namespace gamut::demo {

/// What a player does with the chords.
enum class Part {
  pad,            ///< holds every chord
  drone,          ///< holds root and fifth through the song
  lines,          ///< three or four legato voices, each at its own pace
  arpeggio,       ///< runs through the chord in eighths or sixteenths
  wide_arpeggio,  ///< the same in leaps over three octaves, very fast
  comp,           ///< short chords on a syncopated pattern
  strum,          ///< power chords in eighths
  chug,           ///< the same, short and fast, on a pattern
  walking_bass,   ///< a new note each beat
  pulse_bass,     ///< the root in eighths
  sub_bass,       ///< few long low notes that slide
  solo,           ///< phrases of scale runs with bends and rests
  rap,            ///< syllables in phrases, almost on one pitch
  sweeps,         ///< long glides up or down, a bar or two each
  swells,         ///< very long slow glides that overlap
  brushes,        ///< circles of two beats around the top of `octave`
  bells,          ///< sparse high chord tones
};

/// Writes one part for a whole song.
/// @param octave  where it lies; 4 starts at middle C.
std::vector<Note> write_part(Part part, int octave, const Frame& frame, Random& random);

}  // namespace gamut::demo
