#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <string>
#include <vector>

#include "gamut/training/trainer.h"

namespace gamut::training {

/// Where a training stands between two epochs, beside its tensors.
struct TrainingState {
  std::vector<EpochRecord> history;
  int best_epoch = 0;
  double best_loss = 0;
};

/// What an epoch checkpoint is about. The tensors are read and written in place.
struct TrainingTensors {
  std::vector<torch::Tensor>& network;  ///< parameters and buffers
  std::vector<torch::Tensor>& best;     ///< copies of them from the best epoch
  torch::optim::Optimizer& optimiser;
};

/// Writes everything that training needs to go on after a kill, atomically. The file is gamut's own affair,
/// in LibTorch's archive format.
///
/// @param key  tells one training from another: options, data, seed.
void save_epoch(const std::filesystem::path& path, const std::string& key, const TrainingState& state,
                const TrainingTensors& tensors);

/// Takes up what save_epoch() wrote.
///
/// @return false where there is no file, or one of another training or a damaged one: training then starts
/// anew, and nothing was changed.
bool load_epoch(const std::filesystem::path& path, const std::string& key, TrainingState& state,
                const TrainingTensors& tensors);

}  // namespace gamut::training
