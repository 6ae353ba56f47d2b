#include "gamut/spectra/auditory_scales.h"
#include "gamut/spectra/warped_scale.h"

namespace gamut::spectra {

ScaleEntry erb_scale() {
  return {.name = "erb", .options_read = warped_scale_options(), .make = [](const FrontEndOptions& options) {
            return make_warped_scale(options, {hz_to_erb_rate, erb_rate_to_hz});
          }};
}

}  // namespace gamut::spectra
