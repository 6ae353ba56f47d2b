#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "gamut/core/matrix.h"

namespace gamut::spectra {

/// Puts frames that come one after the other into the columns of a matrix, [rows, frames].
///
/// Frames are gathered until they fill a cache line of every row: one by one, each would touch a line a row.
class FrameCollector {
 public:
  FrameCollector(std::size_t n_rows, std::size_t n_frames)
      : matrix_(n_rows, n_frames), gathered_(n_rows * kWidth) {}

  /// @param frame   the next one, counted from 0.
  /// @param powers  [rows].
  void add(std::size_t frame, std::span<const float> powers) {
    const std::size_t column = frame % kWidth;
    std::copy(powers.begin(), powers.end(),
              gathered_.begin() + static_cast<std::ptrdiff_t>(column * matrix_.rows));
    if (column + 1 == kWidth || frame + 1 == matrix_.columns) put(frame - column, column + 1);
  }

  /// @return the matrix, once all frames were added; the object is spent.
  Matrix finish() { return std::move(matrix_); }

 private:
  static constexpr std::size_t kWidth = 16;

  void put(std::size_t first, std::size_t n_frames) {
    for (std::size_t row = 0; row < matrix_.rows; ++row) {
      float* const cells = matrix_.values.data() + row * matrix_.columns + first;
      for (std::size_t i = 0; i < n_frames; ++i) cells[i] = gathered_[i * matrix_.rows + row];
    }
  }

  Matrix matrix_;
  std::vector<float> gathered_;  ///< [kWidth, rows]
};

}  // namespace gamut::spectra
