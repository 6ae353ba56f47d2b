#pragma once

#include <span>
#include <vector>

namespace gamut::statistics {

struct TestResult {
  double statistic = 0;
  double p = 0;
};

/// Shapiro–Wilk test of normality.
/// @param sample  3 to 5000 finite values, not all equal.
/// @source Royston, AS R94, Applied Statistics 44 (1995) 547-551.
TestResult shapiro_wilk(std::span<const double> sample);

/// Paired t test, two-sided, of a - b.
struct PairedTTest {
  int n = 0;
  int df = 0;
  double mean_difference = 0;
  double low = 0, high = 0;   ///< 95 % interval of the mean difference
  double t = 0;
  double p = 0;
  double cohen_dz = 0;        ///< mean over standard deviation of the differences
};
/// @param a, b  same length, at least 2 pairs; the differences not all equal.
PairedTTest paired_t_test(std::span<const double> a, std::span<const double> b);

/// Normal quantile–quantile plot: ordered sample against Filliben's medians, with the least-squares line, as scipy.stats.probplot.
struct QqPlot {
  std::vector<double> theoretical, ordered;
  double slope = 0, intercept = 0, r = 0;
};
QqPlot qq_normal(std::span<const double> sample);

}  // namespace gamut::statistics
