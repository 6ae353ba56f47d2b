#pragma once

#include <array>
#include <string>
#include <vector>

namespace gamut::models {

/// What one layer of a residual network is made of.
enum class Block {
  basic,       ///< two 3×3 convolutions
  bottleneck,  ///< 1×1, 3×3 and 1×1, four times as many channels out as inside
};

/// A residual network: the kind of its blocks and how many each of its four layers has.
struct Architecture {
  std::string name;
  Block block = Block::basic;
  std::array<int, 4> depths{};
  std::string first_layer = "conv1";  ///< the name of the convolution that sees the pictures
  std::string last_layer = "fc";      ///< the name of the layer whose outputs are the logits
};

/// Known names, shallow to deep: resnet18, resnet34, resnet50, resnet101, resnet152. Free of Torch.
std::vector<std::string> architecture_names();

/// @throws ParameterError  an unknown name; the message lists the known ones.
/// @source He et al., Deep Residual Learning for Image Recognition, CVPR 2016, Table 1.
const Architecture& find_architecture(const std::string& name);

}  // namespace gamut::models
