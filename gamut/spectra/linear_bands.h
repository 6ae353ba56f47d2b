#pragma once

#include <optional>
#include <vector>

#include "gamut/core/matrix.h"

namespace gamut::spectra {

struct LinearBandsOptions {
  int n_bands = 128;   ///< nodes; >= 2; origin: ours, as many as librosa's mel bands
  double fmin_hz = 0;  ///< first node
  std::optional<double> fmax_hz = std::nullopt;  ///< last node; none: half the sampling rate
};

/// The nodes in Hz, [n_bands].
std::vector<double> linear_band_nodes_hz(double sample_rate_hz, const LinearBandsOptions& options);

/// The direct fuzzy transform along frequency as a dense matrix.
///
/// n_bands nodes are spaced evenly from fmin to fmax. Row b holds a triangle around node b as wide on each
/// side as the spacing (half a triangle at both ends), divided by its sum: a band is the weighted mean of the
/// bins under its triangle, and a flat spectrum stays flat. It averages as a mel filterbank does, without the
/// warping.
///
/// @param n_fft           FFT length in samples; even, >= 2.
/// @param sample_rate_hz  sampling rate in Hz; > 0.
/// @return float32, shape [n_bands, n_fft / 2 + 1]; >= 0, each row sums to 1.
/// @throws ParameterError  fewer than 2 bands; so many that one covers no bin; edges that are not
///                         0 <= fmin < fmax <= sample_rate_hz / 2.
/// @source Perfilieva, Fuzzy transforms: theory and applications, Fuzzy Sets and Systems 157 (2006) 993-1023.
Matrix make_linear_bands(int n_fft, double sample_rate_hz, const LinearBandsOptions& options = {});

}  // namespace gamut::spectra
