#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "gamut/core/json_fwd.h"

namespace gamut::report {

/// The same networks, tested once with album- or artist-mates of the test songs in training and once without.
struct LeakCost {
  std::string leaking_run, grouped_run;
  std::string group_by;  ///< of the grouped run
  std::string scale, reduce, strategy, architecture, initialisation;
  std::string genre;                ///< "(macro)" or "(all cells)"
  double leaking = 0, grouped = 0;  ///< F1 on test at 0.5, averaged over folds and repeats
  bool same_options = true;         ///< the runs differ in nothing but how they were split
};

/// Pairs every finished run whose `group_by` is "none" with every grouped one over the same genres, condition
/// by condition. Runs without results or with files that cannot be read are left out.
///
/// @param runs  `runs/` of a workspace; it may be missing.
/// @param only  the name of a run: only pairs with it; empty for all.
/// @return in order of the runs' names, then of the conditions.
std::vector<LeakCost> find_leak_costs(const std::filesystem::path& runs, const std::string& only = {});

Json to_json(const std::vector<LeakCost>& costs);

/// A table with a sentence; empty for none.
std::string to_text(const std::vector<LeakCost>& costs);

}  // namespace gamut::report
