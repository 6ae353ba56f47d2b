#include "gamut/models/grad_cam.h"

#include <string>

#include "gamut/core/error.h"

namespace gamut::models {

std::vector<float> compute_grad_cam(Network network, const torch::Tensor& picture, std::int64_t logit,
                                    int height, int width) {
  const std::int64_t n_logits = network->last_layer()->weight.size(0);
  if (logit < 0 || logit >= n_logits) {
    throw ParameterError("a network of " + std::to_string(n_logits) + " outputs has no output " +
                         std::to_string(logit) + ", counted from 0");
  }
  torch::Tensor activations;
  {
    const torch::NoGradGuard no_grad;
    activations = network->compute_stages(network->n_stages(), picture);
  }
  activations = activations.detach().clone().requires_grad_(true);
  const torch::Tensor said = network->forward_from(network->n_stages(), activations)[0][logit];
  const torch::Tensor gradient = torch::autograd::grad({said}, {activations}).front();

  const torch::NoGradGuard no_grad;
  const torch::Tensor weights = gradient.mean({2, 3}, /*keepdim=*/true);
  torch::Tensor map = (weights * activations).sum(1, /*keepdim=*/true).relu();
  namespace F = torch::nn::functional;
  map = F::interpolate(map, F::InterpolateFuncOptions()
                                .size(std::vector<std::int64_t>{height, width})
                                .mode(torch::kBilinear)
                                .align_corners(false));
  const auto largest = map.max().item<float>();
  if (largest > 0) map /= largest;
  map = map.to(torch::kCPU).contiguous();
  return {map.data_ptr<float>(), map.data_ptr<float>() + map.numel()};
}

}  // namespace gamut::models
