#include "gamut/models/scores.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "gamut/core/error.h"

namespace gamut::models {

std::vector<double> compute_logits(Network& network, const NetworkInput& input,
                                   std::span<const std::size_t> rows, int batch) {
  if (batch < 1) throw ParameterError("a batch needs at least 1 picture, not " + std::to_string(batch));
  const torch::NoGradGuard no_grad;
  const bool was_training = network->is_training();
  const torch::Device device = network->parameters().front().device();
  network->eval();
  std::vector<double> logits;
  while (!rows.empty()) {
    const std::size_t count = std::min(rows.size(), static_cast<std::size_t>(batch));
    const torch::Tensor output =
        network->forward_from(input.n_stages(), input.compute(rows.first(count)).to(device));
    const torch::Tensor values = output.to(torch::kCPU, torch::kFloat64).contiguous();
    logits.insert(logits.end(), values.data_ptr<double>(), values.data_ptr<double>() + values.numel());
    rows = rows.subspan(count);
  }
  network->train(was_training);
  return logits;
}

double sigmoid(double logit) {
  return 1 / (1 + std::exp(-logit));
}

}  // namespace gamut::models
