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
  std::string between, first, second;   ///< "scale", "linear", "mel"
  std::string pair_by;                  ///< "genre"
  std::vector<std::string> averaged_over;
  std::vector<std::string> pairs;       ///< names
  std::vector<double> first_values, second_values;  ///< one a pair, averaged
  std::optional<TestResult> normality;  ///< Shapiro–Wilk of the differences; none below 3 pairs or where all are equal
  std::optional<PairedTTest> t_test;    ///< none below 2 pairs or where all differences are equal
  std::string note;                     ///< why something is absent; else empty
};

/// Averages the observations of each (pair, condition) over everything else, then tests first - second.
/// @throws ParameterError  not exactly two conditions, or a pair that lacks one (all listed), or NaN.
Comparison compare(const std::vector<Observation>& observations, const std::string& between, const std::string& pair_by,
                   const std::vector<std::string>& average_over);

/// The comparison in one sentence for a person: what a pair is, n, df, means, t, p, interval.
std::string describe(const Comparison& comparison, const std::string& metric);
Json to_json(const Comparison& comparison);

}  // namespace gamut::statistics
