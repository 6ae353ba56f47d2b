#include "gamut/statistics/rounding.h"

#include <algorithm>
#include <cmath>

namespace gamut::statistics {
namespace {

constexpr double kRelative = 1e-12;

double largest_size(std::span<const double> values) {
  double largest = 0;
  for (double value : values) largest = std::max(largest, std::abs(value));
  return largest;
}

/// For each value the lowest of those that follow one another by at most `tolerance`.
std::vector<double> merge_near(std::span<const double> values, double tolerance) {
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> lowest = sorted;
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    if (sorted[i] - sorted[i - 1] <= tolerance) lowest[i] = lowest[i - 1];
  }
  std::vector<double> merged;
  for (double value : values) {
    const auto place = std::lower_bound(sorted.begin(), sorted.end(), value) - sorted.begin();
    merged.push_back(lowest[static_cast<std::size_t>(place)]);
  }
  return merged;
}

}  // namespace

std::vector<double> without_rounding(std::span<const double> values) {
  return merge_near(values, kRelative * largest_size(values));
}

std::vector<double> differences_without_rounding(std::span<const double> a, std::span<const double> b) {
  std::vector<double> sizes;
  for (std::size_t i = 0; i < a.size(); ++i) sizes.push_back(std::abs(a[i] - b[i]));
  sizes.push_back(0);  // so that what is nearly 0 becomes 0
  sizes = merge_near(sizes, kRelative * std::max(largest_size(a), largest_size(b)));
  std::vector<double> differences;
  for (std::size_t i = 0; i < a.size(); ++i) differences.push_back(a[i] < b[i] ? -sizes[i] : sizes[i]);
  return differences;
}

}  // namespace gamut::statistics
