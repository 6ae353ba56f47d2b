#include "gamut/training/activation_input.h"

#include <algorithm>

namespace gamut::training {

torch::Tensor ActivationInput::compute(std::span<const std::size_t> rows) const {
  std::vector<std::int64_t> shape{static_cast<std::int64_t>(rows.size())};
  shape.insert(shape.end(), activations_.shape().begin(), activations_.shape().end());
  const torch::Tensor batch = torch::empty(shape);
  float* target = batch.data_ptr<float>();
  for (const std::size_t row : rows) target = std::ranges::copy(activations_.row(row), target).out;
  return batch;
}

}  // namespace gamut::training
