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

/// A picture: one byte a pixel, an index into a colour map of 256 colours. A stereo picture has two planes,
/// left and right.
struct Picture {
  int planes = 1;
  int height = 0;
  int width = 0;
  /// Shape [planes, height, width], row 0 = lowest frequency, column 0 = start.
  std::vector<std::uint8_t> indices;

  bool operator==(const Picture&) const = default;
};

struct PictureOptions {
  Reduce reduce = Reduce::nearest;  ///< origin: paper
  int width = 250;                  ///< pixels; >= 1; origin: paper
  int height = 250;                 ///< pixels; >= 1; origin: paper
  double top_db = 80;               ///< dB kept below the loudest cell; > 0; origin: librosa
};

/// Reduces a spectrogram to the pixels of one plane while its frames pass by, so that the spectrogram itself
/// is never held. One object makes one plane, on one thread at a time.
class PlaneMaker {
 public:
  virtual ~PlaneMaker() = default;

  /// @param power  the next frame, [rows]; finite, >= 0; row 0 = lowest frequency.
  virtual void add_frame(std::span<const float> power) = 0;

  /// The power of each pixel, and what bounds the colours: with `nearest` the softest and loudest cell of the
  /// whole spectrogram, with `mean` those of the pixels themselves.
  struct Plane {
    std::vector<double> power;  ///< [height, width]
    double softest = 0;
    double loudest = 0;
  };

  /// @return the plane, once all frames were added; the object is spent.
  virtual Plane finish() = 0;
};

/// @param n_rows    rows of the spectrogram; >= 1.
/// @param n_frames  how many frames will come; >= 1.
/// @throws ParameterError  a shape or option out of its range.
std::unique_ptr<PlaneMaker> make_plane_maker(const PictureOptions& options, std::size_t n_rows,
                                             std::size_t n_frames);

/// Turns the power of pixels into colours: decibels, a floor top_db below the loudest cell of all planes, and
/// index = min(255, trunc(256 (x - min) / (max - min))); constant planes give index 0 everywhere.
///
/// @param planes  one, or two for stereo, which share one range, so that the balance between them stays
/// visible.
Picture draw_picture(const PictureOptions& options, std::span<const PlaneMaker::Plane> planes);

}  // namespace gamut::spectra
