#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "gamut/catalogue/folds.h"
#include "gamut/experiment/config.h"
#include "gamut/experiment/material.h"

namespace gamut::experiment {

/// Every split of an experiment, and in words what of an earlier one was kept; "" where there was none.
struct DrawnSplits {
  std::vector<catalogue::FoldParts> splits;
  std::string origin;
};

/// Draws the splits of an experiment. Songs keep the parts that its split file gives them, or else those of
/// an earlier start of the run, where that had the same [data] options.
/// @param directory  of the run; need not exist.
/// @throws ParameterError, CatalogueError  as draw_folds(); a malformed file of the run.
DrawnSplits draw_splits(const std::filesystem::path& directory, const Selection& selection,
                        const ExperimentConfig& config);

/// The splits that a run has, or new ones, which are written. Where the songs or their labels are others than
/// they were, the run's splits are drawn on and written anew, unless a network has been begun: it would be of
/// other songs and labels than those that follow.
/// @param may_write  false: other processes have begun to work with what there is.
/// @throws CatalogueError  the songs or their labels have changed, and the run's splits cannot; or, where no
/// network has been begun, a genre that all training songs of a fold have, or none: all are named.
std::vector<catalogue::FoldParts> open_splits(const std::filesystem::path& directory,
                                              const Selection& selection, const ExperimentConfig& config,
                                              bool may_write);

}  // namespace gamut::experiment
