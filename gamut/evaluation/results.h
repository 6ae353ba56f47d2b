#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gamut::evaluation {

/// One row of `results.csv`, tidy: one value a row.
struct ResultRow {
  std::string run = {}, scale = {}, reduce = {}, strategy = {}, architecture = {}, initialisation = {},
              fold = {}, repeat = {}, part = {}, decision = {}, genre = {}, metric = {};
  double value = 0;
  std::optional<double> low = {}, high = {};  ///< interval, where there is one
  bool undefined = false;   ///< written as an empty value, and read back as undefined with value 0
  std::string reason = {};  ///< why the value stands in the place of one that is undefined; else empty
};

/// Writes
/// `run,scale,reduce,strategy,architecture,initialisation,fold,repeat,part,decision,genre,metric,value,low,high,undefined`,
/// atomically; `undefined` is the reason. Numbers are the shortest text that reads back the same.
///
/// @throws ParameterError  a value or limit that is not finite; the message names its row.
/// @throws FileError  the disk is full or the directory is not writable.
void save_results(const std::filesystem::path& path, const std::vector<ResultRow>& rows);

/// Reads a results table. Columns are matched by name, in any order; other columns are ignored,
/// and `undefined` may be absent.
///
/// @throws FileError  missing, unreadable or empty.
/// @throws ParameterError  every fault with its line: a missing column, a row of the wrong width, a value or
/// limit that is not a number.
std::vector<ResultRow> load_results(const std::filesystem::path& path);

}  // namespace gamut::evaluation
