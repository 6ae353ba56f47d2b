#pragma once

#include <cstdint>

struct AVFrame;

namespace gamut::audio {

/// From here on a sample counts as full scale: one step of 16 bits below 1.
inline constexpr float kFullScale = 32767.0F / 32768.0F;

/// How loud a recording is, over the samples of all its channels before anything is mixed.
struct Levels {
  double peak = 0;              ///< largest absolute sample; lossy codecs go beyond 1
  double rms = 0;               ///< root of the mean square
  double full_scale_share = 0;  ///< of the samples, those at or beyond kFullScale; 0 … 1
};

/// Measures levels frame by frame.
class LevelMeter {
 public:
  /// @throws Error  a sample format that FFmpeg does not have yet.
  void add(const AVFrame& frame);
  Levels levels() const;

 private:
  std::uint32_t peak_bits_ = 0;
  double square_sum_ = 0;
  std::int64_t n_full_scale_ = 0, n_samples_ = 0;
};

}  // namespace gamut::audio
