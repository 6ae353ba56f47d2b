#pragma once

#include <complex>
#include <cstddef>
#include <memory>
#include <span>

namespace gamut::spectra {

/// The longest transform that RealFft makes, in samples.
inline constexpr int kLongestFft = 65536;

/// Forward Fourier transform of real frames of one length, X[k] = sum x[i] exp(-2 pi j i k / length), without
/// scaling.
///
/// It holds its own work space: a transform allocates nothing, and one object serves one thread at a time.
/// Building one costs some microseconds. Lengths 2^k times 1, 3, 5, 7, 9 or 15 take n log n time; other even
/// lengths n², a thousand times longer at n = 2000.
class RealFft {
 public:
  /// @param length  samples a frame; even, 2 to kLongestFft.
  /// @throws ParameterError  an odd length or one out of range.
  explicit RealFft(int length);
  ~RealFft();
  RealFft(RealFft&&) noexcept;
  RealFft& operator=(RealFft&&) noexcept;

  std::size_t length() const;
  /// length / 2 + 1.
  std::size_t n_bins() const;

  /// Where the samples to transform are put, [length]; a transform may change them.
  std::span<float> frame();

  /// @param spectrum  [n_bins]; bin k is the frequency k / length of the sampling rate.
  void compute(std::span<std::complex<float>> spectrum);

  /// The same, squared magnitudes alone.
  /// @param power  [n_bins]
  void compute_power(std::span<float> power);

 private:
  struct Transform;
  // Transforms the frame by halves, without untangling them.
  const Transform& transform();

  std::unique_ptr<Transform> transform_;
};

}  // namespace gamut::spectra
