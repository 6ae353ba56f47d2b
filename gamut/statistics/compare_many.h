#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gamut/statistics/compare.h"
#include "gamut/statistics/friedman.h"

namespace gamut::statistics {

/// Two of several conditions, with p values adjusted for the number of such pairs (Holm); none where there is
/// no such test.
struct PairwiseComparison {
  Comparison comparison;
  /// Each test's p values are a family of their own.
  std::optional<double> t_test_p, wilcoxon_p, sign_test_p, equivalence_p, corrected_p;
  bool nemenyi = false;  ///< whether the mean ranks lie at least the critical difference apart
};

/// Several conditions compared over the same pairs.
struct ManyComparison {
  std::string between, pair_by;
  std::vector<std::string> averaged_over;
  PairedTable table;
  std::vector<double> means;             ///< one a condition
  std::optional<FriedmanTest> friedman;  ///< none below 2 pairs or where nothing differs within a pair
  double critical_difference = 0;        ///< of mean ranks, by Nemenyi at the 5 % level; 0 without friedman
  /// The longest runs of conditions, ordered by mean rank, of which no two differ by Nemenyi: positions in
  /// table.conditions; runs of one are left out. They are the bars of a critical-difference diagram.
  std::vector<std::vector<std::size_t>> cliques;
  std::vector<PairwiseComparison> pairwise;  ///< every two conditions: 0 1, 0 2, …, 1 2, …
  std::string note;                          ///< why friedman is absent; else empty
};

/// Averages the observations as make_paired_table does, then tests all conditions at once and every two of
/// them.
///
/// @throws ParameterError  as make_paired_table; fewer than 3 conditions or more than 100; an option out of
/// its range.
/// @source the procedure of Demšar, Journal of Machine Learning Research 7 (2006) 1-30.
ManyComparison compare_many(const std::vector<Observation>& observations, const TableRoles& roles,
                            const ComparisonOptions& options = {});

/// What is compared, n, mean and mean rank of each condition, Friedman's and Iman and Davenport's test, the
/// exact p, the critical difference and the pairs of conditions that it separates, in plain sentences.
std::string describe(const ManyComparison& comparison, const std::string& metric);

/// between, pair_by, averaged_over, n, left_out, stand_ins, also_different, conditions [{name, mean,
/// mean_rank}], friedman {blocks, conditions, statistic, df, p, iman_davenport, df_numerator, df_denominator,
/// iman_davenport_p, exact_p or null} or null, critical_difference or null, cliques [[name]], pairwise [as
/// to_json(Comparison), with holm {t_test, wilcoxon, sign_test, equivalence, corrected_t_test} and nemenyi],
/// note. An infinite Iman–Davenport F is null.
Json to_json(const ManyComparison& comparison);

}  // namespace gamut::statistics
