#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "gamut/experiment/config.h"

namespace gamut::experiment {

/// Which network of an experiment a file is about, but for the genre.
struct Combination {
  std::string set;  ///< the picture set's folder name
  std::string scale, reduce, strategy, architecture, initialisation;
  int fold = 0;
  int repeat = 0;

  /// Name of its predictions file without the extension.
  std::string name() const;
};

/// One network to train: independent of all others, done or not done.
struct Cell {
  Combination combination;
  std::string genre;  ///< empty: one network for all of them

  /// "Rock", or "all genres": for people.
  std::string name() const { return genre.empty() ? "all genres" : genre; }

  /// Its folder under RUN/cells.
  std::filesystem::path folder() const;
  /// The seed of its network and its shuffling: one for a genre, architecture, initialisation, fold and
  /// repeat, so that scales and reduce rules start from the same weights.
  std::uint64_t seed(std::uint64_t experiment_seed) const;
};

/// Every combination, in the order of the configuration.
std::vector<Combination> plan_combinations(const ExperimentConfig& config);

/// Every cell: combination by combination, and genre by genre where a genre has a network of its own.
std::vector<Cell> plan_cells(const std::vector<Combination>& combinations,
                             const std::vector<std::string>& genres);

}  // namespace gamut::experiment
