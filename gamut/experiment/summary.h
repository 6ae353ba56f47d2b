#pragma once

#include <span>
#include <string>
#include <vector>

#include "gamut/catalogue/folds.h"
#include "gamut/experiment/cost.h"
#include "gamut/experiment/material.h"
#include "gamut/experiment/outcome.h"

namespace gamut::experiment {

/// What the report needs besides results, predictions, split and configuration: counts, audit, example
/// pictures, versions.
struct SummaryInput {
  const ExperimentConfig& config;
  const Selection& selection;
  std::span<const catalogue::FoldParts> splits;  ///< the first is the one that the report shows
  const std::vector<catalogue::GenreCount>& genre_counts;
  const std::map<std::string, SongPictures>& pictures;
  std::int64_t cells = 0, trained = 0;
  std::vector<std::string> failed_cells;
  const StageClock& clock;  ///< of the stages before the summary
};

Json make_summary(const SummaryInput& input);

}  // namespace gamut::experiment
