#include "gamut/training/loss.h"

namespace gamut::training {

Loss::Loss(const TrainingOptions& options, const torch::Tensor& train_targets)
    : focal_gamma_(options.focal_gamma) {
  if (options.class_weights == ClassWeights::none) return;
  const torch::Tensor share = train_targets.mean(0).to(torch::kFloat64);
  const torch::Tensor both = (share > 0).logical_and(share < 1);
  const torch::Tensor ones = torch::ones_like(share);
  positive_weights_ = torch::where(both, 0.5 / share, ones).to(train_targets.scalar_type());
  negative_weights_ = torch::where(both, 0.5 / (1 - share), ones).to(train_targets.scalar_type());
}

torch::Tensor Loss::compute(const torch::Tensor& logits, const torch::Tensor& targets) const {
  if (focal_gamma_ == 0 && !positive_weights_.defined()) {
    return torch::binary_cross_entropy_with_logits(logits, targets);
  }
  torch::Tensor positive = -torch::log_sigmoid(logits);  // the cost of each class, were it the true one
  torch::Tensor negative = -torch::log_sigmoid(-logits);
  if (focal_gamma_ > 0) {
    const torch::Tensor score = torch::sigmoid(logits);
    positive = torch::pow(1 - score, focal_gamma_) * positive;
    negative = torch::pow(score, focal_gamma_) * negative;
  }
  if (positive_weights_.defined()) {
    positive = positive * positive_weights_.to(logits.device());
    negative = negative * negative_weights_.to(logits.device());
  }
  return (targets * positive + (1 - targets) * negative).mean();
}

}  // namespace gamut::training
