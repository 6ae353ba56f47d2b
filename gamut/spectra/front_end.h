#pragma once

#include <array>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "gamut/core/matrix.h"
#include "gamut/spectra/front_end_options.h"
#include "gamut/spectra/picture.h"

namespace gamut::spectra {

class Scale;

/// The arrays on the way from a signal to its picture.
enum class ArrayKind {
  magnitude,  ///< |STFT|, [1 + n_fft / 2, frames], whatever the scale
  power,      ///< the scale's own cells: |STFT|² for linear, band powers for the filterbanks
  db,  ///< power in decibels, as the paper made them for that scale (`ref` 1 for linear, maximum for the
       ///< others)
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
  /// @return float32, shape [rows, frames], row 0 = lowest frequency. A silent signal is -100 dB (linear) or
  /// 0 dB (others)
  ///         everywhere.
  /// @throws ParameterError  an empty signal or a sample that is not finite, with its position.
  Matrix compute_array(std::span<const float> signal, ArrayKind kind) const;

  /// The same into memory of the caller.
  ///
  /// @param array  [rows * frames], row-major, of array_shape().
  void compute_array(std::span<const float> signal, ArrayKind kind, std::span<float> array) const;

  /// @return rows and frames of the array that a signal of so many samples gives.
  std::array<std::size_t, 2> array_shape(std::size_t n_samples, ArrayKind kind) const;

  /// The picture of one signal as a whole: options().segment_s is not looked at.
  ///
  /// @param signal  as for compute_array.
  /// @return one plane; index 0 everywhere for a silent signal.
  /// @throws ParameterError  as compute_array.
  Picture compute_picture(std::span<const float> signal) const;

  /// How the front end computes; immutable.
  const Scale& scale() const;

 private:
  struct Stages;
  std::unique_ptr<const Stages> stages_;
};

/// A picture of a part of a song, or of all of it.
struct SegmentPicture {
  double start_s = 0;
  Picture picture;

  bool operator==(const SegmentPicture&) const = default;
};

/// The pictures of a song, of each front end in order: one, or with segment_s one a segment, each drawn as if
/// its segment were the whole signal. Front ends with the same STFT share it. No spectrogram is held: the
/// work space is some pictures large, however long the song.
///
/// @param front_ends  all for one sample_rate_hz and channels.
/// @param signals     one for each channel taken, of one length; otherwise as for FrontEnd::compute_array.
/// @return shape [front ends][segments]
/// @throws ParameterError  front ends that want different signals; otherwise as FrontEnd::compute_array.
std::vector<std::vector<SegmentPicture>> compute_pictures(std::span<const FrontEnd> front_ends,
                                                          std::span<const std::vector<float>> signals);

/// The bytes of the pictures that compute_pictures would make of so many samples a channel, found without
/// drawing them.
std::size_t count_picture_bytes(std::span<const FrontEnd> front_ends, std::size_t n_samples);

/// The registered scales, in the order in which they are shown.
std::vector<std::string> scale_names();

}  // namespace gamut::spectra
