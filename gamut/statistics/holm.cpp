#include "gamut/statistics/holm.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "gamut/core/error.h"

namespace gamut::statistics {

std::vector<double> holm(std::span<const double> p) {
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (!(p[i] >= 0 && p[i] <= 1)) {
      throw ParameterError(
          fmt::format("Holm's adjustment: p value {} is {}; it must lie in [0, 1]", i + 1, p[i]));
    }
  }
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
  std::vector<double> adjusted(p.size());
  double highest = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    highest = std::max(highest, std::min(1.0, static_cast<double>(p.size() - i) * p[order[i]]));
    adjusted[order[i]] = highest;
  }
  return adjusted;
}

std::vector<std::optional<double>> holm(const std::vector<std::optional<double>>& p) {
  std::vector<double> family;
  for (const std::optional<double>& each : p) {
    if (each) family.push_back(*each);
  }
  const std::vector<double> adjusted = holm(std::span<const double>(family));
  std::vector<std::optional<double>> result = p;
  std::size_t next = 0;
  for (std::optional<double>& each : result) {
    if (each) each = adjusted[next++];
  }
  return result;
}

}  // namespace gamut::statistics
