#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gamut/core/channels.h"
#include "gamut/core/json.h"
#include "gamut/core/matrix.h"

namespace gamut::spectra {

/// How a spectrogram of any shape becomes a picture of a fixed one.
enum class Reduce {
  nearest,  ///< the cell under each pixel's centre: the paper's picture, pixel for pixel
  mean,     ///< power averaged over each pixel's exact area
};

enum class MelFormula { slaney, htk };
enum class MelNorm { slaney, none };

/// Everything that decides how a picture looks. It is stored with every picture set and every model, and two sets are
/// interchangeable exactly when these are equal. Names and defaults are librosa's unless said.
struct FrontEndOptions {
  std::string scale = "mel";          ///< a name of scale_names()
  Reduce reduce = Reduce::nearest;    ///< origin: paper
  double sample_rate_hz = 22050;
  Channels channels = Channels::mono;
  int n_fft = 2048;                   ///< samples; even
  int hop_length = 512;               ///< samples
  int n_bands = 128;                  ///< bands of the filterbank scales (librosa's n_mels)
  double fmin_hz = 0;
  std::optional<double> fmax_hz;      ///< none: sample_rate_hz / 2
  MelFormula mel_formula = MelFormula::slaney;
  MelNorm mel_norm = MelNorm::slaney;
  double top_db = 80;                 ///< dB kept below the loudest cell
  int picture_width = 250;            ///< pixels; origin: paper
  int picture_height = 250;           ///< pixels; origin: paper

  bool operator==(const FrontEndOptions&) const = default;

  /// @throws ParameterError  listing every fault at once, each with its value, limit and unit.
  void validate() const;
};

Json to_json(const FrontEndOptions& options);
/// Keys as in to_json; absent ones keep their defaults; enum values are words ("nearest", "htk").
/// @throws ParameterError  unknown keys, wrong types, values out of range.
FrontEndOptions front_end_options_from_json(const Json& json);

/// The folder name of a picture set: scale, reduce and eight hex digits over all the other options, "mel-nearest-3f2a91bc".
std::string picture_set_name(const FrontEndOptions& options);

/// A picture: one byte a pixel, an index into a colour map of 256 colours.
struct Picture {
  int height = 0;
  int width = 0;
  std::vector<std::uint8_t> indices;  ///< shape [height, width], row 0 = lowest frequency, column 0 = start
};

/// The arrays on the way from a signal to its picture.
enum class ArrayKind {
  magnitude,  ///< |STFT|, [1 + n_fft / 2, frames], whatever the scale
  power,      ///< the scale's own cells: |STFT|² for linear, band powers for the filterbanks
  db,         ///< power in decibels, as the paper made them for that scale (`ref` 1 for linear, maximum for the others)
};

/// A front end: built once, immutable, safe to share between threads.
class FrontEnd {
 public:
  /// @throws ParameterError  as FrontEndOptions::validate().
  explicit FrontEnd(FrontEndOptions options);
  ~FrontEnd();
  FrontEnd(FrontEnd&&) noexcept;
  FrontEnd& operator=(FrontEnd&&) noexcept;

  const FrontEndOptions& options() const;

  /// @param signal  one channel at options().sample_rate_hz; at least one sample, all finite.
  Matrix compute_array(std::span<const float> signal, ArrayKind kind) const;
  Picture compute_picture(std::span<const float> signal) const;

 private:
  friend std::vector<Picture> compute_pictures(std::span<const FrontEnd> front_ends, std::span<const float> signal);
  struct Stages;
  std::unique_ptr<const Stages> stages_;
};

/// One picture a front end, in order; front ends with one n_fft and hop_length share one STFT. They must agree on
/// sample_rate_hz and channels.
std::vector<Picture> compute_pictures(std::span<const FrontEnd> front_ends, std::span<const float> signal);

/// The registered scales, in the order in which they are shown.
std::vector<std::string> scale_names();

}  // namespace gamut::spectra
