#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gamut/evaluation/results.h"
#include "gamut/statistics/compare_many.h"

namespace gamut::report {

/// The run's scales compared on one metric of the test songs at 0.5, the genres being the pairs.
struct ScaleComparison {
  std::string title;                               ///< what was held fixed; empty: nothing, all was averaged
  std::vector<std::string> averaged;               ///< "2 architectures", "2 initial weights"
  std::optional<statistics::Comparison> two;       ///< of exactly two scales
  std::optional<statistics::ManyComparison> many;  ///< of more
};

/// Every comparison of a run.
struct ScaleComparisons {
  std::string metric;
  std::vector<std::string> scales;     ///< in the order of the results
  std::optional<ScaleComparison> all;  ///< averaged over everything; none where it cannot be compared
  std::vector<ScaleComparison>
      settings;                       ///< one a strategy, reduce and initialisation, where there are several
  std::vector<std::string> left_out;  ///< networks that some scale lacks
  std::string why_not;                ///< why `all` is absent; else empty
};

/// Compares the scales; a network that was not finished for every scale is left out, so that the difference
/// is one of scales.
ScaleComparisons compare_scales(std::span<const evaluation::ResultRow> results,
                                const std::string& metric = "f1");

/// Rows of single genres of a metric of the test songs at 0.5, of networks that every scale has, with the
/// columns scale, reduce, strategy, architecture, initialisation, repeat and genre.
///
/// @param left_out  the networks that some scale lacks are appended, where not null.
std::vector<statistics::Observation> comparable_observations(std::span<const evaluation::ResultRow> results,
                                                             std::string_view metric,
                                                             std::vector<std::string>* left_out = nullptr);

/// The difference of two scales put so that it is positive.
struct Advantage {
  std::string higher, lower;
  double difference = 0, low = 0, high = 0;  ///< higher - lower, with its 95 % interval
};

/// None without a t test.
std::optional<Advantage> advantage_of(const statistics::Comparison& comparison);

/// Whether the paired t test shows a difference at the 5 % level.
bool is_shown(const statistics::Comparison& comparison);

/// Whether Iman and Davenport's test shows a difference at the 5 % level.
bool is_shown(const statistics::ManyComparison& comparison);

/// Positions of the conditions, best mean rank first.
/// @param comparison  with friedman.
std::vector<std::size_t> by_rank(const statistics::ManyComparison& comparison);

}  // namespace gamut::report
