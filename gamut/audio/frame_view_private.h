#pragma once

#include <cstddef>
#include <cstdint>

#include "gamut/core/error.h"

extern "C" {
#include <libavutil/frame.h>
#include <libavutil/samplefmt.h>
}

namespace gamut::audio {

inline float to_float(std::uint8_t sample) {
  return (static_cast<float>(sample) - 128.0F) * 0x1p-7F;
}
inline float to_float(std::int16_t sample) {
  return static_cast<float>(sample) * 0x1p-15F;
}
inline float to_float(std::int32_t sample) {
  return static_cast<float>(sample) * 0x1p-31F;
}
inline float to_float(std::int64_t sample) {
  return static_cast<float>(sample) * 0x1p-63F;
}
inline float to_float(float sample) {
  return sample;
}
inline float to_float(double sample) {
  return static_cast<float>(sample);
}

/// The samples of a frame, whose format is known: one plane a channel, or one for all in turn.
template <class Sample>
struct FrameView {
  const AVFrame& frame;
  bool planar;

  int n_channels() const { return frame.ch_layout.nb_channels; }
  int n_planes() const { return planar ? n_channels() : 1; }
  std::size_t plane_samples() const {
    return static_cast<std::size_t>(frame.nb_samples) * static_cast<std::size_t>(planar ? 1 : n_channels());
  }
  const Sample* plane(int index) const { return reinterpret_cast<const Sample*>(frame.extended_data[index]); }
  std::size_t stride() const { return planar ? 1 : static_cast<std::size_t>(n_channels()); }
  const Sample* channel(int index) const { return planar ? plane(index) : plane(0) + index; }
};

/// Calls `work` with the FrameView of the frame's own sample format.
/// @throws Error  a sample format that FFmpeg does not have yet.
template <class Work>
void visit_samples(const AVFrame& frame, Work&& work) {
  const auto format = static_cast<AVSampleFormat>(frame.format);
  const bool planar = av_sample_fmt_is_planar(format) != 0;
  switch (av_get_packed_sample_fmt(format)) {
    case AV_SAMPLE_FMT_U8:
      return work(FrameView<std::uint8_t>{frame, planar});
    case AV_SAMPLE_FMT_S16:
      return work(FrameView<std::int16_t>{frame, planar});
    case AV_SAMPLE_FMT_S32:
      return work(FrameView<std::int32_t>{frame, planar});
    case AV_SAMPLE_FMT_S64:
      return work(FrameView<std::int64_t>{frame, planar});
    case AV_SAMPLE_FMT_FLT:
      return work(FrameView<float>{frame, planar});
    case AV_SAMPLE_FMT_DBL:
      return work(FrameView<double>{frame, planar});
    default:
      throw Error("FFmpeg gave audio in a sample format that gamut does not know; convert the file to FLAC");
  }
}

}  // namespace gamut::audio
