#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gamut/core/json.h"
#include "gamut/statistics/tests.h"

namespace gamut::statistics {

/// One value of a tidy table with the columns that name it.
struct Observation {
  std::map<std::string, std::string> columns;
  double value = 0;
};

/// Two conditions compared over pairs, as the paper compares scales over genres.
struct Comparison {
  std::string between, first, second;  ///< "scale", "linear", "mel"
  std::string pair_by;                 ///< "genre"
  std::vector<std::string> averaged_over;
  std::vector<std::string> pairs;                   ///< names, in the order of the observations
  std::vector<double> first_values, second_values;  ///< one a pair, averaged
  /// Names in parentheses, such as "(macro)", that are no pairs and were left out.
  std::vector<std::string> left_out;
  /// Shapiro–Wilk of the differences; none below 3 pairs, above 5000, or where all are equal.
  std::optional<TestResult> normality;
  std::optional<PairedTTest> t_test;  ///< none below 2 pairs or where all differences are equal
  std::string note;                   ///< why something is absent; else empty
};

/// Averages the observations of each (pair, condition) over `average_over`, then tests first - second.
///
/// The conditions are the two values of `between`, in alphabetical order. A name in parentheses ("(all
/// cells)", "(macro)") in the columns `pair_by` or `average_over` marks an aggregate of other rows: such
/// observations are no pair and no sample, they are left out and listed in Comparison::left_out. Both
/// conditions of a pair must be averaged over the same things, else the difference would be one of what was
/// averaged; and a column that changes within a (pair, condition) must be in `average_over`, else unlike
/// things (metrics, parts) would be mixed.
///
/// @param observations  each with the columns named by the other arguments.
/// @param between       column of the two conditions.
/// @param pair_by       column of the pairs' names; not `between`.
/// @param average_over  columns to average over; neither `between` nor `pair_by`; may be empty.
/// @throws ParameterError  listing every culprit: a column that is not there or is named twice; not exactly
/// two conditions; no pair; a value that is NaN or infinite; a pair that lacks a condition; conditions
/// averaged over different things; a column that changes and is not averaged over.
Comparison compare(const std::vector<Observation>& observations, const std::string& between,
                   const std::string& pair_by, const std::vector<std::string>& average_over);

/// The comparison in two plain sentences: which condition is higher, what a pair is, n, means, mean
/// difference and interval, t, df, p, Cohen's d_z; then whether the differences look normal. Below 6 pairs a
/// third says what so few cannot show. A large p is never called equality.
///
/// @param metric  name of the values, for example "f1".
std::string describe(const Comparison& comparison, const std::string& metric);

/// Everything of the comparison, with means: between, first, second, pair_by, averaged_over, n, means {first,
/// second}, pairs [{name, first, second, difference}], left_out, t_test {n, df, mean_difference, low, high,
/// t, p, cohen_dz} or null, normality {w, p} or null, note.
Json to_json(const Comparison& comparison);

}  // namespace gamut::statistics
