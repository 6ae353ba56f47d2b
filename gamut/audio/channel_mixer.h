#pragma once

#include <vector>

#include "gamut/core/channels.h"

struct AVFrame;

namespace gamut::audio {

/// Turns decoded frames of any sample format and channel count into one channel of float32.
///
/// Integers become floats as in libsndfile: divided by 2^(bits - 1), after unsigned bytes are centred. Mono
/// is the float32 sum over channels in their order, divided by their number, as numpy.mean does. Left and
/// right are the first two channels.
class ChannelMixer {
 public:
  /// @param channels  one signal; stereo takes two mixers, left and right.
  explicit ChannelMixer(Channels channels) : channels_(channels) {}

  /// Appends the frame's samples to `output`.
  /// @return false where one of them is not finite.
  /// @throws Error  a sample format that FFmpeg does not have yet.
  bool append(const AVFrame& frame, std::vector<float>& output) const;

 private:
  Channels channels_;
};

}  // namespace gamut::audio
