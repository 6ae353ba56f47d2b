#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gamut/core/json_fwd.h"

namespace gamut::report {

/// How a run stands, as its files say: nothing in the run is changed or held up.
struct RunStatus {
  /// A cell with what there is to say about it: who trains it, or why it failed.
  struct Note {
    std::string cell, text;
  };
  std::int64_t cells = 0;
  std::int64_t done = 0;      ///< cell.json is there
  std::vector<Note> running;  ///< some process holds the cell's lock; who
  std::vector<Note> failed;   ///< failure.json is there, and nobody tries again; the reason
  std::int64_t left = 0;      ///< none of these
  bool has_report = false;

  std::optional<double> seconds_per_cell;  ///< mean over the cells that are done; absent where none is
  /// Seconds that the running and the left cells take one after the other, each as long as the mean of the
  /// done ones of its architecture (of all, where none is); running cells count in full. Absent where none is
  /// done.
  std::optional<double> work_left_s;
  /// The same with as many processes as train now; absent where none does.
  std::optional<double> time_left_s;
  std::optional<double>
      last_change_unix_s;  ///< newest file of any cell, or the plan's; seconds since 1970, UTC
};

/// @param run_directory  WORKSPACE/runs/<name>.
/// @throws FileError  there is no such run, its pictures are not finished (no cells.csv), or a file is
/// malformed.
RunStatus load_status(const std::filesystem::path& run_directory);

Json to_json(const RunStatus& status);

/// The same for people: a few lines, each with its newline.
std::string describe(const RunStatus& status, double now_unix_s);

}  // namespace gamut::report
