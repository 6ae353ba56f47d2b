#include "gamut/audio/channel_mixer.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "gamut/audio/frame_view_private.h"

namespace gamut::audio {
namespace {

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
  visit_samples(frame, [&](const auto& view) { mix(view, channels_, added); });
  return all_finite(added);
}

}  // namespace gamut::audio
