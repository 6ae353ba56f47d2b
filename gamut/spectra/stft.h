#pragma once

#include <complex>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "gamut/core/matrix.h"
#include "gamut/spectra/window.h"

namespace gamut::spectra {

/// Takes the frames of a spectrogram one after the other: powers [rows] of frame number `frame`, counted from
/// 0. The span is valid during the call only.
using FrameSink = std::function<void(std::size_t frame, std::span<const float> powers)>;

struct StftOptions {
  int n_fft = 2048;                        ///< samples a frame; even; origin: librosa
  int hop_length = 512;                    ///< samples from frame to frame; >= 1; origin: librosa
  WindowShape window = WindowShape::hann;  ///< origin: librosa
  std::optional<int> win_length =
      std::nullopt;  ///< samples, 1 to n_fft, in the middle of the frame; none: n_fft

  bool operator==(const StftOptions&) const = default;
};

/// Short-time Fourier transform with a periodic window. Frame t is centred on sample t * hop_length; what
/// lies outside the signal is zero. No scaling. Immutable; every member may be called from several threads at
/// once.
///
/// @source librosa.stft(center=True, pad_mode="constant"), 0.10.2.
class Stft {
 public:
  /// @throws ParameterError  n_fft odd or out of RealFft's range; hop_length < 1; win_length out of its
  /// range.
  explicit Stft(const StftOptions& options);

  const StftOptions& options() const { return options_; }
  /// n_fft / 2 + 1; bin k is k * sample rate / n_fft.
  std::size_t n_bins() const { return window_.size() / 2 + 1; }
  /// 1 + n_samples / hop_length, whole frames.
  std::size_t n_frames(std::size_t n_samples) const;

  /// Hands the power spectrum |X|² of each frame to `sink`, in order; only one frame is held at a time.
  ///
  /// @param signal  finite samples; may be shorter than a frame.
  void stream_power(std::span<const float> signal, const FrameSink& sink) const;

  /// |X| of every frame.
  ///
  /// @param signal  finite samples; may be shorter than a frame.
  /// @return float32, shape [n_bins, n_frames].
  Matrix compute_magnitude(std::span<const float> signal) const;

  /// The same into memory of the caller.
  ///
  /// @param magnitude  [n_bins * n_frames], row-major.
  void compute_magnitude(std::span<const float> signal, std::span<float> magnitude) const;

 private:
  StftOptions options_;
  std::vector<float> window_;
};

}  // namespace gamut::spectra
