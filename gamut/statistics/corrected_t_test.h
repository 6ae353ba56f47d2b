#pragma once

#include <span>

namespace gamut::statistics {

/// The t test of differences over repeated splits of the same songs, which share most of their training songs
/// and are therefore not independent: the variance of the mean is raised by test share over training share.
struct CorrectedTTest {
  int n = 0;   ///< splits
  int df = 0;  ///< n - 1
  double mean_difference = 0;
  double low = 0, high = 0;  ///< 95 % interval of the mean difference
  double t = 0;
  double p = 0;  ///< two-sided
};

/// @param differences    one a split; at least 2, finite, not all equal.
/// @param test_to_train  test songs over training songs of a split; > 0; for k folds 1 / (k - 1).
/// @throws ParameterError  arguments out of these limits.
/// @source Nadeau & Bengio, Machine Learning 52 (2003) 239-281.
CorrectedTTest corrected_t_test(std::span<const double> differences, double test_to_train);

}  // namespace gamut::statistics
