#pragma once

#include <string>
#include <vector>

namespace gamut::models {

/// What one stage of a network is made of.
enum class Block {
  basic,       ///< two 3×3 convolutions
  bottleneck,  ///< 1×1, 3×3 and 1×1, four times as many channels out as inside
  plain,       ///< one 3×3 convolution, no shortcut and no batch norm: VGG
};

/// The kind of a network's blocks and how many each of its stages has (of a residual network, its layers).
struct Architecture {
  std::string name;
  Block block = Block::basic;
  std::vector<int> depths;
  std::string first_layer = "conv1";  ///< the name of the convolution that sees the pictures
  std::string last_layer = "fc";      ///< the name of the layer whose outputs are the logits
};

/// Known names, shallow to deep: resnet18, resnet34, resnet50, resnet101, resnet152, and vgg16. Free of
/// Torch.
std::vector<std::string> architecture_names();

/// @throws ParameterError  an unknown name; the message lists the known ones.
/// @source He et al., Deep Residual Learning for Image Recognition, CVPR 2016, Table 1;
///         Simonyan & Zisserman, ICLR 2015, Table 1, D.
const Architecture& find_architecture(const std::string& name);

}  // namespace gamut::models
