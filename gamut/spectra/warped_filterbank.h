#pragma once

#include <optional>
#include <vector>

#include "gamut/core/matrix.h"

namespace gamut::spectra {

/// An axis on which bands are spaced evenly: a strictly rising function of frequency in Hz and its inverse.
struct FrequencyWarp {
  double (*from_hz)(double frequency_hz);
  double (*to_hz)(double warped);
};

struct WarpedBandsOptions {
  int n_bands = 128;   ///< >= 1; origin: ours, as many as librosa's mel bands
  double fmin_hz = 0;  ///< lower edge of the first band
  std::optional<double> fmax_hz =
      std::nullopt;  ///< upper edge of the last band; none: half the sampling rate
};

/// The corners of the bands in Hz, [n_bands + 2], evenly spaced on the axis.
std::vector<double> warped_corners_hz(double sample_rate_hz, const FrequencyWarp& warp,
                                      const WarpedBandsOptions& options);

/// Triangular bands on a warped frequency axis as a dense matrix.
///
/// n_bands + 2 corners are spaced evenly on the axis from fmin to fmax. Row b rises from corner b to corner b
/// + 1 and falls to corner b + 2, linearly in Hz, and is divided by its sum: a band is a weighted mean of
/// power, and a flat spectrum stays flat. Neither side of a triangle is narrower than the spacing of the FFT
/// bins: where bands lie closer than bins, a band interpolates between the two bins around its centre instead
/// of being empty.
///
/// @param n_fft           FFT length in samples; even, >= 2.
/// @param sample_rate_hz  sampling rate in Hz; > 0.
/// @param warp            defined from fmin to fmax.
/// @return float32, shape [n_bands, n_fft / 2 + 1]; >= 0, each row sums to 1.
/// @throws ParameterError  no bands; edges that are not 0 <= fmin < fmax <= sample_rate_hz / 2.
Matrix make_warped_filterbank(int n_fft, double sample_rate_hz, const FrequencyWarp& warp,
                              const WarpedBandsOptions& options = {});

}  // namespace gamut::spectra
