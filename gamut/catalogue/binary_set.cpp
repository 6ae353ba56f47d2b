#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "gamut/catalogue/split.h"
#include "gamut/core/random.h"

namespace gamut::catalogue {
namespace {

/// How many of `total` each stratum gives: its exact share rounded down, and one more for the largest
/// remainders. Equal remainders are decided by the generator.
std::vector<std::size_t> largest_remainder(const std::vector<std::vector<std::size_t>>& strata,
                                           std::size_t available, std::size_t total, Random& random) {
  std::vector<std::size_t> quotas;
  std::vector<std::size_t> remainders;
  std::size_t given = 0;
  for (const auto& stratum : strata) {
    quotas.push_back(stratum.size() * total / available);
    remainders.push_back(stratum.size() * total % available);
    given += quotas.back();
  }
  std::vector<std::size_t> order(strata.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  random.shuffle(std::span(order));
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return remainders[a] > remainders[b]; });
  for (std::size_t i = 0; given < total; ++i, ++given) ++quotas[order[i]];
  return quotas;
}

}  // namespace

BinarySet draw_binary_set(const LabelMatrix& labels, std::size_t genre,
                          std::span<const std::size_t> candidates, std::uint64_t seed, double ratio) {
  std::vector<std::size_t> songs(candidates.begin(), candidates.end());
  std::sort(songs.begin(), songs.end());
  BinarySet set;
  for (std::size_t song : songs) (labels.has(song, genre) ? set.positives : set.negatives).push_back(song);
  const double wanted = std::round(ratio * static_cast<double>(set.positives.size()));
  if (!(wanted < static_cast<double>(set.negatives.size()))) return set;

  Random random(seed, "negatives of " + labels.genres[genre]);
  auto strata = label_sets(labels, set.negatives);
  const auto quotas =
      largest_remainder(strata, set.negatives.size(), static_cast<std::size_t>(wanted), random);
  set.negatives.clear();
  for (std::size_t s = 0; s < strata.size(); ++s) {
    random.shuffle(std::span(strata[s]));
    set.negatives.insert(set.negatives.end(), strata[s].begin(),
                         strata[s].begin() + static_cast<std::ptrdiff_t>(quotas[s]));
  }
  std::sort(set.negatives.begin(), set.negatives.end());
  return set;
}

}  // namespace gamut::catalogue
