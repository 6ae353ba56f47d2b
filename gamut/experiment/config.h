#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "gamut/catalogue/split.h"
#include "gamut/core/json_fwd.h"
#include "gamut/spectra/front_end.h"
#include "gamut/training/options.h"

namespace gamut::experiment {

// How an experiment trains: [training] strategy.
inline constexpr const char* kOneVsAll = "one-vs-all";  ///< one binary network a genre; origin: paper
/// A binary last layer a genre, on what a network that is not trained makes of the pictures.
inline constexpr const char* kFrozen = "one-vs-all-frozen";
inline constexpr const char* kMultiLabel = "multi-label";  ///< one network, a logit a genre

/// An experiment file, merged with its defaults. README, "An experiment file", explains every option.
struct ExperimentConfig {
  std::string name;  ///< names the run's folder

  catalogue::GenreChoice genres;  ///< [data] genres
  catalogue::SplitOptions split;  ///< [data] group_by, test, validation, seed
  /// [data] split: a split file of which songs keep their parts, and whether songs that it lacks are placed
  /// (not_in_split = "place") or left out ("leave-out"). "": none.
  std::string split_file;
  bool place_others = true;
  int folds = 1;    ///< [data] 2 or more: cross-validation, each song tested once; then test is not read
  int repeats = 1;  ///< [data] the whole over again with other splits and seeds
  bool include_partial = false;  ///< [data] songs whose decoding was cut short take part

  std::vector<std::string> scales{"linear", "mel"};               ///< [spectrogram]; origin: paper
  std::vector<spectra::Reduce> reduce{spectra::Reduce::nearest};  ///< [spectrogram]; origin: paper
  spectra::FrontEndOptions front_end;                             ///< [spectrogram], all other options

  std::vector<std::string> architectures{"resnet18"};  ///< [model]
  std::vector<std::string> initialisation{"random"};   ///< [model] "random" or "imagenet"
  std::string weights;  ///< [model] folder of weight files; "" = torch hub's cache

  std::vector<std::string> strategies{kOneVsAll};  ///< [training] strategy: one, or a list
  std::string negatives = "balanced";  ///< [training] or "all" or "ratio:R"; of one-vs-all; origin: paper
  /// [training] Whether what frozen stages make of the pictures is computed once and kept, where it can be:
  /// with initial weights from a file and without augmentation.
  bool cache_activations = true;
  training::TrainingOptions training;  ///< [training]; its architecture and seed are set cell by cell

  /// Negatives a positive that `negatives` asks for; infinite: all.
  double negatives_ratio() const;
  /// One front end a picture set: every scale with every reduce, in order.
  std::vector<spectra::FrontEndOptions> front_ends() const;
};

/// Reads an experiment file. Paths in it are counted from its folder, and absolute in what is returned.
/// @param overrides  "section.key=value" or "name=value", the value in TOML.
/// @throws ParameterError  listing every unknown option, wrong type and value out of range.
ExperimentConfig load_experiment(const std::filesystem::path& path,
                                 const std::vector<std::string>& overrides = {});

ExperimentConfig experiment_from_json(const Json& json);
/// The merged configuration, in the experiment file's own shape: reading it back gives the same experiment.
Json to_json(const ExperimentConfig& config);

}  // namespace gamut::experiment
