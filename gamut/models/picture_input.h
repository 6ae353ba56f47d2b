#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "gamut/models/network_input.h"
#include "gamut/models/picture_input_options.h"
#include "gamut/models/picture_view.h"

namespace gamut::models {

/// Turns stored pictures into what a network sees: coloured, normalised, resized, low frequencies at the
/// bottom as in the paper's image files.
///
/// Resizing is bilinear over the whole picture (no crop: a crop would cut frequencies and time), averaging
/// where it shrinks. Pictures are read as they are asked for. compute() is thread-safe.
class PictureInput : public NetworkInput {
 public:
  /// @param pictures  must outlive this; at least one plane and pixel a picture.
  /// @throws ParameterError  a size below 1, or pixels that are not whole pictures.
  PictureInput(const PictureView& pictures, const PictureInputOptions& options);

  std::size_t rows() const { return pictures_.rows(); }

  /// @param rows  rows of the picture set.
  /// @return float32 on the CPU, [rows.size(), 3 planes, height, width]: red, green and blue of each plane.
  /// @throws ParameterError  a row that the set does not have.
  torch::Tensor compute(std::span<const std::size_t> rows) const override;

 private:
  PictureView pictures_;
  int input_size_;
  std::array<std::array<float, 256>, 3> values_{};  // what the network sees of each pixel value
};

}  // namespace gamut::models
