#pragma once

#include <array>
#include <span>
#include <vector>

namespace gamut::demo {

/// sin(2 pi cycles) from a table with linear interpolation (error below 2e-6).
float sine(double cycles);

/// One period of a harmonic sound, kept once for every few numbers of harmonics, so that no note folds over
/// the Nyquist frequency.
class Wavetable {
 public:
  /// @param amplitudes  of harmonics 1, 2, …; at most 64 are used.
  explicit Wavetable(std::span<const double> amplitudes);

  /// One period for notes of `frequency_hz`: every harmonic that stays below the Nyquist frequency, rounded
  /// down to a kept number.
  class Period {
   public:
    /// The value at `cycles` periods; >= 0.
    float at(double cycles) const;

   private:
    friend class Wavetable;
    explicit Period(const float* values) : values_(values) {}
    const float* values_;
  };
  Period period(double frequency_hz) const;

 private:
  std::vector<float> values_;
};

}  // namespace gamut::demo
