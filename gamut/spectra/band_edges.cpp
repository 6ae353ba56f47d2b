#include "gamut/spectra/band_edges.h"

#include <fmt/format.h>

namespace gamut::spectra {

std::vector<std::string> find_band_edge_faults(double sample_rate_hz, double fmin_hz,
                                               std::optional<double> fmax_hz) {
  const double nyquist_hz = sample_rate_hz / 2;
  std::vector<std::string> faults;
  if (!(fmin_hz >= 0)) faults.push_back(fmt::format("fmin is {} Hz; it must be at least 0 Hz", fmin_hz));
  if (fmax_hz && !(*fmax_hz <= nyquist_hz)) {
    faults.push_back(
        fmt::format("fmax is {} Hz; it must be at most {} Hz, half the sampling rate of {} Hz: lower it or "
                    "raise the rate",
                    *fmax_hz, nyquist_hz, sample_rate_hz));
  }
  const double upper_hz = fmax_hz.value_or(nyquist_hz);
  if (fmin_hz >= upper_hz) {
    faults.push_back(fmt::format("fmin is {} Hz; it must be below fmax, {} Hz", fmin_hz, upper_hz));
  }
  return faults;
}

}  // namespace gamut::spectra
