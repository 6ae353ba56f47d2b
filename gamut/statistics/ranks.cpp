#include "gamut/statistics/ranks.h"

#include <algorithm>
#include <numeric>

namespace gamut::statistics {

Ranks rank(std::span<const double> sample) {
  std::vector<std::size_t> order(sample.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return sample[a] < sample[b]; });

  Ranks result;
  result.ranks.resize(sample.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t end = first + 1;
    while (end < order.size() && sample[order[end]] == sample[order[first]]) ++end;
    const auto size = static_cast<double>(end - first);
    const double shared = (static_cast<double>(first + end) + 1) / 2;
    for (std::size_t i = first; i < end; ++i) result.ranks[order[i]] = shared;
    result.tie_term += size * size * size - size;
    first = end;
  }
  return result;
}

}  // namespace gamut::statistics
