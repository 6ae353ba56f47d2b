#include "gamut/models/batch_norm.h"

#include "gamut/core/error.h"

namespace gamut::models {

torch::Tensor BatchNormImpl::forward(const torch::Tensor& x) {
  if (folded_) return x;
  _check_input_dim(x);
  if (is_training()) num_batches_tracked += 1;
  namespace F = torch::nn::functional;
  return F::batch_norm(x, running_mean, running_var,
                       F::BatchNormFuncOptions()
                           .weight(weight)
                           .bias(bias)
                           .training(is_training())
                           .momentum(options.momentum())
                           .eps(options.eps()));
}

void BatchNormImpl::_check_input_dim(const torch::Tensor& input) {
  if (input.dim() == 4) return;
  throw ParameterError("batch normalisation needs 4 dimensions, not " + std::to_string(input.dim()));
}

void BatchNormImpl::fold_into(torch::nn::Conv2dImpl& convolution) {
  const torch::NoGradGuard no_grad;
  // In double, so that folding costs one rounding.
  const auto wide = [](const torch::Tensor& x) { return x.to(torch::kFloat64); };
  const torch::Tensor factor = wide(weight) / torch::sqrt(wide(running_var) + options.eps());
  torch::Tensor shift = wide(bias) - wide(running_mean) * factor;
  if (convolution.bias.defined()) shift += wide(convolution.bias) * factor;
  convolution.weight.copy_(wide(convolution.weight) * factor.view({-1, 1, 1, 1}));
  convolution.bias = shift.to(convolution.weight.options()).detach();
  folded_ = true;
}

}  // namespace gamut::models
