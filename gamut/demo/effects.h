#pragma once

#include "gamut/core/random.h"
#include "gamut/demo/frame.h"
#include "gamut/demo/sound.h"

namespace gamut::demo {

/// Root mean square of the samples; 0 for none.
double rms(const Samples& samples);

/// Scales to `target` RMS; silence stays silence.
void set_rms(Samples& samples, double target);

/// Soft clipping: amplifies by `drive_db` and bends through tanh.
void drive(Samples& samples, double drive_db);

/// A low-pass whose cutoff wanders up and down between two limits, geometrically.
struct FilterSweep {
  Range cutoff_hz = {0, 0};  ///< high 0: no filter
  double quality = 0.8;
  double period_bars = 4;  ///< one way up and down
};
void sweep_filter(Samples& samples, const FilterSweep& sweep, const Frame& frame, double phase);

/// Ducks on every beat, as a compressor keyed by the bass drum does. @param depth 0 … 1.
void pump(Samples& samples, double depth, const Frame& frame);

/// Multiplies by a gain for each bar, with ramps of `ramp_s` between them.
void apply_bar_gains(Samples& samples, const std::vector<double>& gains, double ramp_s, const Frame& frame);

/// The reverberation alone: four combs and two all-passes.
/// @param decay_s  time to fall by 60 dB; > 0.
/// @source Schroeder, Natural sounding artificial reverberation, JAES 10 (1962).
Samples reverberate(const Samples& samples, double decay_s);

/// Adds white noise of `level` RMS, and, where `crackles_per_s` > 0, the clicks of a worn record.
void add_surface_noise(Samples& samples, double level, double crackles_per_s, Random& random);

}  // namespace gamut::demo
