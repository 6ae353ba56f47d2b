#include "gamut/audio/levels.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>

#include "gamut/audio/frame_view_private.h"

namespace gamut::audio {
namespace {

/// What is kept of some samples. Magnitudes are compared as the bits of floats, which order alike, in lanes
/// of their own, so that the loop becomes vector code.
struct Tally {
  static constexpr std::size_t kLanes = 16;
  std::array<std::int32_t, kLanes> peak_bits{}, n_full_scale{};
  std::array<float, kLanes> square_sum{};

  void add(float sample, std::size_t lane) {
    constexpr auto kFullScaleBits = std::bit_cast<std::int32_t>(kFullScale);
    const std::int32_t bits = std::bit_cast<std::int32_t>(sample) & 0x7fffffff;
    peak_bits[lane] = bits > peak_bits[lane] ? bits : peak_bits[lane];
    n_full_scale[lane] += bits >= kFullScaleBits ? 1 : 0;
    square_sum[lane] += sample * sample;
  }
};

template <class Sample>
Tally tally(const Sample* samples, std::size_t count) {
  Tally tally;
  std::size_t i = 0;
  for (; i + Tally::kLanes <= count; i += Tally::kLanes) {
    for (std::size_t lane = 0; lane < Tally::kLanes; ++lane) tally.add(to_float(samples[i + lane]), lane);
  }
  for (; i < count; ++i) tally.add(to_float(samples[i]), 0);
  return tally;
}

}  // namespace

void LevelMeter::add(const AVFrame& frame) {
  visit_samples(frame, [this](const auto& view) {
    // Short pieces, so that sums of float squares stay exact enough.
    constexpr std::size_t kPiece = 4096;
    for (int plane = 0; plane < view.n_planes(); ++plane) {
      for (std::size_t i = 0; i < view.plane_samples(); i += kPiece) {
        const Tally piece = tally(view.plane(plane) + i, std::min(kPiece, view.plane_samples() - i));
        peak_bits_ = std::max(peak_bits_, static_cast<std::uint32_t>(std::ranges::max(piece.peak_bits)));
        n_full_scale_ +=
            std::accumulate(piece.n_full_scale.begin(), piece.n_full_scale.end(), std::int64_t{0});
        square_sum_ += std::accumulate(piece.square_sum.begin(), piece.square_sum.end(), 0.0);
      }
      n_samples_ += static_cast<std::int64_t>(view.plane_samples());
    }
  });
}

Levels LevelMeter::levels() const {
  if (n_samples_ == 0) return {};
  const auto count = static_cast<double>(n_samples_);
  return {.peak = std::bit_cast<float>(peak_bits_),
          .rms = std::sqrt(square_sum_ / count),
          .full_scale_share = static_cast<double>(n_full_scale_) / count};
}

}  // namespace gamut::audio
