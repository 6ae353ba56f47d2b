#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace gamut::spectra {

/// How a spectrogram of any shape becomes a picture of a fixed one.
enum class Reduce {
  nearest,  ///< the cell under each pixel's centre: the paper's picture, pixel for pixel
  mean,     ///< power averaged over each pixel's exact area
};

std::string_view to_string(Reduce reduce);
/// @throws ParameterError  an unknown word; the message lists the known ones.
Reduce parse_reduce(std::string_view word);

/// A picture: one byte a pixel, an index into a colour map of 256 colours.
struct Picture {
  int height = 0;
  int width = 0;
  std::vector<std::uint8_t> indices;  ///< shape [height, width], row 0 = lowest frequency, column 0 = start

  bool operator==(const Picture&) const = default;
};

struct PictureOptions {
  Reduce reduce = Reduce::nearest;  ///< origin: paper
  int width = 250;                  ///< pixels; >= 1; origin: paper
  int height = 250;                 ///< pixels; >= 1; origin: paper
  double top_db = 80;               ///< dB kept below the loudest cell; > 0; origin: librosa
};

/// Makes a picture of a spectrogram while its frames pass by, so that the spectrogram itself is never held.
///
/// Both rules end alike: decibels, a floor top_db below the loudest cell, and index = min(255, trunc(256 (x -
/// min) / (max - min))); a constant spectrogram gives index 0 everywhere. With `nearest`, the loudest and the
/// softest cell are those of the whole spectrogram; with `mean`, of the averaged picture.
///
/// One object makes one picture, on one thread at a time.
class PictureMaker {
 public:
  virtual ~PictureMaker() = default;

  /// @param power  the next frame, [rows]; finite, >= 0; row 0 = lowest frequency.
  virtual void add_frame(std::span<const float> power) = 0;

  /// The picture, once all frames were added.
  virtual Picture finish() const = 0;
};

/// @param n_rows    rows of the spectrogram; >= 1.
/// @param n_frames  how many frames will come; >= 1.
/// @throws ParameterError  a shape or option out of its range.
std::unique_ptr<PictureMaker> make_picture_maker(const PictureOptions& options, std::size_t n_rows,
                                                 std::size_t n_frames);

}  // namespace gamut::spectra
