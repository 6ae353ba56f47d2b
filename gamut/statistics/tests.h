#pragma once

#include <span>
#include <vector>

namespace gamut::statistics {

/// A test's statistic and its p value.
struct TestResult {
  double statistic = 0;
  double p = 0;  ///< in [0, 1]
};

/// Shapiro–Wilk test: are these values a sample of a normal distribution? A small p says no; a large p does
/// not say yes.
///
/// @param sample  3 to 5000 finite values, not all equal, in any order.
/// @return W in (0, 1] and its p value: exact for 3 values, Royston's approximations for 4 to 11 and from 12
/// on.
/// @throws ParameterError  a sample out of these limits.
/// @source Royston, Remark AS R94, Applied Statistics 44 (1995) 547-551; numbers checked against
/// scipy.stats.shapiro.
TestResult shapiro_wilk(std::span<const double> sample);

/// Paired t test, two-sided, of a - b.
struct PairedTTest {
  int n = 0;   ///< pairs
  int df = 0;  ///< degrees of freedom, n - 1
  double mean_difference = 0;
  double low = 0, high = 0;  ///< 95 % interval of the mean difference
  double t = 0;
  double p = 0;
  double cohen_dz = 0;  ///< mean over standard deviation (divisor n - 1) of the differences
};

/// @param a, b  same length, at least 2 pairs, finite; the differences not all equal (to 1e-12 of the largest
/// value).
/// @throws ParameterError  samples out of these limits.
/// @source Student, Biometrika 6 (1908) 1-25; numbers checked against scipy.stats.ttest_rel.
PairedTTest paired_t_test(std::span<const double> a, std::span<const double> b);

/// The chance of a |t| at least this large under the null hypothesis: t = -3.5872 at 15 degrees of freedom
/// gives 0.0027.
///
/// @param t   not NaN.
/// @param df  degrees of freedom; > 0.
/// @throws ParameterError  NaN, or df <= 0.
double student_t_two_sided_p(double t, double df);

/// Normal quantile–quantile plot: the ordered sample against Filliben's medians of the order statistics.
struct QqPlot {
  std::vector<double> theoretical, ordered;  ///< as many as values, both ascending
  double slope = 0, intercept = 0;           ///< least-squares line of ordered on theoretical
  double r = 0;                              ///< correlation of the two; 0 where all values are equal
};

/// @param sample  at least 2 finite values, in any order.
/// @throws ParameterError  a sample out of these limits.
/// @source Filliben, Technometrics 17 (1975) 111-117; numbers checked against scipy.stats.probplot.
QqPlot qq_normal(std::span<const double> sample);

}  // namespace gamut::statistics
