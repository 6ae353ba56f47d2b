#pragma once

#include <torch/torch.h>

#include <string>
#include <vector>

namespace gamut::models {

/// Known names: resnet18, resnet34, resnet50, resnet101, resnet152.
std::vector<std::string> architecture_names();

/// ResNet v1.5 with torchvision's parameter names, so that its weights load by name.
/// @source He et al., Deep Residual Learning for Image Recognition, CVPR 2016; strides as torchvision 0.14.
class ResNetImpl;   // conv1, bn1, layer1 … layer4, fc
TORCH_MODULE(ResNet);

/// A network with `outputs` logits and random weights (torchvision's initialisation) from the current Torch seed.
/// @throws ParameterError  an unknown architecture.
ResNet make_resnet(const std::string& architecture, int outputs);

}  // namespace gamut::models
