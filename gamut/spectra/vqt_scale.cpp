#include "gamut/spectra/constant_q_scale.h"
#include "gamut/spectra/scale_registry.h"

namespace gamut::spectra {

ScaleEntry vqt_scale() {
  return {.name = "vqt",
          .options_read = {"window", "n_bands", "fmin_hz", "bins_per_octave", "gamma_hz"},
          .n_bands = 84,
          .fmin_hz = kC1Hz,
          .make = [](const FrontEndOptions& options) -> std::unique_ptr<const Scale> {
            return std::make_unique<ConstantQScale>(constant_q_options(options, options.gamma_hz));
          }};
}

}  // namespace gamut::spectra
