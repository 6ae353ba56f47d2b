#pragma once

#include <cstdint>
#include <vector>

#include "gamut/models/network.h"

namespace gamut::models {

/// Where in a picture a network sees what one of its logits says.
///
/// The activations of the last stage, each channel weighted by the mean gradient of the logit, summed,
/// without what is negative, and interpolated to the size asked for.
///
/// @param picture  float32, [1, channels, height, width], on the network's device.
/// @param logit    counted from 0.
/// @param height, width  of the result, in pixels.
/// @return row-major, [height, width], row 0 as in `picture`; 0 to 1, the largest value 1 unless all are 0.
/// @throws ParameterError  a logit that the network does not have.
/// @source Selvaraju et al., Grad-CAM, ICCV 2017, eq. 1 and 2.
std::vector<float> compute_grad_cam(Network network, const torch::Tensor& picture, std::int64_t logit,
                                    int height, int width);

}  // namespace gamut::models
