#pragma once

#include "gamut/models/network.h"

namespace gamut::models {

/// ResNet v1.5 (the stride of a bottleneck is in its 3×3 convolution). Its stages are what stands before the
/// layers (stem), and layer1 to layer4.
/// @source He et al., Deep Residual Learning for Image Recognition, CVPR 2016; strides as torchvision 0.14.
NetworkParts make_resnet(const Architecture& architecture, int outputs, int planes);

}  // namespace gamut::models
