#include "gamut/spectra/filterbank_scale.h"
#include "gamut/spectra/scale_registry.h"

namespace gamut::spectra {

ScaleEntry mel_scale() {
  return {.name = "mel",
          .options_read = {"n_fft", "window", "win_length", "n_bands", "fmin_hz", "fmax_hz", "mel_formula",
                           "mel_norm"},
          .make = [](const FrontEndOptions& options) -> std::unique_ptr<const Scale> {
            const MelOptions mel{.n_mels = *options.n_bands,
                                 .fmin_hz = *options.fmin_hz,
                                 .fmax_hz = options.fmax_hz,
                                 .formula = options.mel_formula,
                                 .norm = options.mel_norm};
            const Matrix filters = make_mel_filterbank(options.n_fft, options.sample_rate_hz, mel);
            const std::vector<double> corners_hz = mel_corners_hz(options.sample_rate_hz, mel);
            return std::make_unique<FilterbankScale>(
                stft_options(options), filters,
                std::vector<double>(corners_hz.begin() + 1, corners_hz.end() - 1));
          }};
}

}  // namespace gamut::spectra
