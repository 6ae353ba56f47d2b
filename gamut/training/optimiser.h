#pragma once

#include <torch/torch.h>

#include <memory>
#include <vector>

#include "gamut/training/options.h"

namespace gamut::training {

/// @param parameters  those that are to be trained.
std::unique_ptr<torch::optim::Optimizer> make_optimiser(const TrainingOptions& options,
                                                        std::vector<torch::Tensor> parameters);

void set_learning_rate(torch::optim::Optimizer& optimiser, double learning_rate);

}  // namespace gamut::training
