#pragma once

#include <cmath>
#include <vector>

namespace gamut::demo {

/// Everything is synthesised at librosa's default rate, so that nothing is resampled on the way to a picture.
inline constexpr int kSampleRateHz = 22050;

/// Control signals (envelopes, vibrato, filter cutoffs) move once every so many samples.
inline constexpr int kControlSamples = 32;

/// One channel of float32 samples at kSampleRateHz.
using Samples = std::vector<float>;

/// A closed interval from which a value is drawn.
struct Range {
  double low = 0;
  double high = 0;
};

inline double gain_of_db(double db) {
  return std::pow(10.0, db / 20);
}

/// Equal temperament; pitch 69 is A4 = 440 Hz, one unit a semitone.
inline double hz_of_pitch(double pitch) {
  return 440 * std::exp2((pitch - 69) / 12);
}

inline std::ptrdiff_t sample_of(double seconds) {
  return std::lround(seconds * kSampleRateHz);
}

}  // namespace gamut::demo
