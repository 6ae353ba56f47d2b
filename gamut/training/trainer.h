#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gamut/models/picture_view.h"
#include "gamut/training/options.h"

namespace gamut::training {

using models::PictureView;

/// One example: a row of the picture set and its binary label.
struct Example {
  std::size_t row = 0;
  float label = 0;
};

/// The network to train and where it starts.
struct NetworkOptions {
  std::string architecture = "resnet18";
  std::optional<std::filesystem::path> initial_weights;  ///< none: random weights from `seed`
  std::uint64_t seed = 97;                               ///< initial weights and shuffling
};

struct EpochRecord {
  int epoch = 0;                            ///< from 1
  double train_loss = 0;                    ///< mean over the pictures, as they were seen
  double validation_loss = 0;               ///< class-balanced binary cross-entropy
  double validation_balanced_accuracy = 0;  ///< at 0.5
  double seconds = 0;
};

struct TrainedNetwork {
  std::vector<EpochRecord> history;
  int best_epoch = 0;
  std::vector<double> scores;  ///< sigmoid of the best epoch's logit for each of `score_rows`
};

/// Trains one binary network (binary cross-entropy, Adam) and scores pictures with its best epoch: the one
/// with the lowest validation loss, the first of equals.
///
/// The same arguments give the same checkpoint and scores, bit for bit, on the same machine and libraries,
/// whatever else the process trains at the same time: initial weights and shuffling have generators of their
/// own. On a GPU, only nearly. The calling thread's Torch operations use `options.threads_per_cell` threads,
/// also afterwards.
///
/// @param pictures    read batch by batch, never copied as a whole.
/// @param train       examples of both classes; their order matters, because it is what is shuffled.
/// @param validation  at least one example; a class that is missing counts for nothing in loss and accuracy.
/// @param score_rows  rows of the picture set.
/// @param checkpoint  where the best epoch is saved as safetensors, with `metadata` and, where that lacks
/// them,
///                    `architecture`, `best_epoch`, `seed` and `training` (to_json of the options).
/// @param on_epoch    called after every epoch; may throw.
/// @throws ParameterError  options, rows or labels out of range; no validation examples; training examples of
/// one class.
/// @throws ModelError      the loss is no longer a number; weights that do not fit.
/// @throws Interrupted     between two steps, once a signal has come; no checkpoint is written.
/// @source Kingma & Ba, Adam, ICLR 2015.
TrainedNetwork train_binary(const PictureView& pictures, std::span<const Example> train,
                            std::span<const Example> validation, std::span<const std::size_t> score_rows,
                            const NetworkOptions& network, const TrainingOptions& options,
                            const std::filesystem::path& checkpoint,
                            const std::map<std::string, std::string>& metadata,
                            const std::function<void(const EpochRecord&)>& on_epoch = {});

}  // namespace gamut::training
