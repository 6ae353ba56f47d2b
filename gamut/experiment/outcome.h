#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "gamut/catalogue/folds.h"
#include "gamut/evaluation/baselines.h"
#include "gamut/evaluation/bootstrap.h"
#include "gamut/evaluation/decisions.h"
#include "gamut/evaluation/predictions.h"
#include "gamut/evaluation/results.h"
#include "gamut/experiment/material.h"
#include "gamut/experiment/plan.h"

namespace gamut::experiment {

/// The finished cells of one combination, or of its folds one after the other, as a predictions file: their
/// validation and test songs.
evaluation::Predictions collect_predictions(const PooledCombinations& pooled, const Selection& selection,
                                            std::span<const catalogue::FoldParts> splits,
                                            const std::filesystem::path& cells);

/// What scoring knows beside the predictions.
struct ScoringContext {
  evaluation::KnownSongs training;  ///< of every fold
  evaluation::Priors priors;        ///< of every fold's networks, multi-label ones too
  evaluation::BootstrapOptions bootstrap;
};

/// The training songs of a combination's folds, and what its finished cells were trained on.
ScoringContext make_scoring_context(const PooledCombinations& pooled, const Selection& selection,
                                    std::span<const catalogue::FoldParts> splits,
                                    const std::filesystem::path& cells, const ExperimentConfig& config);

/// Rows of results.csv for one combination with all its folds: the validation and test songs at the paper's
/// 0.5, the test songs with tuned thresholds, with corrected priors, and by each baseline. Thresholds are
/// fitted on the validation songs, so that those have no rows of their own.
std::vector<evaluation::ResultRow> score_combination(const std::string& run, const PooledCombinations& pooled,
                                                     const evaluation::Predictions& predictions,
                                                     const ScoringContext& context);

}  // namespace gamut::experiment
