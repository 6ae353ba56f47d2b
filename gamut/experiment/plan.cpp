#include "gamut/experiment/plan.h"

#include <map>

#include "gamut/core/error.h"
#include "gamut/core/random.h"
#include "gamut/core/text.h"

namespace gamut::experiment {

namespace {

std::string name_with(const Combination& c, const std::string& fold) {
  return join({c.set, c.strategy, c.architecture, c.initialisation, fold + "." + std::to_string(c.repeat)},
              "_");
}

/// Slugs are the same only where one genre is called like another's slug with its hash.
void require_folders_of_their_own(const std::vector<std::string>& genres) {
  std::map<std::string, std::string> genre_of_slug;
  for (const std::string& genre : genres) {
    const auto [other, is_new] = genre_of_slug.emplace(slug(genre), genre);
    if (is_new) continue;
    throw CatalogueError("the networks of the genres " + printable(other->second) + " and " +
                         printable(genre) + " would have one folder, " + other->first +
                         "; leave one out with [data] genres");
  }
}

}  // namespace

std::string Combination::name() const {
  return name_with(*this, std::to_string(fold));
}

std::string PooledCombinations::name() const {
  return name_with(folds.front(), fold_name());
}

std::string PooledCombinations::fold_name() const {
  return folds.size() > 1 ? "pooled" : std::to_string(folds.front().fold);
}

std::vector<PooledCombinations> pool_folds(const std::vector<Combination>& combinations) {
  std::vector<PooledCombinations> pooled;
  for (const Combination& combination : combinations) {
    if (combination.fold == 0) pooled.emplace_back();
    pooled.back().folds.push_back(combination);
  }
  return pooled;
}

std::filesystem::path Cell::folder() const {
  const Combination& c = combination;
  return std::filesystem::path(c.set) / c.strategy / c.architecture / c.initialisation /
         (std::to_string(c.fold) + "." + std::to_string(c.repeat)) / (genre.empty() ? "all" : slug(genre));
}

std::uint64_t Cell::seed(std::uint64_t experiment_seed) const {
  const Combination& c = combination;
  return Random(experiment_seed, join({"cell", genre, c.strategy, c.architecture, c.initialisation,
                                       std::to_string(c.fold), std::to_string(c.repeat)},
                                      "/"))
      .next();
}

std::vector<Combination> plan_combinations(const ExperimentConfig& config) {
  std::vector<Combination> combinations;
  for (const spectra::FrontEndOptions& front_end : config.front_ends()) {
    Combination combination{.set = spectra::picture_set_name(front_end),
                            .scale = front_end.scale,
                            .reduce = std::string(to_string(front_end.reduce)),
                            .strategy = {},
                            .architecture = {},
                            .initialisation = {}};
    for (const std::string& strategy : config.strategies) {
      combination.strategy = strategy;
      for (const std::string& architecture : config.architectures) {
        combination.architecture = architecture;
        for (const std::string& initialisation : config.initialisation) {
          combination.initialisation = initialisation;
          for (combination.repeat = 0; combination.repeat < config.repeats; ++combination.repeat) {
            for (combination.fold = 0; combination.fold < config.folds; ++combination.fold) {
              combinations.push_back(combination);
            }
          }
        }
      }
    }
  }
  return combinations;
}

std::vector<Cell> plan_cells(const std::vector<Combination>& combinations,
                             const std::vector<std::string>& genres) {
  require_folders_of_their_own(genres);
  std::vector<Cell> cells;
  for (const Combination& combination : combinations) {
    if (combination.strategy == kMultiLabel) {
      cells.push_back({combination, ""});
    } else {
      for (const std::string& genre : genres) cells.push_back({combination, genre});
    }
  }
  return cells;
}

std::filesystem::path split_file(const std::filesystem::path& run, int fold, int repeat) {
  if (fold == 0 && repeat == 0) return run / "split.csv";
  return run / "splits" / (std::to_string(fold) + "." + std::to_string(repeat) + ".csv");
}

}  // namespace gamut::experiment
