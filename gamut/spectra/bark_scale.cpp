#include "gamut/spectra/auditory_scales.h"
#include "gamut/spectra/warped_scale.h"

namespace gamut::spectra {

ScaleEntry bark_scale() {
  return {.name = "bark", .options_read = warped_scale_options(), .make = [](const FrontEndOptions& options) {
            return make_warped_scale(options, {hz_to_bark, bark_to_hz});
          }};
}

}  // namespace gamut::spectra
