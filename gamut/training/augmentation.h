#pragma once

#include <torch/torch.h>

#include <cstdint>

#include "gamut/core/random.h"
#include "gamut/training/options.h"

namespace gamut::training {

/// A batch on its way into the network.
struct Batch {
  torch::Tensor pictures;  ///< float32, [N, channels, height, width]
  torch::Tensor targets;   ///< float32, [N, outputs]
};

/// Changes pictures in the order in which they come, the same for the same generator: turned round in time,
/// masked, then mixed with one another.
///
/// @source Park et al., SpecAugment, Interspeech 2019 (masks; the picture's mean in place of the data set's);
/// Zhang et al., mixup: Beyond empirical risk minimization, ICLR 2018 (one share a batch).
void augment(Batch& batch, const AugmentationOptions& options, Random& random);

/// A draw from Beta(alpha, alpha), alpha > 0.
/// @source Marsaglia & Tsang, A simple method for generating gamma variables, ACM TOMS 26 (2000).
double draw_beta(double alpha, Random& random);

}  // namespace gamut::training
