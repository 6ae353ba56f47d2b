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

/// Pictures with what a network is to say of each.
struct Examples {
  std::vector<std::size_t> rows;  ///< of the picture set
  std::vector<float> targets;     ///< 0 or 1, shape [rows.size(), outputs]
};

class Activations;

/// The network to train and where it starts.
struct NetworkOptions {
  std::string architecture = "resnet18";
  int outputs = 1;                                       ///< one a genre
  std::optional<std::filesystem::path> initial_weights;  ///< none: random weights from `seed`
  std::uint64_t seed = 97;                               ///< initial weights, shuffling and augmentation
  /// What its frozen stages make of the pictures, computed beforehand; none: computed at every step. Not
  /// owned.
  const Activations* activations = nullptr;
};

struct EpochRecord {
  int epoch = 0;                            ///< from 1
  double train_loss = 0;                    ///< mean over the pictures, as they were seen
  double validation_loss = 0;               ///< class-balanced binary cross-entropy, mean over the outputs
  double validation_balanced_accuracy = 0;  ///< at 0.5, mean over the outputs
  double seconds = 0;
  double images_per_second = 0;  ///< pictures trained on, over the time of the training steps alone
};

struct TrainedNetwork {
  std::vector<EpochRecord> history;
  int best_epoch = 0;
  std::vector<double> scores;  ///< sigmoid of the best epoch's logits, [score_rows, outputs]
};

/// What a training leaves on disk.
struct TrainingFiles {
  std::filesystem::path checkpoint;             ///< the best epoch, as safetensors
  std::map<std::string, std::string> metadata;  ///< of the checkpoint
  /// Where a killed training goes on; empty: nowhere. It stays, until the caller has kept what was returned
  /// and removes it.
  std::filesystem::path epochs;
  /// At least, from one such file to the next; none: after every epoch, unless epochs are so short that
  /// writing would take more than a twentieth of the time.
  std::optional<double> seconds_between_epochs = {};
};

/// Trains one network on binary cross-entropy and scores pictures with its best epoch: the one with the
/// lowest validation loss, the first of equals.
///
/// The same arguments give the same checkpoint and scores, bit for bit, on the same machine and libraries,
/// whatever else the process trains at the same time and however often it was killed and taken up again:
/// initial weights and, epoch by epoch, shuffling and augmentation have generators of their own. On a GPU,
/// only nearly. The calling thread's Torch operations use `options.threads_per_cell` threads, also
/// afterwards.
///
/// @param pictures    read batch by batch, never copied as a whole.
/// @param train       of both classes for every output; their order matters, because it is what is shuffled.
/// @param validation  at least one example; a class that is missing counts for nothing in loss and accuracy.
/// @param score_rows  rows of the picture set.
/// @param files       the checkpoint's metadata get, where they lack them, `architecture`, `best_epoch`,
/// `seed` and
///                    `training` (to_json of the options).
/// @param on_epoch    called after every epoch trained now; may throw.
/// @throws ParameterError  options, rows or labels out of range; activations of other pictures, or with
/// augmentation, which changes pictures.
/// @throws ModelError      no validation examples; training examples of one class; the loss is no longer a
/// number; weights that do not fit; what LibTorch refuses: no memory left on the GPU, pictures too small for
/// the network.
/// @throws Interrupted     between two steps, once a signal has come; no checkpoint is written, files.epochs
/// stays.
TrainedNetwork train_network(const PictureView& pictures, const Examples& train, const Examples& validation,
                             std::span<const std::size_t> score_rows, const NetworkOptions& network,
                             const TrainingOptions& options, const TrainingFiles& files,
                             const std::function<void(const EpochRecord&)>& on_epoch = {});

}  // namespace gamut::training
