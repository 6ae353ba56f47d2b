#pragma once

#include <torch/torch.h>

namespace gamut::models {

/// Sets half of what it sees to 0 while training and doubles the rest.
///
/// The masks come from a generator on the CPU that belongs to one network, not from Torch's, which all
/// threads of a process share: networks trained side by side stay reproducible, and a GPU drops the same
/// units as the CPU.
///
/// @source Srivastava et al., Dropout, JMLR 15 (2014).
class DropoutImpl : public torch::nn::Module {
 public:
  explicit DropoutImpl(at::Generator generator) : generator_(std::move(generator)) {}

  torch::Tensor forward(const torch::Tensor& x);

 private:
  at::Generator generator_;
};
TORCH_MODULE(Dropout);

}  // namespace gamut::models
