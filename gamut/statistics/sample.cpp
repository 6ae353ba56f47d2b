#include "gamut/statistics/sample.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "gamut/core/error.h"

namespace gamut::statistics {

void check_sample(std::span<const double> sample, std::size_t least, std::string_view what) {
  if (sample.size() < least) {
    throw ParameterError(fmt::format("{}: {} values; there must be at least {}", what, sample.size(), least));
  }
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (!std::isfinite(sample[i])) {
      throw ParameterError(
          fmt::format("{}: value {} is {}; every value must be finite", what, i + 1, sample[i]));
    }
  }
}

double mean(std::span<const double> sample) {
  return std::accumulate(sample.begin(), sample.end(), 0.0) / static_cast<double>(sample.size());
}

double squared_deviations(std::span<const double> sample) {
  const double centre = mean(sample);
  double sum = 0;
  for (double value : sample) sum += (value - centre) * (value - centre);
  return sum;
}

bool differences_equal(std::span<const double> a, std::span<const double> b) {
  double lowest = a[0] - b[0];
  double highest = lowest;
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    lowest = std::min(lowest, a[i] - b[i]);
    highest = std::max(highest, a[i] - b[i]);
    largest = std::max({largest, std::abs(a[i]), std::abs(b[i])});
  }
  return highest - lowest <= 1e-12 * largest;
}

}  // namespace gamut::statistics
