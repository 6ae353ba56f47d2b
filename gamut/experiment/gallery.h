#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "gamut/evaluation/results.h"
#include "gamut/experiment/config.h"
#include "gamut/experiment/material.h"
#include "gamut/experiment/plan.h"
#include "gamut/spectra/colour_map.h"

namespace gamut::experiment {

/// A picture as PNG, shrunk (means over its pixels) until it has at most `most_bytes`.
std::string make_thumbnail(const spectra::Picture& picture, spectra::ColourMap map, std::size_t most_bytes);

/// Writes RUN/gallery anew: what the report shows of the best and worst predictions of the run's best
/// networks (report::best_networks()), with a small picture of each song and the way to its audio. Nothing
/// where no networks are best.
///
/// @param run_directory  with predictions/ of the combinations that are complete.
void write_gallery(const std::filesystem::path& run_directory, const ExperimentConfig& config,
                   const std::vector<Combination>& combinations, const Selection& selection,
                   const std::map<std::string, SongPictures>& pictures,
                   const std::vector<evaluation::ResultRow>& results);

}  // namespace gamut::experiment
