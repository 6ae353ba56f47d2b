#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "gamut/experiment/config.h"
#include "gamut/experiment/material.h"
#include "gamut/experiment/plan.h"
#include "gamut/training/embeddings.h"

namespace gamut::experiment {

/// Embeddings by backbone_name().
using EmbeddingsByBackbone = std::map<std::string, training::Embeddings>;

/// Which embeddings a combination's heads are trained on: picture set, architecture and initialisation.
std::string backbone_name(const Combination& combination);

/// The network that a combination starts from.
training::NetworkOptions initial_network(const Combination& combination,
                                         const std::map<std::string, std::filesystem::path>& weights,
                                         std::uint64_t seed);

/// The pictures of a set as networks read them.
training::PictureView picture_view(const SongPictures& pictures, const training::TrainingOptions& options);

/// The embeddings that the combinations of the frozen strategy need, computed where they are missing. They
/// are kept in WORKSPACE/embeddings, a file for each set of pictures, weights and options, for this and later
/// runs; of two processes one computes and the other waits.
///
/// @throws Interrupted  nothing of an unfinished file is kept.
EmbeddingsByBackbone open_embeddings(const std::filesystem::path& workspace, const ExperimentConfig& config,
                                     const std::vector<Combination>& combinations,
                                     const std::map<std::string, SongPictures>& pictures,
                                     const std::map<std::string, std::filesystem::path>& weights, int jobs);

}  // namespace gamut::experiment
