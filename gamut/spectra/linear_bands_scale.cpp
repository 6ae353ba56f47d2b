#include "gamut/spectra/filterbank_scale.h"
#include "gamut/spectra/linear_bands.h"
#include "gamut/spectra/scale_registry.h"

namespace gamut::spectra {

ScaleEntry linear_bands_scale() {
  return {.name = "linear-bands",
          .options_read = {"n_fft", "window", "win_length", "n_bands", "fmin_hz", "fmax_hz"},
          .make = [](const FrontEndOptions& options) -> std::unique_ptr<const Scale> {
            const LinearBandsOptions bands{
                .n_bands = *options.n_bands, .fmin_hz = *options.fmin_hz, .fmax_hz = options.fmax_hz};
            return std::make_unique<FilterbankScale>(
                stft_options(options), make_linear_bands(options.n_fft, options.sample_rate_hz, bands),
                linear_band_nodes_hz(options.sample_rate_hz, bands));
          }};
}

}  // namespace gamut::spectra
