#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "gamut/statistics/paired_table.h"

namespace gamut::statistics {

/// Which rows of a table are compared, and which value of each.
struct TableSelection {
  std::string metric;
  /// Column and value: a row must have one of the values named for each column.
  std::vector<std::pair<std::string, std::string>> where = {};
};

/// Reads the values of a tidy table: the rows whose column `metric` is `selection.metric`, their column
/// `value`, named by all other columns but `low`, `high` and `undefined`: where that is not empty, the value
/// stands in the place of one that is undefined. In a table without a column `metric` the column
/// that is called so holds the values, and the columns of `roles` alone name them, since others may hold
/// other metrics.
///
/// An empty value is NaN, which a comparison lists and refuses.
///
/// @throws FileError  missing, unreadable or empty.
/// @throws ParameterError  a row of the wrong width or a value that is not a number, each with its line; a
/// column that is not there, a metric or a value of `where` that no row has, with what there is.
std::vector<Observation> load_observations(const std::filesystem::path& path, const TableSelection& selection,
                                           const TableRoles& roles);

/// Reads wide tables, one file a condition: the column `selection.metric` of each, named by the columns of
/// `roles`, and by `roles.between`, whose value is the name of the file's condition.
///
/// @param files  name of the condition and its file.
/// @throws FileError, ParameterError  as load_observations.
std::vector<Observation> load_wide_observations(
    const std::vector<std::pair<std::string, std::filesystem::path>>& files, const TableSelection& selection,
    const TableRoles& roles);

}  // namespace gamut::statistics
