#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "gamut/core/json_fwd.h"
#include "gamut/experiment/plan.h"

namespace gamut::experiment {

/// Holds a run to the weights that its networks start from, wherever a machine has them: RUN/weights.json has
/// the name and SHA-256 of each architecture's file, and is written where it is missing.
///
/// @param run        its folder.
/// @param files      by architecture; none: nothing is done.
/// @param plan       the run's cells: those that are finished say what they started from, in a run of a gamut
///                   that did not write the file.
/// @param may_write  the file may be written anew, as long as no network has been begun; false: other
///                   processes have begun to work with what there is.
/// @throws ModelError  an architecture's file is another than the run's.
void claim_weights(const std::filesystem::path& run,
                   const std::map<std::string, std::filesystem::path>& files, const std::vector<Cell>& plan,
                   bool may_write);

/// @param file     what is there now, of this SHA-256.
/// @param claimed  `file` and `sha256` of what the run's networks started from.
/// @throws ModelError  it is another one.
void require_same_weights(const std::filesystem::path& file, const std::string& sha256, const Json& claimed);

}  // namespace gamut::experiment
