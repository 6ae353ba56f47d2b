#pragma once

#include <optional>
#include <span>

namespace gamut::statistics {

/// A 95 % confidence interval.
struct Interval {
  double low = 0, high = 0;
};

/// Spearman's rank correlation of two measurements of the same things.
struct SpearmanTest {
  int n = 0;
  double rho = 0;  ///< in [-1, 1]
  /// Two-sided: up to 9 things the share of all orders with a rho at least as far from 0, else from Student's
  /// t with n - 2 degrees of freedom.
  double p = 0;
  /// 95 % interval by Fisher's z with the standard error sqrt((1 + rho² / 2) / (n - 3)); none below 4 things
  /// or where |rho| is 1, for which that error says nothing.
  std::optional<Interval> interval;
};

/// @param a, b  same length, at least 3, finite, neither of them all equal.
/// @throws ParameterError  samples out of these limits.
/// @source Spearman, American Journal of Psychology 15 (1904) 72-101; interval: Bonett & Wright,
/// Psychometrika 65 (2000) 23-28; rho and the p of t checked against scipy.stats.spearmanr.
SpearmanTest spearman(std::span<const double> a, std::span<const double> b);

}  // namespace gamut::statistics
