#include <fmt/format.h>

#include <memory>

#include "apps/cli/network_verbs.h"
#include "gamut/catalogue/folds.h"
#include "gamut/catalogue/import.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/parallel.h"
#include "gamut/core/progress.h"
#include "gamut/core/text.h"
#include "gamut/demo/demo.h"
#include "gamut/evaluation/metrics.h"
#include "gamut/evaluation/results.h"
#include "gamut/experiment/demo_experiment.h"
#include "gamut/experiment/material.h"
#include "gamut/experiment/run.h"

namespace gamut::cli {
namespace {

struct ExperimentArguments {
  std::filesystem::path file;
  std::vector<std::string> overrides;
  std::filesystem::path weights;
  std::filesystem::path output;
  int jobs = available_cores();
  double seconds_between_epochs = 30;
};

/// The scores of all cells pooled, one line a combination: what the report opens with.
void print_summary(const experiment::RunReport& report) {
  const std::vector<evaluation::ResultRow> rows = evaluation::load_results(report.directory / "results.csv");
  fmt::print("{:<14} {:<8} {:<10} {:<9} {:>9} {:>9} {:>9}\n", "scale", "reduce", "network", "initial", "F1",
             "balanced", "recall");
  const auto value = [&](const evaluation::ResultRow& like, const std::string& metric) {
    for (const evaluation::ResultRow& row : rows) {
      if (row.part == "test" && row.genre == evaluation::kMacro && row.metric == metric &&
          row.scale == like.scale && row.reduce == like.reduce && row.architecture == like.architecture &&
          row.initialisation == like.initialisation) {
        return row.value;
      }
    }
    return 0.0;
  };
  for (const evaluation::ResultRow& row : rows) {
    if (row.part != "test" || row.genre != evaluation::kMacro || row.metric != "f1") continue;
    fmt::print("{:<14} {:<8} {:<10} {:<9} {:>9.3f} {:>9.3f} {:>9.3f}\n", row.scale, row.reduce,
               row.architecture, row.initialisation, row.value, value(row, "balanced_accuracy"),
               value(row, "recall"));
  }
  fmt::print("(means over the genres, on the test songs)\n");
  for (const std::string& verdict : report.verdicts) fmt::print("\n{}\n", verdict);
}

ExitCode finish_run(const experiment::RunReport& report) {
  print_summary(report);
  fmt::print("\n{}\n", report.report.string());
  if (!report.failed_cells.empty()) {
    warn(fmt::format("{} of {} networks could not be trained; the report says why",
                     report.failed_cells.size(), report.cells));
    return kFailed;
  }
  return report.failed_songs == 0 ? kDone : kSomeSongsFailed;
}

ExitCode run_experiment_file(const GlobalOptions& global, const ExperimentArguments& arguments) {
  const experiment::ExperimentConfig config =
      experiment::load_experiment(arguments.file, arguments.overrides);
  return finish_run(experiment::run_experiment(global.workspace, config,
                                               {.jobs = arguments.jobs,
                                                .weights = arguments.weights,
                                                .seconds_between_epochs = arguments.seconds_between_epochs}));
}

void print_audit(const catalogue::SplitAudit& audit) {
  fmt::print("{:>8} {:>10} {:>8} {:>8}  {}\n", "train", "validation", "test", "test %", "genre");
  for (const catalogue::SplitAudit::Row& row : audit.rows) {
    const std::int64_t all = row.train + row.validation + row.test;
    fmt::print("{:>8} {:>10} {:>8} {:>8.2f}  {}\n", row.train, row.validation, row.test,
               all == 0 ? 0.0 : 100.0 * static_cast<double>(row.test) / static_cast<double>(all),
               printable(row.genre));
  }
  fmt::print("albums in more than one part: {}; test songs with album-mates elsewhere: {}\n",
             audit.albums_crossing, audit.test_songs_with_album_mates);
  fmt::print("artists in more than one part: {}; test songs with artist-mates elsewhere: {}\n",
             audit.artists_crossing, audit.test_songs_with_artist_mates);
}

ExitCode run_split(const GlobalOptions& global, const ExperimentArguments& arguments) {
  const experiment::ExperimentConfig config =
      experiment::load_experiment(arguments.file, arguments.overrides);
  catalogue::Catalogue library(global.workspace);
  const experiment::Selection selection = experiment::select_songs(library, config);
  if (!arguments.output.empty() && (config.folds > 1 || config.repeats > 1)) {
    throw ParameterError("-o takes one split, and the experiment has several; `gamut run` writes them all");
  }
  for (const catalogue::FoldParts& split :
       catalogue::draw_folds(selection.songs, selection.labels, config.split, config.folds, config.repeats)) {
    if (config.folds > 1 || config.repeats > 1) fmt::print("fold {}, repeat {}\n", split.fold, split.repeat);
    print_audit(catalogue::audit_split(selection.songs, selection.labels, split.parts));
    if (!arguments.output.empty()) catalogue::save_split(arguments.output, selection.songs, split.parts);
  }
  return kDone;
}

struct DemoArguments {
  std::filesystem::path folder = "gamut-demo";
  std::uint64_t seed = 1;
  int jobs = available_cores();
  bool music_only = false;
};

ExitCode run_demo(const DemoArguments& arguments) {
  say("composing the built-in music in " + arguments.folder.string());
  demo::LibraryOptions library_options;
  library_options.seed = arguments.seed;
  const std::filesystem::path music = arguments.folder / "music";
  demo::compose_library(music, library_options, arguments.jobs);
  if (arguments.music_only) return kDone;
  {
    catalogue::Catalogue library(arguments.folder);
    const catalogue::ImportReport report =
        catalogue::import_csv(library, music / "songs.csv", {.taxonomy = music / "taxonomy.csv"});
    say(fmt::format("{} songs in the catalogue", library.song_count()));
    for (const std::string& fault : report.faults) warn(fault);
  }
  save_atomically(arguments.folder / "demo.toml", experiment::demo_experiment_toml(arguments.seed));
  const experiment::ExperimentConfig config = experiment::load_experiment(arguments.folder / "demo.toml");
  return finish_run(
      experiment::run_experiment(arguments.folder, config, {.jobs = arguments.jobs, .weights = {}}));
}

void add_experiment_options(CLI::App& verb, ExperimentArguments& arguments) {
  verb.add_option("experiment", arguments.file, "Experiment file (TOML)")->required();
  verb.add_option("--set", arguments.overrides, "Change one option: section.key=value; may be repeated")
      ->take_all()
      ->allow_extra_args(false);
}

}  // namespace

void add_experiment_verbs(CLI::App& app, const GlobalOptions& global, Work& work) {
  {
    auto arguments = std::make_shared<DemoArguments>();
    CLI::App* verb = app.add_subcommand(kDemoVerb.name, kDemoVerb.description);
    verb->add_option("--out", arguments->folder, "Folder for the music, the workspace and the report");
    verb->add_option("--seed", arguments->seed, "Another seed composes other music and draws another split");
    verb->add_option("--jobs", arguments->jobs, "Songs and networks worked on side by side")
        ->check(CLI::Range(1, 1024));
    verb->add_flag("--music-only", arguments->music_only, "Compose the music and stop");
    verb->callback([&work, arguments] { work = [arguments] { return run_demo(*arguments); }; });
  }
  {
    auto arguments = std::make_shared<ExperimentArguments>();
    CLI::App* verb = app.add_subcommand(kSplitVerb.name, kSplitVerb.description);
    add_experiment_options(*verb, *arguments);
    verb->add_option("-o,--output", arguments->output, "Write the split to this CSV file");
    verb->callback([&global, &work, arguments] {
      work = [&global, arguments] { return run_split(global, *arguments); };
    });
  }
  {
    auto arguments = std::make_shared<ExperimentArguments>();
    CLI::App* verb = app.add_subcommand(kRunVerb.name, kRunVerb.description);
    add_experiment_options(*verb, *arguments);
    verb->add_option("--weights", arguments->weights,
                     "Folder of ImageNet weights; torch hub's cache when not given");
    verb->add_option("--jobs", arguments->jobs, "Songs and networks worked on side by side")
        ->check(CLI::Range(1, 1024));
    verb->add_option("--checkpoint-every", arguments->seconds_between_epochs,
                     "Seconds at least between two checkpoints of a network's epochs; 0: after every epoch")
        ->check(CLI::NonNegativeNumber);
    verb->callback([&global, &work, arguments] {
      work = [&global, arguments] { return run_experiment_file(global, *arguments); };
    });
  }
}

}  // namespace gamut::cli
