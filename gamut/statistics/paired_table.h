#pragma once

#include <map>
#include <string>
#include <vector>

namespace gamut::statistics {

/// One value of a tidy table with the columns that name it.
struct Observation {
  std::map<std::string, std::string> columns;
  double value = 0;
  bool stands_in = false;  ///< the value stands in the place of one that is undefined
};

/// What the columns of a tidy table mean in a comparison.
struct TableRoles {
  std::string between;                         ///< the conditions, such as "scale"
  std::vector<std::string> pair_by;            ///< together they name a pair, such as "genre"
  std::vector<std::string> average_over = {};  ///< such as "architecture"
  /// Names that mark an aggregate of other rows, besides those in parentheses; the paper's files have
  /// "Aggregated".
  std::vector<std::string> summaries = {};
};

/// Values of the same pairs under several conditions.
struct PairedTable {
  std::vector<std::string> conditions;  ///< in alphabetical order
  std::vector<std::string> pairs;       ///< names, in the order of the observations; "Rock, 1" of two columns
  std::vector<std::vector<double>> values;  ///< [pair][condition], averaged
  std::vector<std::string> left_out;        ///< names of aggregates, that are no pairs
  std::size_t stand_ins = 0;                ///< values compared that stand in the place of undefined ones
  /// Columns beside `between` in which the conditions of a pair differ, each with its values: "run: a, b".
  std::vector<std::string> also_different;

  /// The values of one condition, one a pair.
  std::vector<double> of_condition(std::size_t condition) const;
};

/// Averages the observations of each (pair, condition) over `roles.average_over`.
///
/// A name in parentheses ("(all cells)", "(macro)"), or one of `roles.summaries`, in the columns `pair_by` or
/// `average_over` marks an aggregate of other rows: such observations are no pair and no sample, they are
/// left out and listed. All conditions of a pair must be averaged over the same things, else the difference
/// would be one of what was averaged; and a column that changes within a (pair, condition) must be in
/// `average_over`, else unlike things (metrics, parts) would be mixed. Where `between` is one of gamut's own
/// columns of a network (scale, reduce, strategy, architecture, initialisation), the conditions must not
/// differ in another of them.
///
/// @param observations  each with the columns named by `roles`.
/// @throws ParameterError  listing every culprit: a column that is not there or is named twice; no pair; a
/// value that is NaN or infinite; a pair that lacks a condition; conditions averaged over different things; a
/// column that changes and is not averaged over; conditions of other networks; several values of one thing.
PairedTable make_paired_table(const std::vector<Observation>& observations, const TableRoles& roles);

}  // namespace gamut::statistics
