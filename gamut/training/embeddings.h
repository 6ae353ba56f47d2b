#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

#include "gamut/core/files.h"
#include "gamut/training/trainer.h"

namespace gamut::training {

/// What a network that is not trained makes of every picture of a set: float32, [rows, features], mapped from
/// a
/// `.npy` file. Free of Torch.
class Embeddings {
 public:
  /// @throws FileError  missing, or not float32 of two axes.
  explicit Embeddings(const std::filesystem::path& path);

  std::size_t rows() const { return rows_; }
  std::size_t features() const { return features_; }
  std::span<const float> row(std::size_t row) const { return values_.subspan(row * features_, features_); }

 private:
  MappedFile file_;
  std::size_t rows_ = 0;
  std::size_t features_ = 0;
  std::span<const float> values_;
};

/// Computes the embeddings of all pictures, `jobs` batches side by side, and writes them atomically: what the
/// last layer of the network would see, batch norms in eval mode. The bytes do not depend on `jobs`.
///
/// @param network  its outputs do not matter.
/// @throws ModelError   weights that do not fit.
/// @throws Interrupted  between two batches; nothing is written.
void compute_embeddings(const PictureView& pictures, const NetworkOptions& network,
                        const TrainingOptions& options, int jobs, const std::filesystem::path& path);

/// Trains the last layer alone, to convergence: logistic regression on embeddings, L-BFGS in double, the
/// strength of its L2 penalty chosen by the validation loss. The checkpoint has `fc.weight` and `fc.bias`
/// alone, for embeddings as they are.
///
/// @param train, validation, score_rows  as for train_network(), of one output.
/// @return its history has one line a strength, from the strongest.
/// @throws ParameterError  as train_network().
/// @source Nocedal & Wright, Numerical Optimization, 2006, 7.2 (L-BFGS), as LibTorch has it.
TrainedNetwork train_head(const Embeddings& embeddings, const Examples& train, const Examples& validation,
                          std::span<const std::size_t> score_rows, const NetworkOptions& network,
                          const TrainingOptions& options, const TrainingFiles& files);

}  // namespace gamut::training
