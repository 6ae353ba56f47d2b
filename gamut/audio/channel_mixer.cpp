#include "gamut/audio/channel_mixer.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "gamut/core/error.h"

extern "C" {
#include <libavutil/frame.h>
#include <libavutil/samplefmt.h>
}

namespace gamut::audio {
namespace {

float to_float(std::uint8_t sample) {
  return (static_cast<float>(sample) - 128.0F) * 0x1p-7F;
}
float to_float(std::int16_t sample) {
  return static_cast<float>(sample) * 0x1p-15F;
}
float to_float(std::int32_t sample) {
  return static_cast<float>(sample) * 0x1p-31F;
}
float to_float(std::int64_t sample) {
  return static_cast<float>(sample) * 0x1p-63F;
}
float to_float(float sample) {
  return sample;
}
float to_float(double sample) {
  return static_cast<float>(sample);
}

template <class Sample>
struct FrameView {
  const AVFrame& frame;
  bool planar;

  int n_channels() const { return frame.ch_layout.nb_channels; }
  std::size_t stride() const { return planar ? 1 : static_cast<std::size_t>(n_channels()); }
  const Sample* channel(int index) const {
    const std::uint8_t* plane = frame.extended_data[planar ? index : 0];
    return reinterpret_cast<const Sample*>(plane) + (planar ? 0 : index);
  }
};

template <class Sample, class Combine>
void combine(const FrameView<Sample>& view, int channel, std::span<float> output, Combine&& operation) {
  const Sample* samples = view.channel(channel);
  const std::size_t stride = view.stride();
  if (stride == 1) {  // a loop of its own, which the compiler turns into vector code
    for (std::size_t i = 0; i < output.size(); ++i) output[i] = operation(output[i], to_float(samples[i]));
  } else {
    for (std::size_t i = 0; i < output.size(); ++i)
      output[i] = operation(output[i], to_float(samples[i * stride]));
  }
}

template <class Sample>
void mix(const FrameView<Sample>& view, Channels channels, std::span<float> output) {
  const auto take = [](float, float sample) { return sample; };
  const auto add = [](float sum, float sample) { return sum + sample; };
  const auto average = [](float left, float right) { return (left + right) * 0.5F; };
  const auto difference = [](float left, float right) { return (left - right) * 0.5F; };
  const int second = view.n_channels() > 1 ? 1 : 0;
  switch (channels) {
    case Channels::mono: {
      combine(view, 0, output, take);
      for (int channel = 1; channel < view.n_channels(); ++channel) combine(view, channel, output, add);
      const auto count = static_cast<float>(view.n_channels());
      if (count > 1)
        std::ranges::transform(output, output.begin(), [count](float sum) { return sum / count; });
      return;
    }
    case Channels::left:
    case Channels::stereo:
      return combine(view, 0, output, take);
    case Channels::right:
      return combine(view, second, output, take);
    case Channels::mid:
      combine(view, 0, output, take);
      return combine(view, second, output, average);
    case Channels::side:
      combine(view, 0, output, take);
      return combine(view, second, output, difference);
  }
}

bool all_finite(std::span<const float> samples) {
  constexpr std::uint32_t kExponent = 0x7f800000;
  std::uint32_t n_bad = 0;  // a count without a branch, so that the loop becomes vector code
  for (float sample : samples) n_bad += (std::bit_cast<std::uint32_t>(sample) & kExponent) == kExponent;
  return n_bad == 0;
}

}  // namespace

bool ChannelMixer::append(const AVFrame& frame, std::vector<float>& output) const {
  const std::size_t before = output.size();
  output.resize(before + static_cast<std::size_t>(frame.nb_samples));
  const std::span<float> added = std::span(output).subspan(before);
  const auto format = static_cast<AVSampleFormat>(frame.format);
  const bool planar = av_sample_fmt_is_planar(format) != 0;
  switch (av_get_packed_sample_fmt(format)) {
    case AV_SAMPLE_FMT_U8:
      mix(FrameView<std::uint8_t>{frame, planar}, channels_, added);
      break;
    case AV_SAMPLE_FMT_S16:
      mix(FrameView<std::int16_t>{frame, planar}, channels_, added);
      break;
    case AV_SAMPLE_FMT_S32:
      mix(FrameView<std::int32_t>{frame, planar}, channels_, added);
      break;
    case AV_SAMPLE_FMT_S64:
      mix(FrameView<std::int64_t>{frame, planar}, channels_, added);
      break;
    case AV_SAMPLE_FMT_FLT:
      mix(FrameView<float>{frame, planar}, channels_, added);
      break;
    case AV_SAMPLE_FMT_DBL:
      mix(FrameView<double>{frame, planar}, channels_, added);
      break;
    default:
      throw Error("FFmpeg gave audio in a sample format that gamut does not know; convert the file to FLAC");
  }
  return all_finite(added);
}

}  // namespace gamut::audio
