#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "gamut/core/random.h"
#include "gamut/demo/frame.h"
#include "gamut/demo/sound.h"

namespace gamut::demo {

enum class Drum { kick, snare, clap, hat, open_hat, ride, crash, shaker, rim };

/// Sixteen steps of a bar for one drum: 'x' a hit, 'o' a soft one, '.' none.
struct DrumLine {
  Drum drum;
  std::string_view steps;
};
using Groove = std::vector<DrumLine>;

/// How one drummer's kit sounds.
struct Kit {
  double tuning = 1;   ///< factor on every frequency
  double ringing = 1;  ///< factor on every decay
};

/// Plays `groove` through all bars of `frame` into `out`, with small changes from bar to bar.
void play_drums(const Groove& groove, const Kit& kit, const Frame& frame, Random& random, Samples& out);

}  // namespace gamut::demo
