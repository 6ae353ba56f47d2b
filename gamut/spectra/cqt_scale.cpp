#include "gamut/spectra/constant_q_scale.h"
#include "gamut/spectra/scale_registry.h"

namespace gamut::spectra {

ScaleEntry cqt_scale() {
  return {.name = "cqt",
          .options_read = {"window", "n_bands", "fmin_hz", "bins_per_octave"},
          .n_bands = 84,
          .fmin_hz = kC1Hz,
          .make = [](const FrontEndOptions& options) -> std::unique_ptr<const Scale> {
            return std::make_unique<ConstantQScale>(constant_q_options(options, 0.0));
          }};
}

}  // namespace gamut::spectra
