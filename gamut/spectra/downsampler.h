#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

struct soxr;

namespace gamut::spectra {

/// Divides the sampling rate of a signal that comes in pieces by a whole number: libsoxr "HQ", levels raised
/// by the square root of the factor so that the energy stays. For one signal, on one thread.
///
/// @source librosa.resample(orig_sr=factor, target_sr=1, res_type="soxr_hq", scale=True), 0.10.2.
class Downsampler {
 public:
  /// @param n_samples  length of the whole signal.
  Downsampler(int factor, std::size_t n_samples);

  /// Appends to `output` what the next samples give; nothing may come for a while.
  void push(std::span<const float> samples, std::vector<float>& output);

  /// Appends the rest, once all samples were pushed: ceil(n_samples / factor) samples in all.
  void finish(std::vector<float>& output);

 private:
  struct Deleter {
    void operator()(soxr* state) const;
  };

  std::size_t process(const float* input, std::size_t n_input, std::vector<float>& output);

  float gain_;
  std::size_t n_expected_;
  std::size_t n_made_ = 0;
  std::unique_ptr<soxr, Deleter> soxr_;
};

}  // namespace gamut::spectra
