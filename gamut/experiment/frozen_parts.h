#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "gamut/experiment/config.h"
#include "gamut/experiment/material.h"
#include "gamut/experiment/plan.h"
#include "gamut/training/activations.h"
#include "gamut/training/trainer.h"

namespace gamut::experiment {

/// Activations by frozen_part_name().
using ActivationsByPart = std::map<std::string, training::Activations>;

/// How many stages of a combination's networks are not trained, so that what they make of the pictures can be
/// computed once for all genres and folds; 0: none, or nothing is to be kept.
int cached_stages(const ExperimentConfig& config, const Combination& combination);

/// Which activations a combination's networks are trained on: picture set, architecture, initialisation and
/// stages.
std::string frozen_part_name(const ExperimentConfig& config, const Combination& combination);

/// The network that a combination starts from.
training::NetworkOptions initial_network(const Combination& combination,
                                         const std::map<std::string, std::filesystem::path>& weights,
                                         std::uint64_t seed);

/// The pictures of a set as networks read them.
training::PictureView picture_view(const SongPictures& pictures, const training::TrainingOptions& options);

/// The activations that the combinations need, computed where they are missing. They are kept in
/// WORKSPACE/activations, a file for each set of pictures, weights and options, for this and later runs; of
/// two processes one computes and the other waits.
///
/// @throws FileError    the disk has no room for them.
/// @throws Interrupted  nothing of an unfinished file is kept.
ActivationsByPart open_activations(const std::filesystem::path& workspace, const ExperimentConfig& config,
                                   const std::vector<Combination>& combinations,
                                   const std::map<std::string, SongPictures>& pictures,
                                   const std::map<std::string, std::filesystem::path>& weights, int jobs);

}  // namespace gamut::experiment
