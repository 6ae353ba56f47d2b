#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace gamut {

/// An 8-bit RGB image, row-major from the top left: pixels[(y * width + x) * 3 + channel].
struct RgbImage {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;
};

std::string encode_png(const RgbImage& image);

/// Writes atomically.
void save_png(const std::filesystem::path& path, const RgbImage& image);

/// Any PNG as 8-bit RGB (palette and grey expanded, alpha dropped).
/// @throws FileError  missing or not a PNG.
RgbImage load_png(const std::filesystem::path& path);

}  // namespace gamut
