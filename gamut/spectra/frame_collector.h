#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace gamut::spectra {

/// Puts frames that come one after the other into the columns of an array, [rows, frames], row-major.
///
/// Frames are gathered until they fill a cache line of every row: one by one, each would touch a line a row.
class FrameCollector {
 public:
  /// @param cells  [n_rows * n_frames], not owned.
  FrameCollector(std::span<float> cells, std::size_t n_rows, std::size_t n_frames)
      : cells_(cells), n_rows_(n_rows), n_frames_(n_frames), gathered_(n_rows * kWidth) {}

  /// Takes the next frame.
  ///
  /// @param frame  its number, counted from 0.
  /// @param fill   is handed where its values belong, [rows].
  template <class Fill>
  void add(std::size_t frame, Fill&& fill) {
    const std::size_t column = frame % kWidth;
    fill(std::span(gathered_).subspan(column * n_rows_, n_rows_));
    if (column + 1 == kWidth || frame + 1 == n_frames_) put(frame - column, column + 1);
  }

 private:
  static constexpr std::size_t kWidth = 16;

  void put(std::size_t first, std::size_t n_frames) {
    for (std::size_t row = 0; row < n_rows_; ++row) {
      float* const to = cells_.data() + row * n_frames_ + first;
      for (std::size_t i = 0; i < n_frames; ++i) to[i] = gathered_[i * n_rows_ + row];
    }
  }

  std::span<float> cells_;
  std::size_t n_rows_, n_frames_;
  std::vector<float> gathered_;  ///< [kWidth, rows]
};

}  // namespace gamut::spectra
