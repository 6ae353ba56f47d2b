#include "gamut/spectra/check_signal.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gamut/core/error.h"

namespace gamut::spectra {
namespace {

// False for NaN too.
bool is_usable(float sample) {
  return std::abs(sample) <= kLoudestSample;
}

}  // namespace

void check_signal(std::span<const float> signal) {
  if (signal.empty()) throw ParameterError("the signal is empty; a spectrogram needs at least 1 sample");
  int n_faults = 0;
#pragma omp simd reduction(+ : n_faults)
  for (std::size_t i = 0; i < signal.size(); ++i) n_faults += is_usable(signal[i]) ? 0 : 1;
  if (n_faults == 0) return;
  const auto first = std::find_if_not(signal.begin(), signal.end(), is_usable);
  throw ParameterError(
      fmt::format("sample {} of the signal is {} (the first of {} such samples in {}); samples must be "
                  "finite and at most "
                  "{:g}, full scale being 1: check the recording",
                  first - signal.begin(), *first, n_faults, signal.size(), kLoudestSample));
}

}  // namespace gamut::spectra
