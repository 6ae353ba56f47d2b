#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "gamut/spectra/front_end_options.h"
#include "gamut/spectra/stft.h"

namespace gamut::spectra {

class SpectrumScale;

/// The options of the STFT below a scale.
StftOptions stft_options(const FrontEndOptions& options);

/// A frequency scale: it turns a signal into frames of power. Immutable and thread-safe.
///
/// Most scales regroup the bins of an STFT and derive from SpectrumScale; one that needs the signal itself
/// derives from Scale. scale_registry.h says how a scale gets its name.
class Scale {
 public:
  virtual ~Scale() = default;

  /// Rows of the spectrogram, lowest frequency first.
  virtual std::size_t n_rows() const = 0;

  /// The frequency in Hz that each row stands for, [n_rows], rising: a bin's own, the peak of a triangle, the
  /// centre of a constant-Q bin.
  virtual std::vector<double> row_frequencies_hz() const = 0;

  /// Frames that a signal gives.
  virtual std::size_t n_frames(std::size_t n_samples) const = 0;

  /// Hands each frame's powers [n_rows] to `sink`, in order.
  ///
  /// @param signal  at least one sample, all finite.
  virtual void stream_power(std::span<const float> signal, const FrameSink& sink) const = 0;

  /// The power that is 0 dB in this scale's array of decibels; none: the largest of the array.
  virtual std::optional<double> reference_power() const { return std::nullopt; }

  /// This scale as one that can share an STFT with others; null where it starts from the signal.
  virtual const SpectrumScale* as_spectrum_scale() const { return nullptr; }
};

/// A scale whose frames come from the frames of an STFT, one by one.
class SpectrumScale : public Scale {
 public:
  explicit SpectrumScale(const StftOptions& options) : stft_(options) {}

  const Stft& stft() const { return stft_; }

  /// Powers [n_rows] of one frame.
  ///
  /// @param spectrum   power spectrum, [stft().n_bins()].
  /// @param workspace  [n_rows], to hold the result; a scale may return another span, such as `spectrum`
  /// itself.
  virtual std::span<const float> project(std::span<const float> spectrum,
                                         std::span<float> workspace) const = 0;

  std::size_t n_frames(std::size_t n_samples) const final { return stft_.n_frames(n_samples); }
  void stream_power(std::span<const float> signal, const FrameSink& sink) const final;
  const SpectrumScale* as_spectrum_scale() const final { return this; }

 private:
  Stft stft_;
};

}  // namespace gamut::spectra
