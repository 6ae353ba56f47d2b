#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <vector>

#include "gamut/core/files.h"
#include "gamut/models/picture_view.h"
#include "gamut/training/options.h"

namespace gamut::training {

struct NetworkOptions;

/// What the part of a network that is not trained makes of every picture of a set: float32, [rows, …], mapped
/// from a `.npy` file. Free of Torch.
class Activations {
 public:
  /// @throws FileError  missing, cut short, or not float32 of two axes or more.
  explicit Activations(const std::filesystem::path& path);

  std::size_t rows() const { return rows_; }
  /// Of one picture: [features], or [channels, height, width].
  const std::vector<std::size_t>& shape() const { return shape_; }
  /// Values of one picture.
  std::size_t size() const { return size_; }
  std::span<const float> row(std::size_t row) const { return values_.subspan(row * size_, size_); }

 private:
  MappedFile file_;
  std::size_t rows_ = 0;
  std::size_t size_ = 1;
  std::vector<std::size_t> shape_;
  std::span<const float> values_;
};

/// Up to where a network is not trained, when all of it but the last layer is frozen.
inline constexpr int kUpToLastLayer = -1;

/// Computes the activations of all pictures, `jobs` batches side by side, and writes them atomically; batch
/// norms are in eval mode. Says beforehand how large the file will be. The bytes do not depend on `jobs`, the
/// memory not on the number of pictures.
///
/// @param network   its outputs do not matter.
/// @param n_stages  what they are taken after: 1 the stem, 2 layer 1, …; or kUpToLastLayer: the embeddings,
///                  which the last layer sees.
/// @throws ParameterError  more stages than the network has.
/// @throws ModelError      weights that do not fit.
/// @throws FileError       the disk has no room for them.
/// @throws Interrupted     between two batches; nothing is written.
void compute_activations(const models::PictureView& pictures, const NetworkOptions& network,
                         const TrainingOptions& options, int n_stages, int jobs,
                         const std::filesystem::path& path);

}  // namespace gamut::training
