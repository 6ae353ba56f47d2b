#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "gamut/models/network.h"
#include "gamut/models/network_input.h"

namespace gamut::models {

/// The logits of pictures, in eval mode, on the network's device; the network is left in the mode it was
/// found in.
///
/// @param input  of this network.
/// @param rows   rows of the picture set.
/// @param batch  pictures at once, at least 1; it changes the last digits only.
/// @return row-major, [rows.size(), outputs].
std::vector<double> compute_logits(Network& network, const NetworkInput& input,
                                   std::span<const std::size_t> rows, int batch);

/// 1 / (1 + exp(-logit)), in double, so that scores near 0 keep their digits.
double sigmoid(double logit);

}  // namespace gamut::models
