#include "gamut/spectra/segments.h"

#include <algorithm>
#include <cmath>

namespace gamut::spectra {
namespace {

std::size_t to_samples(double seconds, double sample_rate_hz) {
  return std::max<std::size_t>(1, static_cast<std::size_t>(std::llround(seconds * sample_rate_hz)));
}

}  // namespace

std::vector<Segment> cut_segments(const FrontEndOptions& options, std::size_t n_samples) {
  if (!options.segment_s) return {{0, n_samples}};
  const std::size_t length = to_samples(*options.segment_s, options.sample_rate_hz);
  const std::size_t hop =
      to_samples(options.segment_hop_s.value_or(*options.segment_s), options.sample_rate_hz);
  std::vector<Segment> segments;
  for (std::size_t first = 0; first + length <= n_samples; first += hop) segments.push_back({first, length});
  if (segments.empty()) segments.push_back({0, n_samples});
  return segments;
}

}  // namespace gamut::spectra
