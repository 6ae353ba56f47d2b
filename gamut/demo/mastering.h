#pragma once

#include "gamut/demo/sound.h"

namespace gamut::demo {

/// What a mastering engineer aims at, whatever the music.
struct MasteringTarget {
  double centroid_hz = 1500;  ///< of the mean magnitude spectrum
  double cutoff_hz = 10000;   ///< low-pass
  double loudness_db = -20;   ///< RMS against full scale
};

/// Magnitude-weighted mean frequency in Hz of the mean magnitude spectrum; 0 for silence.
double spectral_centroid_hz(const Samples& samples);

/// Low-pass, tilt of the spectrum towards the centroid (by at most 18 dB a shelf), gain, and soft limiting
/// below full scale.
void master(Samples& samples, const MasteringTarget& target);

}  // namespace gamut::demo
