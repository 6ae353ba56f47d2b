#pragma once

#include <span>
#include <string>
#include <string_view>

namespace gamut::statistics {

/// How the p value of a signed-rank test is found.
enum class WilcoxonMethod {
  automatic,  ///< exact up to 50 differences without ties and zeros, and up to 13 with them; else normal
  exact,      ///< over all signs of the ranks, with shared ranks where there are ties
  normal      ///< the normal approximation with the correction for ties, without one for continuity
};

std::string_view to_string(WilcoxonMethod method);

/// @throws ParameterError  neither "automatic", "exact" nor "normal".
WilcoxonMethod parse_wilcoxon_method(std::string_view name);

/// Wilcoxon's signed-rank test, two-sided: are the differences symmetric about 0?
struct WilcoxonTest {
  int n = 0;          ///< differences that are not 0
  int zeros = 0;      ///< differences that are 0; they are left out before ranking, as Wilcoxon did
  bool ties = false;  ///< whether differences of equal size share a rank
  double positive_ranks = 0, negative_ranks = 0;  ///< sums of ranks of the differences above and below 0
  double statistic = 0;                           ///< the smaller of the two sums
  double p = 0;
  double rank_biserial = 0;  ///< effect size: (positive - negative) / (positive + negative), in [-1, 1]
  WilcoxonMethod method = WilcoxonMethod::exact;  ///< what was used: exact or normal
};

/// Differences are tied only where their sizes are the same double: 0.3 - 0.2 and 0.2 - 0.1 are not. Where
/// the values are decimals, take the differences with without_rounding.
///
/// @param differences  finite, at least one of them not 0; at most 1000 that are not 0 for the exact method.
/// @throws ParameterError  a sample out of these limits.
/// @source Wilcoxon, Biometrics Bulletin 1 (1945) 80-83; rank-biserial: Kerby, Comprehensive Psychology 3
/// (2014) 11.IT.3.1; numbers checked against scipy.stats.wilcoxon (zero_method "wilcox").
WilcoxonTest wilcoxon_signed_rank(std::span<const double> differences,
                                  WilcoxonMethod method = WilcoxonMethod::automatic);

/// How its p was found, and of what: "exact, n = 16", "normal approximation, n = 14, ties, 2 zeros left out".
std::string describe_method(const WilcoxonTest& test);

}  // namespace gamut::statistics
