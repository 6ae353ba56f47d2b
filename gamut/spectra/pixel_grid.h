#pragma once

#include <algorithm>
#include <cstddef>

namespace gamut::spectra {

/// How `cells` cells of a spectrogram lie under `pixels` pixels of a picture, along one axis, in whole
/// numbers throughout: with a pixel `cells` units wide, a cell is `pixels` units wide.
struct PixelGrid {
  std::size_t cells = 0;
  std::size_t pixels = 0;

  /// The row of cells under the centre of pixel row `pixel`, both counted from the bottom; on a tie the upper
  /// one.
  /// @source matplotlib 3.6.3, pcolormesh drawn by Agg with snapping; the picture rule of its users'
  /// spectrograms.
  std::size_t row_under(std::size_t pixel) const { return (2 * pixel + 1) * cells / (2 * pixels); }

  /// The frame under the centre of pixel column `pixel`; on a tie the earlier one (pictures are drawn from
  /// the top, so the two axes break ties differently).
  std::size_t frame_under(std::size_t pixel) const {
    return ((2 * pixel + 1) * cells + 2 * pixels - 1) / (2 * pixels) - 1;
  }

  /// Calls use(pixel, share) for each pixel that `cell` touches, in order; the shares of one pixel, over all
  /// cells, sum to 1.
  template <class Use>
  void spread(std::size_t cell, Use use) const {
    const std::size_t begin = cell * pixels;
    const std::size_t end = begin + pixels;
    for (std::size_t pixel = begin / cells; pixel * cells < end; ++pixel) {
      const std::size_t overlap = std::min(end, (pixel + 1) * cells) - std::max(begin, pixel * cells);
      use(pixel, static_cast<double>(overlap) / static_cast<double>(cells));
    }
  }

  /// Whether no cell after `cell` touches `pixel`.
  bool is_last(std::size_t cell, std::size_t pixel) const {
    return (pixel + 1) * cells <= (cell + 1) * pixels;
  }
};

}  // namespace gamut::spectra
