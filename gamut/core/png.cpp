#include "gamut/core/png.h"

#include <png.h>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/text.h"

namespace gamut {

std::string encode_png(const RgbImage& image) {
  const std::size_t wanted = std::size_t(image.width) * static_cast<std::size_t>(image.height) * 3;
  if (image.width < 1 || image.height < 1 || image.pixels.size() != wanted) {
    throw ParameterError("a picture of " + std::to_string(image.width) + " x " +
                         std::to_string(image.height) + " pixels needs " + std::to_string(wanted) +
                         " bytes, not " + std::to_string(image.pixels.size()));
  }
  png_image head{};
  head.version = PNG_IMAGE_VERSION;
  head.width = static_cast<png_uint_32>(image.width);
  head.height = static_cast<png_uint_32>(image.height);
  head.format = PNG_FORMAT_RGB;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(head);
  std::string bytes(size, '\0');
  if (png_image_write_to_memory(&head, bytes.data(), &size, 0, image.pixels.data(), 0, nullptr) == 0) {
    throw Error(std::string("cannot encode a PNG: ") + head.message);
  }
  bytes.resize(size);
  return bytes;
}

void save_png(const std::filesystem::path& path, const RgbImage& image) {
  save_atomically(path, encode_png(image));
}

RgbImage load_png(const std::filesystem::path& path) {
  const std::string bytes = load_text(path);
  png_image head{};
  head.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&head, bytes.data(), bytes.size()) == 0) {
    throw FileError(printable(path.string()) + " is not a PNG: " + head.message, path);
  }
  head.format = PNG_FORMAT_RGB;
  RgbImage image{static_cast<int>(head.width), static_cast<int>(head.height), {}};
  image.pixels.resize(PNG_IMAGE_SIZE(head));
  const png_color background{0, 0, 0};
  if (png_image_finish_read(&head, &background, image.pixels.data(), 0, nullptr) == 0) {
    throw FileError(printable(path.string()) + " is a broken PNG: " + head.message, path);
  }
  return image;
}

}  // namespace gamut
