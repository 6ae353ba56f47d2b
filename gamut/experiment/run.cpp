#include "gamut/experiment/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/json.h"
#include "gamut/core/progress.h"
#include "gamut/core/text.h"
#include "gamut/core/toml.h"
#include "gamut/experiment/cell.h"
#include "gamut/experiment/cost.h"
#include "gamut/experiment/gallery.h"
#include "gamut/experiment/initial_weights.h"
#include "gamut/experiment/outcome.h"
#include "gamut/experiment/shard.h"
#include "gamut/experiment/splits.h"
#include "gamut/experiment/summary.h"
#include "gamut/features/extractor.h"
#include "gamut/report/report.h"
#include "gamut/report/verdict.h"
#include "gamut/weights/weight_folder.h"

namespace gamut::experiment {
namespace {

/// "section.key" and value of every option.
std::map<std::string, std::string> flatten(const Json& json) {
  std::map<std::string, std::string> options;
  for (const auto& [key, value] : json.items()) {
    if (!value.is_object()) {
      options[key] = dump_json(value);
      continue;
    }
    for (const auto& [inner_key, inner] : value.items()) options[key + "." + inner_key] = dump_json(inner);
  }
  return options;
}

/// The configuration of an earlier start. Before its split file was counted from the experiment file it was
/// counted from where gamut was started.
ExperimentConfig load_claim(const std::filesystem::path& path) {
  ExperimentConfig config = experiment_from_json(load_toml(path));
  if (!config.split_file.empty()) {
    config.split_file = std::filesystem::absolute(config.split_file).lexically_normal().string();
  }
  return config;
}

/// Writes the configuration into a new run, or checks that an old run has the same one. A run is new as long
/// as there is nothing that came of its configuration: a fault in that may have been what stopped it.
void claim_run(const std::filesystem::path& directory, const ExperimentConfig& config) {
  const std::filesystem::path path = directory / "experiment.toml";
  const Json wanted = to_json(config);
  const bool is_new =
      !std::filesystem::exists(split_file(directory, 0, 0)) && !has_begun(directory / "cells");
  if (is_new || !std::filesystem::exists(path)) {
    save_atomically(path, dump_toml(wanted));
    return;
  }
  const std::map<std::string, std::string> old_options = flatten(to_json(load_claim(path)));
  const std::map<std::string, std::string> new_options = flatten(wanted);
  std::vector<std::string> differences;
  for (const auto& [key, value] : new_options) {
    const auto old = old_options.find(key);
    const std::string before = old == old_options.end() ? "(none)" : old->second;
    if (before != value) differences.push_back(key + ": " + before + " before, " + value + " now");
  }
  for (const auto& [key, value] : old_options) {
    if (!new_options.contains(key)) differences.push_back(key + ": " + value + " before, (none) now");
  }
  if (!differences.empty()) {
    throw ParameterError("the run " + printable(directory.string()) +
                             " was made with another configuration; give this one another name:\n  " +
                             join(differences, "\n  "),
                         path);
  }
}

std::vector<evaluation::ResultRow> evaluate_run(const std::filesystem::path& directory,
                                                const ExperimentConfig& config,
                                                const std::vector<Combination>& combinations,
                                                const CellMaterial& material) {
  std::vector<evaluation::ResultRow> results;
  for (const PooledCombinations& pooled : pool_folds(combinations)) {
    const std::vector<Cell> cells = plan_cells(pooled.folds, material.selection.labels.genres);
    const bool complete = std::all_of(cells.begin(), cells.end(),
                                      [&](const Cell& cell) { return is_done(material.cells, cell); });
    if (!complete) continue;  // its failed cells are listed in the report
    const evaluation::Predictions predictions =
        collect_predictions(pooled, material.selection, material.splits, material.cells);
    evaluation::save_predictions(directory / "predictions" / (pooled.name() + ".csv"), predictions);
    const std::vector<evaluation::ResultRow> rows = score_combination(
        config.name, pooled, predictions,
        make_scoring_context(pooled, material.selection, material.splits, material.cells, config));
    results.insert(results.end(), rows.begin(), rows.end());
  }
  return results;
}

}  // namespace

RunReport run_experiment(const std::filesystem::path& workspace, const ExperimentConfig& config,
                         const RunOptions& options) {
  StageClock clock;
  RunReport report;
  report.directory = workspace / "runs" / config.name;
  report.report = report.directory / "report.html";
  const std::filesystem::path lock_path = report.directory / ".lock";
  const std::string purpose = "working on the run " + config.name;
  // The plan is written last of what all shards start from.
  const auto is_prepared = [&] {
    return options.shard && std::filesystem::exists(report.directory / "cells.csv");
  };
  std::optional<FileLock> lock;
  if (!is_prepared()) lock.emplace(lock_path, purpose, options.shard ? WhenHeld::wait : WhenHeld::fail);
  const bool prepared = is_prepared();  // perhaps by the shard that held the lock
  claim_run(report.directory, config);
  std::map<std::string, std::filesystem::path> weights;
  if (std::count(config.initialisation.begin(), config.initialisation.end(), "imagenet") > 0) {
    weights = weights::find_initial_weights(config.architectures, options.weights.empty()
                                                                      ? std::filesystem::path(config.weights)
                                                                      : options.weights);
  }

  catalogue::Catalogue library(workspace);
  if (!prepared) {
    // Faults and consequences of the genre choice show before hours of decoding.
    say(describe(select_songs(library, config).genre_consequences));
    const features::ExtractReport extracted =
        features::extract(library, workspace, {.front_ends = config.front_ends(), .jobs = options.jobs});
    report.failed_songs = extracted.failed();
  }
  const Selection selection = select_songs(library, config);
  const std::vector<catalogue::FoldParts> splits =
      open_splits(report.directory, selection, config, !prepared);
  std::map<std::string, SongPictures> pictures;
  for (const spectra::FrontEndOptions& front_end : config.front_ends()) {
    pictures.emplace(spectra::picture_set_name(front_end),
                     open_pictures(library, workspace, front_end, selection.songs));
  }

  const std::vector<Combination> combinations = plan_combinations(config);
  const std::vector<Cell> cells = plan_cells(combinations, selection.labels.genres);
  claim_weights(report.directory, weights, cells, !prepared);
  const ActivationsByPart activations =
      open_activations(workspace, config, combinations, pictures, weights, options.jobs);
  const CellMaterial material{config,
                              selection,
                              splits,
                              pictures,
                              weights,
                              activations,
                              report.directory / "cells",
                              options.seconds_between_epochs};
  const std::vector<Cell> share = options.shard ? share_of(cells, *options.shard) : cells;
  discard_damaged_cells(material.cells, share, options.jobs);
  const auto missing = std::count_if(share.begin(), share.end(),
                                     [&](const Cell& cell) { return !is_done(material.cells, cell); });
  say(fmt::format("{} songs, {} genres, {} networks, of which {} are to be trained{}", selection.songs.size(),
                  selection.labels.genres.size(), cells.size(), missing, options.shard ? " here" : ""));
  report.cells = static_cast<std::int64_t>(cells.size());
  if (!prepared) save_plan(report.directory, cells);
  clock.finish("pictures and split");
  if (options.stage == Stage::pictures) return report;
  if (options.shard) lock.reset();
  if (options.stage == Stage::all) report.trained = settle_cells(material, share, options.jobs);
  report.failed_cells = failures_of(material.cells, share);
  clock.finish("training");
  if (options.shard) {
    const bool all_settled = std::all_of(cells.begin(), cells.end(),
                                         [&](const Cell& cell) { return is_settled(material.cells, cell); });
    if (!all_settled) return report;
    lock.emplace(lock_path, purpose, WhenHeld::wait);
    report.failed_cells = failures_of(material.cells, cells);
  }

  const std::vector<evaluation::ResultRow> results =
      evaluate_run(report.directory, config, combinations, material);
  if (results.empty()) {
    throw ModelError(
        "no combination of picture set and architecture has all its networks, so there is nothing to "
        "report; the first reason: " +
        report.failed_cells.front());
  }
  evaluation::save_results(report.directory / "results.csv", results);
  write_gallery(report.directory, config, combinations, selection, pictures, results);
  clock.finish("evaluation");
  report.verdicts = gamut::report::short_verdict(results);
  save_json(report.directory / "summary.json", make_summary({.config = config,
                                                             .selection = selection,
                                                             .splits = splits,
                                                             .genre_counts = library.genre_counts(),
                                                             .pictures = pictures,
                                                             .cells = report.cells,
                                                             .trained = report.trained,
                                                             .failed_cells = report.failed_cells,
                                                             .clock = clock}));
  gamut::report::write_report(report.directory, report.report);
  report.evaluated = true;
  return report;
}

}  // namespace gamut::experiment
