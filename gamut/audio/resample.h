#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

struct soxr;

namespace gamut::audio {

/// Changes the sampling rate of a whole signal: libsoxr "HQ", then cut or zero-padded to librosa's length.
///
/// No clipping, no dither, no change of level. Equal rates copy the signal unchanged.
///
/// @param samples  one channel; may be empty.
/// @param from_hz  rate of `samples`; finite, > 0.
/// @param to_hz    rate of the result; finite, > 0.
/// @return ceil(n * (to_hz / from_hz)) samples.
/// @throws ParameterError  a rate that is not finite and positive, or a ratio that libsoxr refuses.
/// @source librosa.resample(res_type="soxr_hq") 0.10.2; numbers checked against librosa.load.
std::vector<float> resample(std::span<const float> samples, double from_hz, double to_hz);

/// The same for a signal that comes in pieces: push() all of them in order, then finish() once.
/// The samples equal those of resample() on the whole.
class Resampler {
 public:
  /// @throws ParameterError  as resample().
  Resampler(double from_hz, double to_hz);

  /// Makes room for the result of `n_input` samples in advance.
  void reserve(std::size_t n_input);
  void push(std::span<const float> samples);
  /// @return the whole result; the object is spent.
  std::vector<float> finish();

 private:
  struct Deleter {
    void operator()(soxr* state) const;
  };

  void process(const float* input, std::size_t n_input);

  double ratio_;
  std::unique_ptr<soxr, Deleter> soxr_;  ///< null where the rates are equal
  std::size_t n_input_ = 0;
  std::vector<float> output_;
};

}  // namespace gamut::audio
