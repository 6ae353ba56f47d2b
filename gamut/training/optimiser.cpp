#include "gamut/training/optimiser.h"

#include <utility>

namespace gamut::training {

std::unique_ptr<torch::optim::Optimizer> make_optimiser(const TrainingOptions& options,
                                                        std::vector<torch::Tensor> parameters) {
  namespace optim = torch::optim;
  const double rate = options.learning_rate;
  switch (options.optimiser) {
    case Optimiser::adamw:
      return std::make_unique<optim::AdamW>(std::move(parameters),
                                            optim::AdamWOptions(rate).weight_decay(options.weight_decay));
    case Optimiser::sgd:
      return std::make_unique<optim::SGD>(
          std::move(parameters),
          optim::SGDOptions(rate).momentum(options.momentum).weight_decay(options.weight_decay));
    case Optimiser::adam:
      break;
  }
  return std::make_unique<optim::Adam>(std::move(parameters),
                                       optim::AdamOptions(rate).weight_decay(options.weight_decay));
}

void set_learning_rate(torch::optim::Optimizer& optimiser, double learning_rate) {
  for (torch::optim::OptimizerParamGroup& group : optimiser.param_groups())
    group.options().set_lr(learning_rate);
}

}  // namespace gamut::training
