#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "gamut/demo/drums.h"
#include "gamut/demo/instrument.h"
#include "gamut/demo/mastering.h"

namespace gamut::demo {

/// What all songs of an artist share, whatever the genre: the nuisance that makes songs of one album alike.
struct ArtistSound {
  double tempo_position = 0.5;  ///< where in the subgenre's range, 0 … 1
  std::vector<int> keys;
  std::uint64_t mode_habit = 0;    ///< prefers one of the subgenre's modes
  std::uint64_t groove_habit = 0;  ///< and one of its grooves
  Kit kit;
  double rolloff_shift = 0;
  double vibrato_factor = 1;
  double detune_factor = 1;
  double hiss_db = -60;  ///< against the music
  double reverb = 0.2;   ///< share of the mix
  MasteringTarget mastering;
};

/// The sound of `artist`, with the mastering of `album`.
ArtistSound make_artist_sound(std::uint64_t seed, std::string_view artist, std::string_view album);

/// `instrument` as the artist plays it.
Instrument adapt(Instrument instrument, const ArtistSound& sound);

}  // namespace gamut::demo
