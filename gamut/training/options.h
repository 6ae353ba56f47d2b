#pragma once

#include <cstdint>
#include <string>

#include "gamut/core/json_fwd.h"

namespace gamut::training {

enum class Optimiser {
  adam,   ///< Kingma & Ba, ICLR 2015
  adamw,  ///< Loshchilov & Hutter, Decoupled weight decay regularization, ICLR 2019
  sgd,    ///< with momentum
};

/// How the learning rate changes from step to step.
enum class Schedule {
  constant,
  cosine,     ///< down to 0 over all epochs; Loshchilov & Hutter, SGDR, ICLR 2017
  one_cycle,  ///< up from 1/25 over 30 % of the steps, then down to 1/250,000; Smith & Topin, 2018, as
              ///< PyTorch
};

enum class ClassWeights {
  none,
  balanced,  ///< an example counts n / (2 n of its class); origin: scikit-learn
};

/// Changes of the pictures while they train, drawn anew for each picture and epoch.
struct AugmentationOptions {
  int time_masks = 0;           ///< stripes of columns set to the picture's mean; origin: SpecAugment
  double time_mask = 0.1;       ///< largest share of the width that one covers; 0 to 1
  int frequency_masks = 0;      ///< stripes of rows; origin: SpecAugment
  double frequency_mask = 0.1;  ///< largest share of the height that one covers; 0 to 1
  double time_shift = 0;        ///< largest share of the width by which a picture is turned round; 0 to 1
  double mixup = 0;             ///< alpha of mixup's Beta(alpha, alpha); 0: none; Zhang et al., ICLR 2018

  bool operator==(const AugmentationOptions&) const = default;
};

/// Whether pictures are changed at all.
bool augments(const AugmentationOptions& options);

/// How one network is trained. Free of Torch, so that experiment files can be read without it.
struct TrainingOptions {
  int epochs = 20;  ///< at most
  int batch = 32;   ///< pictures a step; the last of an epoch may be smaller, never one alone
  Optimiser optimiser = Optimiser::adam;
  double learning_rate = 1e-3;  ///< the highest of the schedule; origin: Kingma & Ba
  Schedule schedule = Schedule::constant;
  double weight_decay = 0;  ///< 0 to 1
  double momentum = 0.9;    ///< of SGD; 0 to below 1
  int frozen_stages =
      0;  ///< the first stages keep their weights and statistics: 1 the stem, 2 and layer 1, … 5
  ClassWeights class_weights = ClassWeights::none;
  double focal_gamma = 0;  ///< 0: cross-entropy; Lin et al., Focal loss for dense object detection, ICCV 2017
  AugmentationOptions augmentation;
  int patience = 5;      ///< epochs without a better validation loss before stopping; 0: never stop early
  int input_size = 224;  ///< pixels; pictures are resized to it, without a crop; 0: their own size
  std::string colour_map = "magma";    ///< origin: paper
  bool imagenet_normalisation = true;  ///< origin: torchvision
  /// Weight of the newest batch in the running statistics; origin: PyTorch. With fewer than about ten steps
  /// an epoch 0.3 learns much better: Note [Batch normalisation in few steps].
  double batch_norm_momentum = 0.1;
  int threads_per_cell = 1;     ///< part of the configuration, because it changes float sums
  std::string device = "auto";  ///< auto, cpu or cuda
  /// Of the training steps: auto (bfloat16 on a GPU), float32 or bfloat16; what is kept and scored is
  /// float32.
  std::string precision = "auto";

  bool operator==(const TrainingOptions&) const = default;

  /// @throws ParameterError  listing every fault at once.
  void validate() const;
};

Json to_json(const TrainingOptions& options);
/// @throws ParameterError  unknown keys, wrong types, values out of range.
TrainingOptions training_options_from_json(const Json& json);

}  // namespace gamut::training
