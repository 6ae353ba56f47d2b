#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gamut/models/architectures.h"

namespace gamut::models {

/// What a network is made of. The same layers stand in `children`, by which they have their names, and in the
/// rest, by which they run.
struct NetworkParts {
  /// With torchvision's names, in torchvision's order, so that its weights load by name.
  std::vector<std::pair<std::string, std::shared_ptr<torch::nn::Module>>> children;
  /// From the pictures on, each with what shrinks its output; none changes its input in place.
  std::vector<torch::nn::Sequential> stages;
  torch::nn::Sequential neck;  ///< what the last layer sees, [N, features], of what the last stage gives
  torch::nn::Linear last_layer{nullptr};
  at::Generator dropout_generator;  ///< of every mask of the neck; undefined without dropout
};

/// A network of any architecture: stages, a neck and a linear last layer.
class NetworkImpl : public torch::nn::Module {
 public:
  NetworkImpl(Architecture architecture, NetworkParts parts);

  /// @param pictures  float32, [N, 3 planes, height, width], any size.
  /// @return logits, float32, [N, outputs].
  torch::Tensor forward(const torch::Tensor& pictures) { return forward_from(0, pictures); }

  /// @return what the last layer sees of the pictures, float32, [N, features].
  torch::Tensor embed(const torch::Tensor& pictures) { return embed_from(0, pictures); }

  /// What the first `n_stages` stages make of pictures, for embed_from(): float32, [N, channels, height,
  /// width].
  /// @throws ParameterError  fewer than 0 stages, or more than the network has.
  torch::Tensor compute_stages(int n_stages, const torch::Tensor& pictures);

  /// embed() without the first `n_stages` stages.
  /// @param x  what those stages give; it is not changed.
  /// @throws ParameterError  fewer than 0 stages, or more than the network has.
  torch::Tensor embed_from(int n_stages, torch::Tensor x);

  /// forward() without the first `n_stages` stages, as embed_from().
  torch::Tensor forward_from(int n_stages, const torch::Tensor& x) {
    return parts_.last_layer(embed_from(n_stages, x));
  }

  /// The first `n_stages` stages keep their weights and, also while the rest trains, their running
  /// statistics; the others train.
  /// @throws ParameterError  fewer than 0 stages, or more than the network has.
  void freeze(int n_stages);

  /// Starts the masks of dropout anew, for example at every epoch, so that it can be repeated alone. The last
  /// layers of ResNet have none.
  void seed_dropout(std::uint64_t seed);

  /// Lays the convolutions out channels-last, which is faster on CPU and GPU alike; the numbers stay, and
  /// sums are rounded in another order.
  void use_channels_last();

  /// Makes the network faster for inference alone: batch norms become part of the convolutions before them,
  /// in eval mode, channels-last. It stays on the device where it is, and can neither be trained nor saved
  /// any more.
  void fold_batch_norm();
  bool is_folded() const { return folded_; }

  /// @throws ParameterError  `on` for a folded network.
  void train(bool on = true) override;

  const Architecture& architecture() const { return architecture_; }
  int n_stages() const { return static_cast<int>(parts_.stages.size()); }
  torch::nn::Linear last_layer() const { return parts_.last_layer; }

 private:
  void require_stages(int n_stages) const;

  Architecture architecture_;
  NetworkParts parts_;
  int n_frozen_ = 0;
  bool folded_ = false;
};
TORCH_MODULE(Network);

/// A network on the CPU with `outputs` logits and random weights as torchvision draws them.
///
/// The weights come from a generator of their own: the same seed gives the same weights whatever else the
/// process draws, in any thread.
///
/// @param outputs  at least 1.
/// @param planes   coloured planes a picture; 1 or more, 2 for stereo.
/// @throws ParameterError  an unknown architecture, no outputs or no planes.
Network make_network(const std::string& architecture, int outputs, std::uint64_t seed, int planes = 1);

/// As make_network(), but the weights have no values yet: for whom a file has them all.
Network make_blank_network(const std::string& architecture, int outputs, int planes = 1);

}  // namespace gamut::models
