#pragma once

#include <complex>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "gamut/spectra/window.h"

namespace gamut::spectra {

/// The note C1, equal temperament, A4 = 440 Hz.
inline constexpr double kC1Hz = 32.70319566257483;

/// The bins of a constant-Q (or variable-Q) transform, geometrically spaced.
struct ConstantQOptions {
  double sample_rate_hz = 22050;
  int hop_length = 512;                ///< samples; octaves are computed at halved rates while it is even
  int n_bins = 84;                     ///< origin: librosa
  int bins_per_octave = 12;            ///< origin: librosa
  double fmin_hz = kC1Hz;              ///< > 0; origin: librosa
  std::optional<double> gamma_hz = 0;  ///< added to every bandwidth; 0: constant Q; none: as the ear's ERB
  WindowShape window = WindowShape::hann;
};

/// The filters of one octave, as rows over the bins of a Fourier transform without a window.
struct OctaveFilters {
  /// One filter: weights on the bins from first_bin on.
  struct Row {
    std::size_t first_bin = 0;
    std::size_t first_weight = 0;
    std::size_t n_weights = 0;
  };

  int downsampling = 1;       ///< the signal's rate is divided by this
  int hop_length = 512;       ///< samples at that rate
  int n_fft = 0;              ///< samples at that rate; a power of two
  std::size_t first_row = 0;  ///< of the transform
  std::vector<Row> rows;
  std::vector<std::complex<float>> weights;

  /// power[row] = |sum over bins of weight * spectrum|².
  /// @param spectrum  [n_fft / 2 + 1]
  /// @param power     [rows.size()]
  void apply(std::span<const std::complex<float>> spectrum, std::span<float> power) const;
};

/// The centre of each bin in Hz, [n_bins].
std::vector<double> constant_q_frequencies_hz(const ConstantQOptions& options);

/// The filters of all octaves, highest octave first; their rates fall by halves.
///
/// @throws ParameterError  bins that reach above half the sampling rate, or filters longer than the longest
///                         Fourier transform.
/// @source librosa.vqt and librosa.filters.wavelet, 0.10.2, with filter_scale 1, norm 1, sparsity 0.01,
/// scale=True; after Schörkhuber & Klapuri, Constant-Q transform toolbox for music processing, SMC 2010, and
/// Schörkhuber et al., A Matlab toolbox for efficient perfect reconstruction time-frequency transforms with
/// log-frequency resolution, AES 53, 2014.
std::vector<OctaveFilters> make_octave_filters(const ConstantQOptions& options);

}  // namespace gamut::spectra
