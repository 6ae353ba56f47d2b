#pragma once

#include <filesystem>

#include "gamut/experiment/config.h"
#include "gamut/experiment/plan.h"
#include "gamut/tagging/model_card.h"

namespace gamut::experiment {

/// Puts a run's training songs into a model directory, with what the model's networks make of them, so that
/// the nearest can be shown beside any song. Every picture of them goes through every network once.
///
/// @param run        its workspace must hold the catalogue and the pictures of the run.
/// @param directory  the model's, with its networks.
/// @param jobs       songs side by side.
/// @throws CatalogueError  the library is no longer that of the run.
/// @throws Interrupted     between two songs.
void save_neighbours(const std::filesystem::path& run, const ExperimentConfig& config,
                     const Combination& combination, const tagging::ModelCard& card,
                     const std::filesystem::path& directory, int jobs);

}  // namespace gamut::experiment
