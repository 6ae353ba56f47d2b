#pragma once

#include <span>

namespace gamut::statistics {

/// Sign test, two-sided and exact: is a difference as often above 0 as below?
struct SignTest {
  int positive = 0, negative = 0;
  int zeros = 0;  ///< left out
  double p = 0;
};

/// @param differences  at least 1, finite; all may be 0, then p is 1.
/// @throws ParameterError  no value, or one that is not finite.
/// @source Dixon & Mood, Journal of the American Statistical Association 41 (1946) 557-566; p checked against
/// scipy.stats.binomtest.
SignTest sign_test(std::span<const double> differences);

}  // namespace gamut::statistics
