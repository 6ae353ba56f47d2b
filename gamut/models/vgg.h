#pragma once

#include "gamut/models/network.h"

namespace gamut::models {

/// VGG without batch normalisation: 3×3 convolutions, 7×7 mean cells, two hidden layers of 4096 with dropout.
/// Its stages are the blocks between two poolings.
/// @source Simonyan & Zisserman, Very Deep Convolutional Networks for Large-Scale Image Recognition, ICLR
/// 2015, Table 1, D; pooling to 7×7 as torchvision 0.14.
NetworkParts make_vgg(const Architecture& architecture, int outputs, int planes);

}  // namespace gamut::models
