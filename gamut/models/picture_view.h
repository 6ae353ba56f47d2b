#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace gamut::models {

/// The pictures of a picture set: uint8, [rows, planes, height, width], usually mapped from disk; row 0 of a
/// plane is its lowest frequency. Not owned. Free of Torch.
struct PictureView {
  std::span<const std::uint8_t> pixels;
  int planes = 1;  ///< 2: left and right
  int height = 0;
  int width = 0;
  std::array<std::array<std::uint8_t, 3>, 256> colours{};  ///< RGB of each pixel value: the colour map
  std::size_t rows() const {
    const std::size_t picture =
        static_cast<std::size_t>(planes) * static_cast<std::size_t>(height) * static_cast<std::size_t>(width);
    return picture == 0 ? 0 : pixels.size() / picture;
  }
};

}  // namespace gamut::models
