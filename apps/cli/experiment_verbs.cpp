#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <memory>
#include <tuple>

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
#include "gamut/experiment/shard.h"
#include "gamut/experiment/slurm.h"
#include "gamut/experiment/splits.h"

namespace gamut::cli {
namespace {

/// More tasks than this are submitted only when asked for.
constexpr int kMostTasksUnasked = 64;

struct ExperimentArguments {
  std::filesystem::path file;
  std::vector<std::string> overrides;
  std::filesystem::path weights;
  std::filesystem::path output;
  int jobs = available_cores();
  std::string shard;
  experiment::Stage stage = experiment::Stage::all;
  std::optional<double> seconds_between_epochs;
};

/// The means over the genres, one line a combination.
void print_summary(const experiment::RunReport& report) {
  using evaluation::ResultRow;
  std::vector<ResultRow> rows = evaluation::load_results(report.directory / "results.csv");
  std::erase_if(rows, [](const ResultRow& row) {
    return row.part != "test" || row.decision != "0.5" || row.genre != evaluation::kMacro;
  });
  const auto combination = [](const ResultRow& row) {
    return std::tie(row.scale, row.reduce, row.strategy, row.architecture, row.initialisation, row.repeat);
  };
  fmt::print("{:<14} {:<8} {:<18} {:<10} {:<9} {:>6}  {:<13} {:>8}\n", "scale", "reduce", "strategy",
             "network", "initial", "F1", "95 %", "ROC AUC");
  for (const ResultRow& row : rows) {
    if (row.metric != "f1") continue;
    const auto auc = std::ranges::find_if(rows, [&](const ResultRow& other) {
      return other.metric == "roc_auc" && combination(other) == combination(row);
    });
    fmt::print("{:<14} {:<8} {:<18} {:<10} {:<9} {:>6.3f}  {:<13} {:>8.3f}\n", row.scale, row.reduce,
               row.strategy, row.architecture, row.initialisation, row.value,
               row.low && row.high ? fmt::format("{:.3f}-{:.3f}", *row.low, *row.high) : "",
               auc == rows.end() ? 0.0 : auc->value);
  }
  fmt::print("(means over the genres, on the test songs, decided at 0.5)\n\n");
  for (const std::string& line : report.verdicts) fmt::print("{}\n", line);
}

ExitCode finish_run(const experiment::RunReport& report) {
  if (report.evaluated) {
    print_summary(report);
    fmt::print("\n{}\n", report.report.string());
  } else {
    say("this part of the run is done; the report comes with the last one");
  }
  if (!report.failed_cells.empty()) {
    warn(fmt::format("{} of {} networks could not be trained; {} says why", report.failed_cells.size(),
                     report.cells, report.evaluated ? "the report" : "gamut status"));
    return kFailed;
  }
  return report.failed_songs == 0 ? kDone : kSomeSongsFailed;
}

ExitCode run_experiment_file(const GlobalOptions& global, const ExperimentArguments& arguments) {
  const experiment::ExperimentConfig config =
      experiment::load_experiment(arguments.file, arguments.overrides);
  experiment::RunOptions options{.jobs = arguments.jobs,
                                 .weights = arguments.weights,
                                 .shard = std::nullopt,
                                 .stage = arguments.stage,
                                 .seconds_between_epochs = arguments.seconds_between_epochs};
  if (!arguments.shard.empty()) options.shard = experiment::parse_shard(arguments.shard);
  return finish_run(experiment::run_experiment(global.workspace, config, options));
}

struct SlurmArguments {
  ExperimentArguments experiment;
  int tasks = 0;
  std::vector<std::string> sbatch_options;
  bool submit = false;
};

/// Networks of the experiment, as far as the catalogue knows its songs.
int count_cells(const GlobalOptions& global, const experiment::ExperimentConfig& config) {
  catalogue::Catalogue library(global.workspace);
  const experiment::Selection selection = experiment::select_songs(library, config);
  return static_cast<int>(
      experiment::plan_cells(experiment::plan_combinations(config), selection.labels.genres).size());
}

ExitCode run_slurm(const GlobalOptions& global, const SlurmArguments& arguments) {
  const experiment::ExperimentConfig config =
      experiment::load_experiment(arguments.experiment.file, arguments.experiment.overrides);
  const int n_cells = count_cells(global, config);
  if (arguments.tasks > n_cells) {
    throw ParameterError(
        fmt::format("--tasks {} is more than the {} networks of the experiment", arguments.tasks, n_cells));
  }
  const auto absolute = [](const std::filesystem::path& path) {
    return std::filesystem::absolute(path).lexically_normal();
  };
  experiment::SlurmOptions options;
  options.run = config.name;
  options.tasks = arguments.tasks == 0 ? std::min(n_cells, kMostTasksUnasked) : arguments.tasks;
  options.program = std::filesystem::read_symlink("/proc/self/exe");
  options.workspace = absolute(global.workspace / ".").parent_path();
  options.experiment = absolute(arguments.experiment.file);
  for (const std::string& text : arguments.experiment.overrides) {
    options.arguments.insert(options.arguments.end(), {"--set", text});
  }
  if (!arguments.experiment.weights.empty()) {
    options.arguments.insert(options.arguments.end(),
                             {"--weights", absolute(arguments.experiment.weights).string()});
  }
  options.sbatch_options = arguments.sbatch_options;
  const std::filesystem::path script = options.workspace / "runs" / config.name / "slurm.sh";
  save_atomically(script, experiment::make_slurm_script(options));
  fmt::print("{}\n", script.string());
  if (!arguments.submit) return kDone;
  if (std::fflush(stdout) != 0) throw FileError("cannot write to standard output");
  execlp("bash", "bash", script.c_str(), static_cast<char*>(nullptr));
  throw Error(std::string("cannot start bash: ") + std::strerror(errno));
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
  say(describe(selection.genre_consequences));
  if (!arguments.output.empty() && (config.folds > 1 || config.repeats > 1)) {
    throw ParameterError("-o takes one split, and the experiment has several; `gamut run` writes them all");
  }
  if (selection.left_out_of_split > 0) {
    say(fmt::format("{} songs are not in {} and left out", selection.left_out_of_split,
                    printable(config.split_file)));
  }
  const experiment::DrawnSplits drawn =
      experiment::draw_splits(global.workspace / "runs" / config.name, selection, config);
  if (!drawn.origin.empty()) say(drawn.origin);
  for (const catalogue::FoldParts& split : drawn.splits) {
    if (config.folds > 1 || config.repeats > 1) fmt::print("fold {}, repeat {}\n", split.fold, split.repeat);
    print_audit(catalogue::audit_split(selection.songs, selection.labels, split.parts));
    if (!arguments.output.empty())
      catalogue::save_split(arguments.output, selection.songs, selection.labels, split.parts);
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
  const std::string experiment_toml =
      arguments.music_only ? "" : experiment::demo_experiment_toml(arguments.seed);
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
  save_atomically(arguments.folder / "demo.toml", experiment_toml);
  const experiment::ExperimentConfig config = experiment::load_experiment(arguments.folder / "demo.toml");
  return finish_run(experiment::run_experiment(arguments.folder, config, {.jobs = arguments.jobs}));
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
                     "Folder of ImageNet weights, or a weight file; torch hub's cache when not given");
    verb->add_option_function<std::string>(
            "--device",
            [arguments](const std::string& device) {
              arguments->overrides.push_back("training.device=\"" + device + "\"");
            },
            "auto, cpu or cuda: [training] device")
        ->check(CLI::IsMember({"auto", "cpu", "cuda"}));
    verb->add_option("--jobs", arguments->jobs, "Songs and networks worked on side by side")
        ->check(CLI::Range(1, 1024));
    CLI::Option* shard = verb->add_option(
        "--shard", arguments->shard,
        "I/N: train the I-th of N shares of the networks (I from 1); shards may run at once, "
        "on any machines that share the workspace");
    static const std::map<std::string, experiment::Stage> kStages{
        {"pictures", experiment::Stage::pictures}, {"evaluation", experiment::Stage::evaluation}};
    verb->add_option_function<std::string>(
            "--only", [arguments](const std::string& name) { arguments->stage = kStages.at(name); },
            "One stage: pictures (with the split), or evaluation of the networks that there are")
        ->check(CLI::IsMember({"pictures", "evaluation"}))
        ->excludes(shard);
    verb->add_option(
            "--checkpoint-every", arguments->seconds_between_epochs,
            "Seconds at least between two checkpoints of a network's epochs; when not given, every epoch "
            "that is not so short that writing would take a twentieth of the time")
        ->check(CLI::NonNegativeNumber);
    verb->callback([&global, &work, arguments] {
      work = [&global, arguments] { return run_experiment_file(global, *arguments); };
    });
  }
  {
    auto arguments = std::make_shared<SlurmArguments>();
    CLI::App* verb = app.add_subcommand(kSlurmVerb.name, kSlurmVerb.description);
    add_experiment_options(*verb, arguments->experiment);
    verb->add_option("--weights", arguments->experiment.weights, "Folder of ImageNet weights");
    verb->add_option("--tasks", arguments->tasks, "Tasks of the array; default: one a network, at most 64")
        ->check(CLI::Range(1, 100000))
        ->default_str("");
    verb->add_option("--sbatch-option", arguments->sbatch_options,
                     "An option of all three jobs, as --sbatch-option=--partition=long; may be repeated")
        ->take_all()
        ->allow_extra_args(false);
    verb->add_flag("--submit", arguments->submit, "Submit the script too");
    verb->callback([&global, &work, arguments] {
      work = [&global, arguments] { return run_slurm(global, *arguments); };
    });
  }
}

}  // namespace gamut::cli
