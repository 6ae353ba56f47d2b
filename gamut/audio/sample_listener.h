#pragma once

#include <span>

namespace gamut::audio {

/// Hears a recording while it is decoded, so that more can be learnt from one decode than what it returns.
class SampleListener {
 public:
  virtual ~SampleListener() = default;

  /// The next samples of the mono mix at the file's own rate, before any resampling; all finite. The rate
  /// stays the same from call to call.
  virtual void hear(std::span<const float> mono, int sample_rate_hz) = 0;
};

}  // namespace gamut::audio
