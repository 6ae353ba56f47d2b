#pragma once

#include <span>
#include <vector>

namespace gamut::statistics {

/// The values with those made the same double that lie within 1e-12 of the largest size of each other: the
/// mean of 0.5 and 0.7 is then tied with 0.6. For tests of ranks, where a rounding would decide an order.
/// @param values  finite, at least 1.
std::vector<double> without_rounding(std::span<const double> values);

/// The differences a - b, those made the same double whose sizes differ by at most 1e-12 of the largest |a|
/// or |b|: 0.3 - 0.2 is then tied with 0.2 - 0.1, and 0.3 - (0.1 + 0.2) is 0.
/// @param a, b  same length, at least 1, finite.
std::vector<double> differences_without_rounding(std::span<const double> a, std::span<const double> b);

}  // namespace gamut::statistics
