#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gamut/core/json_fwd.h"
#include "gamut/statistics/paired_table.h"
#include "gamut/statistics/spearman.h"

namespace gamut::statistics {

/// Whether a metric follows the size of the genre, under one condition (scale).
struct SizeEffect {
  std::string condition;
  std::vector<std::string> genres;
  std::vector<double> positives;     ///< training songs of each genre
  std::vector<double> values;        ///< the metric, averaged
  std::optional<SpearmanTest> test;  ///< none below 3 genres or where either is equal for all
  std::string note;                  ///< why there is no test; else empty
};

/// Spearman's correlation of the metric with the training positives, for each condition.
///
/// @param observations        rows of one metric, as make_paired_table takes them.
/// @param roles               `pair_by` is the column of genres, alone.
/// @param training_positives  songs of each genre in training; >= 0.
/// @throws ParameterError  as make_paired_table; genres without a count, all named.
std::vector<SizeEffect> measure_size_effect(const std::vector<Observation>& observations,
                                            const TableRoles& roles,
                                            const std::map<std::string, double>& training_positives);

/// A sentence for each condition: rho, its interval and p over n genres, and whether a relation is shown.
std::string describe(const std::vector<SizeEffect>& effects, const std::string& metric);

/// [{condition, genres [{name, positives, value}], rho, low, high, p, note}]; null for what is absent.
Json to_json(const std::vector<SizeEffect>& effects);

}  // namespace gamut::statistics
