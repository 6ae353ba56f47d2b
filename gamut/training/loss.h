#pragma once

#include <torch/torch.h>

#include "gamut/training/options.h"

namespace gamut::training {

/// Mean binary cross-entropy of logits, with class weights and the focal factor where they are asked for.
/// Targets may lie between 0 and 1 (mixup); an example then counts for both classes by its share.
///
/// @source Lin et al., Focal loss for dense object detection, ICCV 2017, without its alpha.
class Loss {
 public:
  /// @param train_targets  of all training examples, float32 or float64, [N, outputs]: what balanced weights
  /// come from. An
  ///                       output whose examples are all of one class is not weighted.
  Loss(const TrainingOptions& options, const torch::Tensor& train_targets);

  /// @param logits, targets  [batch, outputs], of the type of train_targets.
  /// @return a scalar.
  torch::Tensor compute(const torch::Tensor& logits, const torch::Tensor& targets) const;

 private:
  double focal_gamma_;
  torch::Tensor positive_weights_, negative_weights_;  // [outputs]; undefined: all 1
};

}  // namespace gamut::training
