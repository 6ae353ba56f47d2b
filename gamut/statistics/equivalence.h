#pragma once

#include "gamut/statistics/tests.h"

namespace gamut::statistics {

/// Two one-sided t tests (TOST): is the mean difference smaller than a margin, either way? A small p says
/// that it is, which a large p of the t test does not.
struct EquivalenceTest {
  double margin = 0;
  double low = 0, high = 0;  ///< 90 % interval of the mean difference; inside ±margin exactly where p < 0.05
  double p = 0;              ///< the larger of the two one-sided p values
};

/// @param test    the paired t test of the same differences.
/// @param margin  the largest difference that would not matter, in the unit of the values; > 0.
/// @throws ParameterError  a margin that is not above 0.
/// @source Schuirmann, Journal of Pharmacokinetics and Biopharmaceutics 15 (1987) 657-680.
EquivalenceTest equivalence_test(const PairedTTest& test, double margin);

}  // namespace gamut::statistics
