#pragma once

#include <cstdint>
#include <string>

#include "gamut/core/json.h"

namespace gamut::training {

/// How one network is trained. Free of Torch, so that experiment files can be read without it.
struct TrainingOptions {
  int epochs = 20;              ///< at most
  int batch = 32;               ///< pictures a step; the last of an epoch may be smaller, never one alone
  double learning_rate = 1e-3;  ///< Adam; origin: Kingma & Ba
  int patience = 5;      ///< epochs without a better validation loss before stopping; 0: never stop early
  int input_size = 224;  ///< pixels; pictures are resized to it, without a crop; 0: their own size
  std::string colour_map = "magma";    ///< origin: paper
  bool imagenet_normalisation = true;  ///< origin: torchvision
  /// Weight of the newest batch in the running statistics; origin: PyTorch. With fewer than about ten steps
  /// an epoch 0.3 learns much better: Note [Batch normalisation in few steps].
  double batch_norm_momentum = 0.1;
  int threads_per_cell = 1;     ///< part of the configuration, because it changes float sums
  std::string device = "auto";  ///< auto, cpu or cuda

  bool operator==(const TrainingOptions&) const = default;

  /// @throws ParameterError  listing every fault at once.
  void validate() const;
};

Json to_json(const TrainingOptions& options);
/// @throws ParameterError  unknown keys, wrong types, values out of range.
TrainingOptions training_options_from_json(const Json& json);

}  // namespace gamut::training
