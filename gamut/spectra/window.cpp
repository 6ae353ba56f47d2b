#include "gamut/spectra/window.h"

#include <cmath>
#include <numbers>
#include <string>

#include "gamut/core/error.h"

namespace gamut::spectra {

std::vector<float> make_hann_window(int length) {
  if (length < 1) {
    throw ParameterError("window length is " + std::to_string(length) + " samples; it must be at least 1");
  }
  std::vector<float> window(static_cast<std::size_t>(length));
  for (int i = 0; i < length; ++i) {
    const double phase = 2 * std::numbers::pi * i / length;
    window[static_cast<std::size_t>(i)] = static_cast<float>(0.5 - 0.5 * std::cos(phase));
  }
  return window;
}

}  // namespace gamut::spectra
