#pragma once

#include <optional>
#include <string>
#include <vector>

namespace gamut::spectra {

/// What is wrong with the edges of a filterbank, one sentence a fault; empty where nothing is.
///
/// @param fmax_hz  none: sample_rate_hz / 2.
std::vector<std::string> find_band_edge_faults(double sample_rate_hz, double fmin_hz,
                                               std::optional<double> fmax_hz);

}  // namespace gamut::spectra
