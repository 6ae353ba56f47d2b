#include "gamut/spectra/scale.h"

#include <vector>

namespace gamut::spectra {

StftOptions stft_options(const FrontEndOptions& options) {
  return {.n_fft = options.n_fft,
          .hop_length = options.hop_length,
          .window = options.window,
          .win_length = options.win_length};
}

void SpectrumScale::stream_power(std::span<const float> signal, const FrameSink& sink) const {
  std::vector<float> workspace(n_rows());
  stft_.stream_power(signal, [&](std::size_t frame, std::span<const float> spectrum) {
    sink(frame, project(spectrum, workspace));
  });
}

}  // namespace gamut::spectra
