#include "gamut/models/dropout.h"

namespace gamut::models {

torch::Tensor DropoutImpl::forward(const torch::Tensor& x) {
  if (!is_training()) return x;
  const torch::Tensor kept = torch::empty(x.sizes()).bernoulli_(0.5, generator_);
  return x * (2 * kept).to(x.options());
}

}  // namespace gamut::models
