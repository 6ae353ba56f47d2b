#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <string>

#include "gamut/models/architectures.h"

namespace gamut::models {

/// ResNet v1.5 (the stride of a bottleneck is in its 3×3 convolution) with torchvision's parameter names, so
/// that its weights load by name.
/// @source He et al., Deep Residual Learning for Image Recognition, CVPR 2016; strides as torchvision 0.14.
class ResNetImpl : public torch::nn::Module {
 public:
  ResNetImpl(const Architecture& architecture, int outputs, int planes);

  /// @param pictures  float32, [N, 3 planes, height, width], any size.
  /// @return logits, float32, [N, outputs].
  torch::Tensor forward(torch::Tensor pictures);

 private:
  torch::nn::Sequential make_layer(Block block, int n_blocks, int channels, int stride);

  int channels_ = 64;  // out of the newest layer
  torch::nn::Conv2d conv1_{nullptr};
  torch::nn::BatchNorm2d bn1_{nullptr};
  torch::nn::Sequential layer1_{nullptr};
  torch::nn::Sequential layer2_{nullptr};
  torch::nn::Sequential layer3_{nullptr};
  torch::nn::Sequential layer4_{nullptr};
  torch::nn::Linear fc_{nullptr};
};
TORCH_MODULE(ResNet);

/// A network on the CPU with `outputs` logits and random weights as torchvision draws them: convolutions
/// normal (Kaiming, fan out), batch norms 1 and 0, the last layer uniform.
///
/// The weights come from a generator of their own: the same seed gives the same weights whatever else the
/// process draws, in any thread.
///
/// @param outputs  at least 1.
/// @param planes   coloured planes a picture; 1 or more, 2 for stereo.
/// @throws ParameterError  an unknown architecture, no outputs or no planes.
ResNet make_resnet(const std::string& architecture, int outputs, std::uint64_t seed, int planes = 1);

}  // namespace gamut::models
