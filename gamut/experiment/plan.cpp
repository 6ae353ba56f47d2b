#include "gamut/experiment/plan.h"

#include "gamut/core/random.h"
#include "gamut/core/text.h"

namespace gamut::experiment {

std::string Combination::name() const {
  return join(
      {set, strategy, architecture, initialisation, std::to_string(fold) + "." + std::to_string(repeat)},
      "_");
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
    for (const std::string& architecture : config.architectures) {
      for (const std::string& initialisation : config.initialisation) {
        combinations.push_back({.set = spectra::picture_set_name(front_end),
                                .scale = front_end.scale,
                                .reduce = std::string(to_string(front_end.reduce)),
                                .strategy = config.strategy,
                                .architecture = architecture,
                                .initialisation = initialisation});
      }
    }
  }
  return combinations;
}

std::vector<Cell> plan_cells(const std::vector<Combination>& combinations,
                             const std::vector<std::string>& genres) {
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

}  // namespace gamut::experiment
