#pragma once

#include <optional>
#include <set>
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
      settings;  ///< one a strategy, reduce and initialisation, where there are several
  std::vector<std::string> networks_left_out;  ///< that some scale lacks
  std::vector<std::string> genres_left_out;    ///< as ComparableScores::genres_left_out
  std::string why_not;                         ///< why `all` is absent; else empty
};

/// Compares the scales by comparable_scores(): a network that was not finished for every scale is left out,
/// so that the difference is one of scales.
ScaleComparisons compare_scales(std::span<const evaluation::ResultRow> results,
                                const std::string& metric = "f1");

/// What scales can be compared by.
struct ComparableScores {
  /// Of single genres, with the columns scale, reduce, strategy, architecture, initialisation, repeat, genre.
  std::vector<statistics::Observation> observations;
  /// Those that every scale has: architecture, initialisation, reduce, strategy, repeat.
  std::set<std::vector<std::string>> networks;
  std::vector<std::string> networks_left_out;  ///< that some scale lacks
  /// Genres without test songs, or with a score that is undefined for a network: what stands in its place
  /// would be a pair of equals.
  std::vector<std::string> genres_left_out;
};

/// A metric of the test songs at 0.5.
ComparableScores comparable_scores(std::span<const evaluation::ResultRow> results, std::string_view metric);

/// The difference of two scales put so that it is positive.
struct Advantage {
  std::string higher, lower;
  double difference = 0, low = 0, high = 0;  ///< higher - lower, with its 95 % interval
};

/// None without a t test.
std::optional<Advantage> advantage_of(const statistics::Comparison& comparison);

/// Whether the paired t test shows a difference at the 5 % level.
bool is_shown(const statistics::Comparison& comparison);

/// Whether Friedman's test shows a difference at the 5 % level, by its best p.
bool is_shown(const statistics::ManyComparison& comparison);

/// Positions of the conditions, best mean rank first.
/// @param comparison  with friedman.
std::vector<std::size_t> by_rank(const statistics::ManyComparison& comparison);

}  // namespace gamut::report
