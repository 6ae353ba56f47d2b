#include "gamut/spectra/warped_filterbank.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "gamut/core/error.h"
#include "gamut/core/text.h"
#include "gamut/spectra/band_edges.h"

namespace gamut::spectra {

std::vector<double> warped_corners_hz(double sample_rate_hz, const FrequencyWarp& warp,
                                      const WarpedBandsOptions& options) {
  const double low = warp.from_hz(options.fmin_hz);
  const double high = warp.from_hz(options.fmax_hz.value_or(sample_rate_hz / 2));
  std::vector<double> corners_hz;
  for (int i = 0; i < options.n_bands + 2; ++i) {
    corners_hz.push_back(warp.to_hz(low + i * (high - low) / (options.n_bands + 1)));
  }
  return corners_hz;
}

Matrix make_warped_filterbank(int n_fft, double sample_rate_hz, const FrequencyWarp& warp,
                              const WarpedBandsOptions& options) {
  std::vector<std::string> faults = find_band_edge_faults(sample_rate_hz, options.fmin_hz, options.fmax_hz);
  if (options.n_bands < 1) {
    faults.push_back(fmt::format("n_bands is {}; a filterbank needs at least 1 band", options.n_bands));
  }
  if (!faults.empty()) throw ParameterError("filterbank: " + join(faults, "; "));

  const std::vector<double> corners_hz = warped_corners_hz(sample_rate_hz, warp, options);
  const double bin_hz = sample_rate_hz / n_fft;
  Matrix filters(static_cast<std::size_t>(options.n_bands), static_cast<std::size_t>(n_fft) / 2 + 1);
  std::vector<double> weights(filters.columns);
  for (std::size_t band = 0; band < filters.rows; ++band) {
    const double centre_hz = corners_hz[band + 1];
    const double rise_hz = std::max(bin_hz, centre_hz - corners_hz[band]);
    const double fall_hz = std::max(bin_hz, corners_hz[band + 2] - centre_hz);
    double sum = 0;
    for (std::size_t bin = 0; bin < filters.columns; ++bin) {
      const double above_hz = static_cast<double>(bin) * bin_hz - centre_hz;
      weights[bin] = std::max(0.0, 1 - (above_hz < 0 ? -above_hz / rise_hz : above_hz / fall_hz));
      sum += weights[bin];
    }
    for (std::size_t bin = 0; bin < filters.columns; ++bin) {
      filters(band, bin) = static_cast<float>(weights[bin] / sum);
    }
  }
  return filters;
}

}  // namespace gamut::spectra
