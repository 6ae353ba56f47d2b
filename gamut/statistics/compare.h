#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gamut/core/json_fwd.h"
#include "gamut/statistics/corrected_t_test.h"
#include "gamut/statistics/equivalence.h"
#include "gamut/statistics/paired_table.h"
#include "gamut/statistics/sign_test.h"
#include "gamut/statistics/tests.h"
#include "gamut/statistics/wilcoxon.h"

namespace gamut::statistics {

/// What a comparison leaves to choose.
struct ComparisonOptions {
  WilcoxonMethod wilcoxon = WilcoxonMethod::automatic;
  /// The largest mean difference that would not matter, in the unit of the values; > 0. The default is ours:
  /// two hundredths of a score between 0 and 1.
  double equivalence_margin = 0.02;
  /// Test songs over training songs, where the pairs are repeated splits of the same songs: adds the
  /// corrected t test. None where they are not.
  std::optional<double> test_to_train = {};
};

/// Two conditions compared over pairs, as the paper compares scales over genres. All differences are first -
/// second. The tests of ranks and signs see differences that are equal but for rounding as equal.
struct Comparison {
  std::string between, first, second;  ///< "scale", "linear", "mel"
  std::string pair_by;                 ///< "genre"; several columns joined by ", "
  std::vector<std::string> averaged_over;
  std::vector<std::string> pairs;                   ///< names, in the order of the observations
  std::vector<double> first_values, second_values;  ///< one a pair, averaged
  /// Names of aggregates, such as "(macro)", that are no pairs and were left out.
  std::vector<std::string> left_out;
  std::size_t stand_ins = 0;                ///< as PairedTable::stand_ins
  std::vector<std::string> also_different;  ///< as PairedTable::also_different
  /// Shapiro–Wilk of the differences; none below 3 pairs, above 5000, or where all are equal.
  std::optional<TestResult> normality;
  std::optional<PairedTTest> t_test;           ///< none below 2 pairs or where all differences are equal
  std::optional<WilcoxonTest> wilcoxon;        ///< none below 2 pairs or where all differences are 0
  std::optional<SignTest> sign_test;           ///< as wilcoxon
  std::optional<EquivalenceTest> equivalence;  ///< as t_test
  std::optional<CorrectedTTest> corrected;     ///< as t_test, and only where asked for
  std::string note;                            ///< why something is absent; else empty
};

/// Averages the observations as make_paired_table does, then tests first - second. The conditions are the two
/// values of `roles.between`, in alphabetical order.
///
/// @throws ParameterError  as make_paired_table; not exactly two conditions; an option out of its range.
Comparison compare(const std::vector<Observation>& observations, const TableRoles& roles,
                   const ComparisonOptions& options = {});

/// The same where one column names the pairs, with the default options.
Comparison compare(const std::vector<Observation>& observations, const std::string& between,
                   const std::string& pair_by, const std::vector<std::string>& average_over);

/// Two conditions of a table compared.
/// @param first, second  of table.conditions; different.
/// @throws ParameterError  an option out of its range.
Comparison compare_conditions(const PairedTable& table, const TableRoles& roles,
                              const ComparisonOptions& options, std::size_t first, std::size_t second);

/// Which test the normality check favours: "t test" where a departure from normality is not shown at the 5 %
/// level, "Wilcoxon test" where it is, "" where there was no check. Such a choice is itself a guess; read
/// both.
std::string_view favoured_test(const Comparison& comparison);

/// The comparison in plain sentences: which condition is higher, what a pair is, n, means, mean difference
/// and interval, t, df, p, Cohen's d_z; whether the differences look normal, and which test that favours; the
/// Wilcoxon and the sign test; whether the conditions are equivalent to within the margin. Below 6 pairs it
/// says what so few cannot show; what else differs and what stands in for undefined values comes last. A
/// large p is never called equality.
///
/// @param metric  name of the values, for example "f1".
std::string describe(const Comparison& comparison, const std::string& metric);

/// Everything of the comparison, with means: between, first, second, pair_by, averaged_over, n, means {first,
/// second}, pairs [{name, first, second, difference}], left_out, stand_ins, also_different, t_test {n, df,
/// mean_difference, low, high, t, p, cohen_dz} or null, normality {w, p} or null, favoured or null, wilcoxon
/// {n, zeros, ties, positive_ranks, negative_ranks, statistic, p, method, rank_biserial} or null, sign_test
/// {positive, negative, zeros, p} or null, equivalence {margin, low, high, p} or null, corrected_t_test {n,
/// df, mean_difference, low, high, t, p} or null, note.
Json to_json(const Comparison& comparison);

}  // namespace gamut::statistics
