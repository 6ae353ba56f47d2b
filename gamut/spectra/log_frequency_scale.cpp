#include <fmt/format.h>

#include <cmath>

#include "gamut/core/error.h"
#include "gamut/spectra/constant_q.h"
#include "gamut/spectra/warped_scale.h"

namespace gamut::spectra {
namespace {

std::unique_ptr<const Scale> make_log_frequency_scale(const FrontEndOptions& options) {
  if (*options.fmin_hz <= 0) {
    throw ParameterError(
        fmt::format("log-frequency: fmin is {} Hz; bands at equal ratios need it above 0 "
                    "Hz, such as the default of {:.1f} Hz",
                    *options.fmin_hz, kC1Hz));
  }
  return make_warped_scale(options, {.from_hz = [](double frequency_hz) { return std::log2(frequency_hz); },
                                     .to_hz = [](double octaves) { return std::exp2(octaves); }});
}

}  // namespace

ScaleEntry log_frequency_scale() {
  return {.name = "log-frequency",
          .options_read = warped_scale_options(),
          .fmin_hz = kC1Hz,
          .make = make_log_frequency_scale};
}

}  // namespace gamut::spectra
