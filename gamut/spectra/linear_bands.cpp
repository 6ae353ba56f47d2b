#include "gamut/spectra/linear_bands.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "gamut/core/error.h"
#include "gamut/core/text.h"
#include "gamut/spectra/band_edges.h"

namespace gamut::spectra {
namespace {

double band_spacing_hz(double sample_rate_hz, const LinearBandsOptions& options) {
  return (options.fmax_hz.value_or(sample_rate_hz / 2) - options.fmin_hz) / (options.n_bands - 1);
}

}  // namespace

std::vector<double> linear_band_nodes_hz(double sample_rate_hz, const LinearBandsOptions& options) {
  const double spacing_hz = band_spacing_hz(sample_rate_hz, options);
  std::vector<double> nodes_hz;
  for (int band = 0; band < options.n_bands; ++band) nodes_hz.push_back(options.fmin_hz + band * spacing_hz);
  return nodes_hz;
}

Matrix make_linear_bands(int n_fft, double sample_rate_hz, const LinearBandsOptions& options) {
  std::vector<std::string> faults = find_band_edge_faults(sample_rate_hz, options.fmin_hz, options.fmax_hz);
  if (options.n_bands < 2) {
    faults.push_back(fmt::format("n_bands is {}; linear bands need at least 2", options.n_bands));
  }
  if (!faults.empty()) throw ParameterError("linear bands: " + join(faults, "; "));

  const double low_hz = options.fmin_hz;
  const double high_hz = options.fmax_hz.value_or(sample_rate_hz / 2);
  const double spacing_hz = band_spacing_hz(sample_rate_hz, options);
  const std::vector<double> nodes_hz = linear_band_nodes_hz(sample_rate_hz, options);
  Matrix filters(static_cast<std::size_t>(options.n_bands), static_cast<std::size_t>(n_fft) / 2 + 1);
  std::vector<double> weights(filters.columns);
  for (std::size_t band = 0; band < filters.rows; ++band) {
    const double node_hz = nodes_hz[band];
    double sum = 0;
    for (std::size_t bin = 0; bin < filters.columns; ++bin) {
      const double frequency_hz = static_cast<double>(bin) * sample_rate_hz / n_fft;
      const bool inside = frequency_hz >= low_hz && frequency_hz <= high_hz;
      weights[bin] = inside ? std::max(0.0, 1 - std::abs(frequency_hz - node_hz) / spacing_hz) : 0;
      sum += weights[bin];
    }
    if (sum < 1e-9) {  // a bin on the very edge of a triangle may leave a rounding error
      throw ParameterError(fmt::format(
          "linear bands: band {} of {} (around {:.1f} Hz) covers none of the FFT bins, which are {:.2f} Hz "
          "apart while the bands are {:.2f} Hz apart; take fewer bands or a longer n_fft than {}",
          band, options.n_bands, node_hz, sample_rate_hz / n_fft, spacing_hz, n_fft));
    }
    for (std::size_t bin = 0; bin < filters.columns; ++bin) {
      filters(band, bin) = static_cast<float>(weights[bin] / sum);
    }
  }
  return filters;
}

}  // namespace gamut::spectra
