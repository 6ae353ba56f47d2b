#pragma once

#include <optional>
#include <span>
#include <vector>

namespace gamut::statistics {

/// Friedman's test: do conditions measured on the same blocks differ?
struct FriedmanTest {
  int blocks = 0, conditions = 0;
  std::vector<double> mean_ranks;  ///< one a condition; rank 1 is the highest value of a block
  double statistic = 0;            ///< Friedman's chi-square, corrected for ties
  int df = 0;                      ///< conditions - 1
  double p = 0;
  double iman_davenport = 0;  ///< the less conservative F of the same ranks; infinite where all blocks agree
  int df_numerator = 0, df_denominator = 0;
  double iman_davenport_p = 0;  ///< 0 where all blocks agree
  /// The share of all arrangements of each block's ranks with at least this chi-square, which F gets wrong
  /// where there are few. None beyond 100 blocks of 3 conditions, 22 of 4, 8 of 5, 4 of 6, 2 of 7 to 9.
  std::optional<double> exact_p = {};

  /// The p to believe: exact, else Iman and Davenport's.
  double best_p() const { return exact_p.value_or(iman_davenport_p); }
};

/// @param blocks  one row a block, one value a condition: at least 2 blocks of at least 2 values, all of one
/// length, finite, and not equal within every block.
/// @throws ParameterError  blocks out of these limits.
/// @source Friedman, Journal of the American Statistical Association 32 (1937) 675-701; Iman & Davenport,
/// Communications in Statistics A9 (1980) 571-595; numbers checked against
/// scipy.stats.friedmanchisquare. Of two conditions the chi-square is the normal approximation of the sign
/// test, and the exact p is the sign test's.
FriedmanTest friedman(std::span<const std::vector<double>> blocks);

/// Nemenyi's critical difference: two conditions differ at the level `alpha` where their mean ranks lie at
/// least this far apart.
///
/// @param conditions  2 to 100.
/// @param blocks      >= 2.
/// @param alpha       the family's level, in (0, 1).
/// @throws ParameterError  an argument out of its range.
/// @source Nemenyi, Distribution-free Multiple Comparisons, Princeton 1963; Demšar, Journal of Machine
/// Learning Research 7 (2006) 1-30, whose Table 5 it gives.
double nemenyi_critical_difference(int conditions, int blocks, double alpha = 0.05);

}  // namespace gamut::statistics
