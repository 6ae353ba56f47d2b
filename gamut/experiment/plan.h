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

  /// For people: "mel-nearest-44136fa3_one-vs-all_resnet18_random_0.0", fold and repeat at the end.
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

/// Every combination, in the order of the configuration; the folds of one follow each other.
std::vector<Combination> plan_combinations(const ExperimentConfig& config);

/// The combinations that differ in their fold alone: their predictions are pooled and scored together.
struct PooledCombinations {
  std::vector<Combination> folds;

  /// Name of the predictions file without the extension; "pooled" in place of the fold where there are
  /// several.
  std::string name() const;
  /// "pooled", or the number of the only fold.
  std::string fold_name() const;
};
std::vector<PooledCombinations> pool_folds(const std::vector<Combination>& combinations);

/// Every cell: combination by combination, and genre by genre where a genre has a network of its own.
/// @throws CatalogueError  two genres whose cells would have one folder.
std::vector<Cell> plan_cells(const std::vector<Combination>& combinations,
                             const std::vector<std::string>& genres);

/// Where a run's split lies: the first in split.csv, the others in splits/<fold>.<repeat>.csv.
std::filesystem::path split_file(const std::filesystem::path& run, int fold, int repeat);

}  // namespace gamut::experiment
