#include "gamut/experiment/frozen_parts.h"

#include "gamut/core/files.h"
#include "gamut/core/hash.h"
#include "gamut/core/json.h"
#include "gamut/experiment/leftovers.h"
#include "gamut/spectra/colour_map.h"

namespace gamut::experiment {
namespace {

/// Everything that the numbers depend on. The pictures count by their own checksums, as a store grows and
/// rows may be made anew.
Json specification(const SongPictures& pictures, const training::NetworkOptions& network,
                   const training::TrainingOptions& options, int n_stages) {
  return {{"stages", n_stages},
          {"front_end", to_json(pictures.store.options())},
          {"pictures", sha256_hex(std::as_bytes(pictures.store.pixels()))},
          {"architecture", network.architecture},
          {"weights", network.initial_weights ? sha256_file(*network.initial_weights)
                                              : "random " + std::to_string(network.seed)},
          {"batch", options.batch},
          {"input_size", options.input_size},
          {"colour_map", options.colour_map},
          {"imagenet_normalisation", options.imagenet_normalisation},
          {"threads_per_cell", options.threads_per_cell}};
}

}  // namespace

int cached_stages(const ExperimentConfig& config, const Combination& combination) {
  if (combination.strategy == kFrozen) return training::kUpToLastLayer;
  // Random weights differ from genre to genre.
  const bool can_be = combination.initialisation == "imagenet" && !augments(config.training.augmentation);
  return config.cache_activations && can_be ? config.training.frozen_stages : 0;
}

std::string frozen_part_name(const ExperimentConfig& config, const Combination& combination) {
  return combination.set + "/" + combination.architecture + "/" + combination.initialisation + "/" +
         std::to_string(cached_stages(config, combination));
}

training::NetworkOptions initial_network(const Combination& combination,
                                         const std::map<std::string, std::filesystem::path>& weights,
                                         std::uint64_t seed) {
  training::NetworkOptions network;
  network.architecture = combination.architecture;
  network.seed = seed;
  if (combination.initialisation == "imagenet")
    network.initial_weights = weights.at(combination.architecture);
  return network;
}

training::PictureView picture_view(const SongPictures& pictures, const training::TrainingOptions& options) {
  const spectra::FrontEndOptions& front_end = pictures.store.options();
  return {.pixels = pictures.store.pixels(),
          .planes = pictures.store.planes(),
          .height = front_end.picture_height,
          .width = front_end.picture_width,
          .colours = spectra::colours(spectra::parse_colour_map(options.colour_map))};
}

ActivationsByPart open_activations(const std::filesystem::path& workspace, const ExperimentConfig& config,
                                   const std::vector<Combination>& combinations,
                                   const std::map<std::string, SongPictures>& pictures,
                                   const std::map<std::string, std::filesystem::path>& weights, int jobs) {
  ActivationsByPart activations;
  for (const Combination& combination : combinations) {
    const int n_stages = cached_stages(config, combination);
    const std::string name = frozen_part_name(config, combination);
    if (n_stages == 0 || activations.contains(name)) continue;
    const SongPictures& set = pictures.at(combination.set);
    const training::NetworkOptions network = initial_network(combination, weights, config.split.seed);
    const std::string hash =
        sha256_hex(dump_json(specification(set, network, config.training, n_stages))).substr(0, 16);
    const std::filesystem::path file =
        workspace / "activations" / combination.set / (combination.architecture + "-" + hash + ".npy");
    const FileLock lock(file.string() + ".lock", "computing " + file.filename().string(), WhenHeld::wait);
    remove_leftovers(file.parent_path(), file.filename().string());
    if (!std::filesystem::exists(file)) {
      training::compute_activations(picture_view(set, config.training), network, config.training, n_stages,
                                    jobs, file);
    }
    activations.emplace(name, training::Activations(file));
  }
  return activations;
}

}  // namespace gamut::experiment
