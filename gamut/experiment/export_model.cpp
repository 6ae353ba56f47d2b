#include "gamut/experiment/export_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/hash.h"
#include "gamut/core/json.h"
#include "gamut/core/libraries.h"
#include "gamut/core/text.h"
#include "gamut/core/version.h"
#include "gamut/evaluation/decisions.h"
#include "gamut/evaluation/results.h"
#include "gamut/experiment/cell.h"
#include "gamut/experiment/export_neighbours.h"
#include "gamut/experiment/initial_weights.h"
#include "gamut/models/checkpoint.h"
#include "gamut/tagging/model_card.h"
#include "gamut/weights/safetensors.h"
#include "gamut/weights/weight_folder.h"

namespace gamut::experiment {

namespace fs = std::filesystem;

using tagging::GenreCard;
using tagging::ModelCard;

namespace {

/// Of what a run's test says, what people ask first.
constexpr std::array kShownMetrics{"f1",      "precision",         "recall", "balanced_accuracy",
                                   "roc_auc", "average_precision", "support"};

bool fits(const Combination& combination, const ExportOptions& options) {
  const auto agrees = [](const std::string& wanted, const std::string& there) {
    return wanted.empty() || wanted == there;
  };
  return agrees(options.scale, combination.scale) && agrees(options.reduce, combination.reduce) &&
         agrees(options.strategy, combination.strategy) &&
         agrees(options.architecture, combination.architecture) &&
         agrees(options.initialisation, combination.initialisation) && options.fold == combination.fold &&
         options.repeat == combination.repeat;
}

std::string describe(const Combination& c) {
  return fmt::format("--scale {} --reduce {} --strategy {} --architecture {} --init {} --fold {} --repeat {}",
                     c.scale, c.reduce, c.strategy, c.architecture, c.initialisation, c.fold, c.repeat);
}

Combination choose(const ExperimentConfig& config, const ExportOptions& options) {
  const std::vector<Combination> all = plan_combinations(config);
  std::vector<Combination> fitting;
  std::copy_if(all.begin(), all.end(), std::back_inserter(fitting),
               [&](const Combination& combination) { return fits(combination, options); });
  if (fitting.size() == 1) return fitting.front();
  std::vector<std::string> lines;
  for (const Combination& combination : fitting.empty() ? all : fitting)
    lines.push_back(describe(combination));
  throw ParameterError(fmt::format("{}; say which of these:\n  {}",
                                   fitting.empty() ? "the run " + config.name + " has no such networks"
                                                   : "the run " + config.name + " has several such networks",
                                   join(lines, "\n  ")));
}

/// The run's songs with their scores by this combination's networks, of all folds.
evaluation::Predictions load_run_predictions(const fs::path& run, const ExperimentConfig& config,
                                             const Combination& combination) {
  for (const PooledCombinations& pooled : pool_folds(plan_combinations(config))) {
    for (const Combination& one : pooled.folds) {
      if (one.name() == combination.name()) {
        return evaluation::load_predictions(run / "predictions" / (pooled.name() + ".csv"));
      }
    }
  }
  throw ParameterError("no predictions of " + combination.name());
}

/// Each genre's share of the training songs.
std::vector<double> training_shares(const fs::path& run, const Combination& combination,
                                    const std::vector<std::string>& genres) {
  CsvReader split(split_file(run, combination.fold, combination.repeat));
  std::vector<double> positives(genres.size());
  double songs = 0;
  while (split.next()) {
    if (split["part"] != "train") continue;
    ++songs;
    for (std::size_t g = 0; g < genres.size(); ++g)
      positives[g] += split["label:" + genres[g]] == "1" ? 1 : 0;
  }
  for (double& count : positives) count = smoothed_share(count, songs);
  return positives;
}

/// The initial weights of the run's frozen networks, by the checksum that every one of them notes.
fs::path find_frozen_weights(const fs::path& cells, const std::vector<Cell>& genres,
                             const ExperimentConfig& config, const ExportOptions& options) {
  const std::string& architecture = genres.front().combination.architecture;
  const fs::path place = options.weights.empty() ? fs::path(config.weights) : options.weights;
  const fs::path file = weights::find_initial_weights({architecture}, place).at(architecture);
  const std::string checksum = sha256_file(file);
  for (const Cell& cell : genres) {
    require_same_weights(file, checksum, load_json(cells / cell.folder() / "cell.json").at("weights"));
  }
  return file;
}

/// A frozen network, and the last layers of all genres as one.
models::Network join_heads(const fs::path& cells, const std::vector<Cell>& genres,
                           const ExperimentConfig& config, const ExportOptions& options) {
  const Json cell = load_json(cells / genres.front().folder() / "cell.json");
  const Combination& combination = genres.front().combination;
  const spectra::FrontEndOptions front_end = spectra::front_end_options_from_json(cell.at("front_end"));
  models::Network network = models::make_network(combination.architecture, static_cast<int>(genres.size()),
                                                 config.split.seed, signal_count(front_end.channels));
  if (combination.initialisation == "imagenet") {
    models::load_weights(*network, find_frozen_weights(cells, genres, config, options));
  }
  const torch::NoGradGuard no_grad;
  for (std::size_t g = 0; g < genres.size(); ++g) {
    const weights::TensorFile head =
        weights::load_safetensors(cells / genres[g].folder() / "model.safetensors");
    const auto row = static_cast<std::int64_t>(g);
    const auto copy = [&](torch::Tensor target, const char* name) {
      const std::vector<std::byte>& bytes = head.tensors.at(name).bytes;
      if (bytes.size() != target.nbytes()) {
        throw ModelError(
            fmt::format("{}: the last layer of {} does not fit its network", name, genres[g].name()));
      }
      target.copy_(torch::from_blob(const_cast<std::byte*>(bytes.data()), target.sizes(), torch::kFloat32));
    };
    copy(network->last_layer()->weight[row], "fc.weight");
    copy(network->last_layer()->bias.narrow(0, row, 1), "fc.bias");
  }
  return network;
}

void save_network(models::Network network, const fs::path& file, const ExportOptions& options) {
  network->fold_batch_norm();
  models::save_checkpoint(*network, file, {{"architecture", network->architecture().name}},
                          options.half ? weights::DataType::float16 : weights::DataType::float32);
}

/// Writes the networks and says in the genres' cards which is whose.
void save_networks(const fs::path& cells, const std::vector<Cell>& plan, const ExperimentConfig& config,
                   const ExportOptions& options, const fs::path& directory, std::vector<GenreCard>& genres) {
  constexpr const char* kOneNetwork = "networks/all.safetensors";
  const std::string& strategy = plan.front().combination.strategy;
  if (strategy != kOneVsAll) {
    for (std::size_t g = 0; g < genres.size(); ++g) {
      genres[g].network = kOneNetwork;
      genres[g].output = static_cast<int>(g);
    }
    save_network(strategy == kFrozen
                     ? join_heads(cells, plan, config, options)
                     : models::load_checkpoint(cells / plan.front().folder() / "model.safetensors").network,
                 directory / kOneNetwork, options);
    return;
  }
  for (std::size_t g = 0; g < genres.size(); ++g) {
    genres[g].network = "networks/" + slug(genres[g].name) + ".safetensors";
    save_network(models::load_checkpoint(cells / plan[g].folder() / "model.safetensors").network,
                 directory / genres[g].network, options);
  }
}

/// The test's metrics by decision and genre, with their intervals.
Json describe_test(const fs::path& run, const ExperimentConfig& config, const Combination& combination) {
  Json test = Json::object();
  const std::string fold = config.folds > 1 ? "pooled" : std::to_string(combination.fold);
  for (const evaluation::ResultRow& row : evaluation::load_results(run / "results.csv")) {
    const bool is_decision = row.decision == "0.5" || row.decision == "tuned" || row.decision == "corrected";
    if (row.part != "test" || !is_decision || row.undefined || row.scale != combination.scale ||
        row.reduce != combination.reduce || row.strategy != combination.strategy ||
        row.architecture != combination.architecture || row.initialisation != combination.initialisation ||
        row.fold != fold || row.repeat != std::to_string(combination.repeat) ||
        std::find(kShownMetrics.begin(), kShownMetrics.end(), row.metric) == kShownMetrics.end()) {
      continue;
    }
    Json& metric = test[row.decision][row.genre][row.metric];
    metric = {{"value", row.value}};
    if (row.low && row.high) metric.update({{"low", *row.low}, {"high", *row.high}});
  }
  return test;
}

/// How the networks came about, network by network.
Json describe_training(const fs::path& cells, const std::vector<Cell>& plan) {
  Json training = {{"networks", Json::array()}};
  for (const Cell& cell : plan) {
    const Json file = load_json(cells / cell.folder() / "cell.json");
    training["options"] = file.at("training");
    training["gamut"] = file.at("libraries").value("gamut", "");
    Json network = {{"genre", file.at("genre")}};
    for (const char* key : {"training_songs", "positives", "negatives", "epochs", "best_epoch", "seconds"}) {
      if (file.contains(key)) network[key] = file[key];
    }
    training["networks"].push_back(std::move(network));
  }
  return training;
}

}  // namespace

void export_model(const fs::path& run, const ExportOptions& options, const fs::path& output) {
  // Beside "model/" would be within it.
  const fs::path directory = output.has_filename() ? output : output.parent_path();
  std::error_code failure;
  if (!fs::exists(run / "results.csv", failure)) {
    throw FileError(printable(run.string()) +
                        " is no finished run: it has no results.csv; give the folder of "
                        "a run, WORKSPACE/runs/NAME, and finish it with `gamut run`",
                    run);
  }
  if (fs::exists(directory, failure)) {
    throw FileError(printable(directory.string()) + " exists; give a name that is free", directory);
  }
  const ExperimentConfig config = load_experiment(run / "experiment.toml");
  const Combination combination = choose(config, options);
  const evaluation::Predictions predictions = load_run_predictions(run, config, combination);
  const fs::path cells = run / "cells";
  const std::vector<Cell> plan = plan_cells({combination}, predictions.genres);
  for (const Cell& cell : plan) {
    const std::string damage = is_done(cells, cell) ? find_damage(cells, cell) : "it was not trained";
    if (damage.empty()) continue;
    throw ModelError(fmt::format("{}: {}; `gamut run` trains it again",
                                 printable((cells / cell.folder()).string()), damage));
  }

  const Json first = load_json(cells / plan.front().folder() / "cell.json");
  ModelCard card{.name = config.name,
                 .scale = combination.scale,
                 .reduce = combination.reduce,
                 .strategy = combination.strategy,
                 .architecture = combination.architecture,
                 .initialisation = combination.initialisation,
                 .fold = combination.fold,
                 .repeat = combination.repeat,
                 .half = options.half,
                 .front_end = spectra::front_end_options_from_json(first.at("front_end")),
                 .colour_map = config.training.colour_map,
                 .input = {.input_size = config.training.input_size,
                           .imagenet_normalisation = config.training.imagenet_normalisation},
                 .genres = {},
                 .training = describe_training(cells, plan),
                 .evaluation = describe_test(run, config, combination),
                 .libraries = libraries()};
  card.libraries["gamut"] = version();

  const std::string fold = std::to_string(combination.fold);
  const evaluation::Predictions validation = evaluation::select_part(predictions, "validation");
  const evaluation::Thresholds thresholds =
      validation.size() > 0 ? evaluation::fit_thresholds(validation) : evaluation::Thresholds();
  const std::vector<double> shares = training_shares(run, combination, predictions.genres);
  for (std::size_t g = 0; g < predictions.genres.size(); ++g) {
    GenreCard genre{.name = predictions.genres[g], .network = {}};
    genre.threshold = thresholds.contains(fold)
                          ? thresholds.at(fold)[g]
                          : evaluation::Threshold{0.5, "the run had no validation songs to tune it on"};
    genre.prior = {
        .trained = trained_share(cells, plan[plan.size() == 1 ? 0 : g], genre.name, config, shares[g]),
        .real = shares[g]};
    card.genres.push_back(std::move(genre));
  }

  const fs::path unfinished = temporary_beside(directory);
  try {
    fs::create_directories(unfinished / "networks");
    save_networks(cells, plan, config, options, unfinished, card.genres);
    if (options.neighbours) save_neighbours(run, config, combination, card, unfinished, options.jobs);
    save_model_card(unfinished, card);
    fs::rename(unfinished, directory);
  } catch (const fs::filesystem_error& error) {
    fs::remove_all(unfinished);
    throw FileError(printable(directory.string()) + ": " + error.code().message(), directory);
  } catch (...) {
    fs::remove_all(unfinished);
    throw;
  }
}

}  // namespace gamut::experiment
