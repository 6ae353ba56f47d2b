#include "gamut/models/picture_input.h"

#include <fmt/core.h>

#include <vector>

#include "gamut/core/error.h"

namespace gamut::models {
namespace {

// Of ImageNet's training set, in red, green, blue; torchvision's presets.
constexpr std::array<float, 3> kImagenetMean{0.485F, 0.456F, 0.406F};
constexpr std::array<float, 3> kImagenetDeviation{0.229F, 0.224F, 0.225F};

}  // namespace

PictureInput::PictureInput(const PictureView& pictures, const PictureInputOptions& options)
    : pictures_(pictures), input_size_(options.input_size) {
  if (pictures.planes < 1 || pictures.height < 1 || pictures.width < 1 || options.input_size < 0) {
    throw ParameterError(fmt::format(
        "pictures of {} x {} x {} pixels, input size {}: pictures need at least 1 pixel, the input size 0 "
        "or more",
        pictures.planes, pictures.width, pictures.height, options.input_size));
  }
  const std::size_t pixels = static_cast<std::size_t>(pictures.planes) *
                             static_cast<std::size_t>(pictures.height) *
                             static_cast<std::size_t>(pictures.width);
  if (pictures.pixels.size() % pixels != 0) {
    throw ParameterError(fmt::format("{} bytes are no whole number of pictures of {} x {} pixels",
                                     pictures.pixels.size(), pictures.width, pictures.height));
  }
  for (std::size_t channel = 0; channel < 3; ++channel) {
    for (std::size_t value = 0; value < 256; ++value) {
      const float colour = static_cast<float>(pictures.colours[value][channel]) / 255;
      values_[channel][value] = options.imagenet_normalisation
                                    ? (colour - kImagenetMean[channel]) / kImagenetDeviation[channel]
                                    : colour;
    }
  }
}

torch::Tensor PictureInput::compute(std::span<const std::size_t> rows) const {
  const auto height = static_cast<std::size_t>(pictures_.height);
  const auto width = static_cast<std::size_t>(pictures_.width);
  const auto planes = static_cast<std::size_t>(pictures_.planes);
  const torch::Tensor batch = torch::empty(
      {static_cast<std::int64_t>(rows.size()), 3 * pictures_.planes, pictures_.height, pictures_.width});
  float* target = batch.data_ptr<float>();
  for (const std::size_t row : rows) {
    if (row >= this->rows()) {
      throw ParameterError(fmt::format("row {} of a picture set of {} rows", row, this->rows()));
    }
    for (std::size_t plane = 0; plane < planes; ++plane) {
      const std::span<const std::uint8_t> picture =
          pictures_.pixels.subspan((row * planes + plane) * height * width, height * width);
      for (const std::array<float, 256>& values : values_) {
        for (std::size_t line = height; line-- > 0;) {
          for (const std::uint8_t pixel : picture.subspan(line * width, width)) *target++ = values[pixel];
        }
      }
    }
  }
  if (input_size_ == 0 || (pictures_.height == input_size_ && pictures_.width == input_size_)) return batch;
  namespace F = torch::nn::functional;
  return F::interpolate(batch, F::InterpolateFuncOptions()
                                   .size(std::vector<std::int64_t>{input_size_, input_size_})
                                   .mode(torch::kBilinear)
                                   .align_corners(false)
                                   .antialias(true));
}

}  // namespace gamut::models
