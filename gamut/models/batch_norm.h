#pragma once

#include <torch/torch.h>

namespace gamut::models {

/// Batch normalisation over pictures, as torch::nn::BatchNorm2d, that the convolution before it can take over
/// for inference.
class BatchNormImpl : public torch::nn::NormImplBase<2, BatchNormImpl, torch::nn::BatchNormOptions> {
 public:
  explicit BatchNormImpl(int channels) : NormImplBase(torch::nn::BatchNormOptions(channels)) {}

  torch::Tensor forward(const torch::Tensor& x);

  /// Gives the convolution, whose output this sees, the weights and the bias of both in eval mode; this then
  /// passes on what it gets.
  void fold_into(torch::nn::Conv2dImpl& convolution);

 protected:
  void _check_input_dim(const torch::Tensor& input) override;

 private:
  bool folded_ = false;
};
TORCH_MODULE(BatchNorm);

}  // namespace gamut::models
