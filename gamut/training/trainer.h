#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gamut/core/json.h"
#include "gamut/core/matrix.h"

namespace gamut::training {

struct TrainingOptions {
  std::string architecture = "resnet18";
  int epochs = 20;              ///< at most
  int batch = 32;               ///< pictures a step; the last of an epoch may be smaller, never one alone
  double learning_rate = 1e-3;  ///< Adam; origin: Kingma & Ba
  int patience = 5;             ///< epochs without a better validation loss before stopping; 0: never stop early
  int input_size = 224;         ///< pixels; pictures are resized to it, without a crop; 0: their own size
  std::string colour_map = "magma";
  bool imagenet_normalisation = true;
  int threads = 1;
  std::uint64_t seed = 97;
  std::string device = "auto";  ///< auto, cpu or cuda

  void validate() const;
};

/// The pictures of a picture set: uint8, [rows, height, width], usually mapped from disk. Not owned.
struct PictureView {
  std::span<const std::uint8_t> pixels;
  int height = 0;
  int width = 0;
  std::size_t rows() const { return pixels.size() / (std::size_t(height) * width); }
};

/// One example: a row of the picture set and its binary label.
struct Example {
  std::size_t row = 0;
  float label = 0;
};

struct EpochRecord {
  int epoch = 0;                 ///< from 1
  double train_loss = 0;
  double validation_loss = 0;    ///< class-balanced binary cross-entropy
  double validation_balanced_accuracy = 0;
  double seconds = 0;
};

struct TrainedNetwork {
  std::vector<EpochRecord> history;
  int best_epoch = 0;
  std::vector<double> scores;    ///< sigmoid of the best epoch's logit for each of `score_rows`
};

/// Trains one binary network and scores pictures with its best epoch.
///
/// @param initial_weights  a weight file, or none for random weights from options.seed.
/// @param checkpoint       where the best epoch is saved as safetensors, with `metadata`.
/// @param on_epoch         called after every epoch; may throw Interrupted.
/// @throws ModelError  the loss became NaN; weights that do not fit.
TrainedNetwork train_binary(const PictureView& pictures, std::span<const Example> train,
                            std::span<const Example> validation, std::span<const std::size_t> score_rows,
                            const TrainingOptions& options, const std::optional<std::filesystem::path>& initial_weights,
                            const std::filesystem::path& checkpoint, const std::map<std::string, std::string>& metadata,
                            const std::function<void(const EpochRecord&)>& on_epoch = {});

}  // namespace gamut::training
