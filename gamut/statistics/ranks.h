#pragma once

#include <span>
#include <vector>

namespace gamut::statistics {

/// Ranks of a sample; equal values share the mean of the ranks that they take up together.
struct Ranks {
  std::vector<double> ranks;  ///< in the order of the sample; 1 for the lowest value
  double tie_term = 0;        ///< sum of t³ - t over the groups of t equal values; 0 without ties
};

/// @param sample  any number of values, none NaN.
Ranks rank(std::span<const double> sample);

}  // namespace gamut::statistics
