#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gamut/demo/sound.h"

namespace gamut::demo {

/// One song before it is composed.
struct Song {
  std::string artist;
  std::string album;
  std::string title;
  int track = 1;                       ///< on the album, from 1
  std::vector<std::string> subgenres;  ///< one or two
  std::string file;                    ///< relative to the library's folder; the extension names the format
};

/// Composes, plays, mixes and masters one song: a pure function of its arguments.
/// @param duration_s  > 0.
/// @param seed        of the library.
/// @return mono float32 at kSampleRateHz, |x| < 1.
Samples compose_song(const Song& song, double duration_s, std::uint64_t seed);

}  // namespace gamut::demo
