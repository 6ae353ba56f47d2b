#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "apps/cli/network_verbs.h"
#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/json.h"
#include "gamut/core/parallel.h"
#include "gamut/core/png.h"
#include "gamut/core/progress.h"
#include "gamut/core/text.h"
#include "gamut/experiment/export_model.h"
#include "gamut/report/render_svg.h"
#include "gamut/tagging/explanation_page.h"
#include "gamut/tagging/predict_files.h"
#include "gamut/tagging/prediction_json.h"
#include "gamut/tags/path_json.h"

namespace gamut::cli {
namespace {

using tagging::GenreScore;
using tagging::Model;
using tagging::ModelCard;
using tagging::Prediction;
using tagging::Source;

struct ExportModelArguments {
  std::filesystem::path run;
  std::filesystem::path output;
  experiment::ExportOptions options{.jobs = available_cores()};
};

ExitCode export_model(const ExportModelArguments& arguments) {
  experiment::export_model(arguments.run, arguments.options, arguments.output);
  fmt::print("{}\n", arguments.output.string());
  return kDone;
}

/// The test's value of a metric at tuned thresholds, or at 0.5 where none were tuned; "-" where there is
/// none.
std::string tested(const ModelCard& card, const std::string& genre, const std::string& metric) {
  for (const char* decision : {"tuned", "0.5"}) {
    const Json value = card.evaluation.value(decision, Json::object())
                           .value(genre, Json::object())
                           .value(metric, Json::object());
    if (!value.contains("value")) continue;
    return value.contains("low") ? fmt::format("{:.3f} ({:.3f}-{:.3f})", value["value"].get<double>(),
                                               value["low"].get<double>(), value["high"].get<double>())
                                 : fmt::format("{:.3f}", value["value"].get<double>());
  }
  return "-";
}

ExitCode print_model(const std::filesystem::path& directory, bool as_json) {
  const ModelCard card = tagging::load_model_card(directory);
  const std::vector<std::string> damage = tagging::find_damage(directory, card);
  if (as_json) {
    Json json = describe_model(card);
    json["damage"] = damage;
    fmt::print("{}\n", dump_json(json, 2));
  } else {
    fmt::print("{}: {} genres, {} pictures ({}), {} {} from {} weights, fold {}.{}{}\n", printable(card.name),
               card.genres.size(), card.scale, card.reduce, card.strategy, card.architecture,
               card.initialisation, card.fold, card.repeat, card.half ? ", half precision" : "");
    fmt::print("{:<24} {:>9} {:>8} {:>21} {:>21}\n", "genre", "threshold", "share %", "test F1", "ROC AUC");
    for (const tagging::GenreCard& genre : card.genres) {
      fmt::print("{:<24} {:>9.3f} {:>8.1f} {:>21} {:>21}\n", printable(genre.name), genre.threshold.value,
                 100 * genre.prior.real, tested(card, genre.name, "f1"), tested(card, genre.name, "roc_auc"));
    }
    fmt::print("{:<24} {:>9} {:>8} {:>21} {:>21}\n", "mean over the genres", "", "",
               tested(card, "(macro)", "f1"), tested(card, "(macro)", "roc_auc"));
    fmt::print("(on songs that the networks had not seen, at the tuned thresholds; 95 % intervals)\n");
  }
  for (const std::string& line : damage) warn(line);
  return damage.empty() ? kDone : kFailed;
}

struct PredictArguments {
  std::filesystem::path model;
  std::vector<std::string> audio;
  bool as_json = false;
  bool as_csv = false;
  bool with_timeline = false;
  features::TimelineOptions timeline;
  std::size_t top = 1000;
  std::string decision = "tuned";
  std::string device = "auto";
  int jobs = available_cores();
  double max_duration_s = 3 * 3600;
};

void print_text(const Source& source, const Prediction& prediction, std::size_t top) {
  if (prediction.outcome == Outcome::failed) return;
  std::vector<std::string> words;
  for (const GenreScore& genre : best_first(prediction)) {
    if (words.size() < top) {
      words.push_back(fmt::format("{}{} {:.2f}", genre.given ? "*" : "", genre.genre, genre.score));
    }
  }
  fmt::print("{}\n  {}\n", printable(source.name), join(words, ", "));
  for (const Prediction::Window& window : prediction.timeline) {
    const auto best = std::max_element(window.scores.begin(), window.scores.end());
    fmt::print("  {:>7.1f} s  {} {:.2f}\n", window.start_s,
               prediction.genres[static_cast<std::size_t>(best - window.scores.begin())].genre, *best);
  }
}

void print_csv_header(const ModelCard& card) {
  std::vector<std::string> fields{"song", "outcome", "duration_s", "genres"};
  for (const tagging::GenreCard& genre : card.genres) fields.push_back("score:" + genre.name);
  fmt::print("{}", csv_row(fields));
}

void print_csv(const ModelCard& card, const Source& source, const Prediction& prediction) {
  std::vector<std::string> given;
  for (const GenreScore& genre : best_first(prediction)) {
    if (genre.given) given.push_back(genre.genre);
  }
  std::vector<std::string> fields{source.name, std::string(to_string(prediction.outcome)),
                                  format_number(prediction.duration_s), join(given, "; ")};
  for (const GenreScore& genre : prediction.genres) fields.push_back(format_number(genre.score));
  fields.resize(4 + card.genres.size());
  fmt::print("{}", csv_row(fields));
}

ExitCode predict(const PredictArguments& arguments) {
  const Model model(arguments.model, {.device = arguments.device});
  const std::vector<Source> sources = tagging::list_sources(arguments.audio);
  tagging::PredictFilesOptions options{.jobs = arguments.jobs,
                                       .decision = tagging::parse_decision(arguments.decision),
                                       .timeline = std::nullopt,
                                       .max_duration_s = arguments.max_duration_s};
  if (arguments.with_timeline) options.timeline = arguments.timeline;
  if (arguments.as_csv) print_csv_header(model.card());
  std::size_t failed = 0;
  Progress progress("songs", sources.size());
  predict_files(model, sources, options, [&](const Source& source, const Prediction& prediction) {
    if (arguments.as_json) {
      Json line;
      tags::put_path(line, "path", source.name);
      line.update(to_json(prediction, arguments.top));
      fmt::print("{}\n", dump_json(line));
    } else if (arguments.as_csv) {
      print_csv(model.card(), source, prediction);
    } else {
      print_text(source, prediction, arguments.top);
    }
    if (std::fflush(stdout) != 0) throw FileError("cannot write to standard output");
    if (prediction.outcome == Outcome::failed) ++failed;
    if (prediction.outcome == Outcome::partial) {
      warn(printable(source.name) + ": " + prediction.reason);
    } else if (prediction.outcome == Outcome::failed) {
      warn(prediction.reason);
    }
    progress.advance(1);
  });
  if (failed == 0) return kDone;
  return failed == sources.size() ? kFailed : kSomeSongsFailed;
}

struct ExplainArguments {
  std::filesystem::path model;
  std::filesystem::path audio;
  std::string genre;
  std::filesystem::path output;
  std::size_t neighbours = 8;
};

ExitCode explain(const ExplainArguments& arguments) {
  const std::string extension = arguments.output.extension().string();
  if (extension != ".png" && extension != ".html" && extension != ".svg") {
    throw ParameterError(printable(arguments.output.string()) + ": name a .png, .svg or .html file");
  }
  const Model model(arguments.model);
  const features::SongFeatures song =
      features::SongFeatureMaker(model.card().front_end).compute(arguments.audio);
  const tagging::Explanation explanation = model.explain(song, arguments.genre);
  const auto genre =
      std::find_if(model.card().genres.begin(), model.card().genres.end(),
                   [&](const tagging::GenreCard& card) { return card.name == arguments.genre; });
  std::optional<std::vector<tagging::Neighbour>> neighbours;
  if (arguments.neighbours > 0) {
    neighbours = find_neighbours(arguments.model, *genre, explanation.embedding, arguments.neighbours);
  }
  const tagging::ExplanationPage page{arguments.audio.filename().string(), explanation, model.card(),
                                      neighbours};
  if (extension == ".png") {
    save_png(arguments.output, report::render_svg(draw_explanation(page), 2));
  } else {
    save_atomically(arguments.output, extension == ".svg" ? draw_explanation(page) : write_explanation(page));
  }
  fmt::print("{}\n", arguments.output.string());
  if (!song.reason.empty()) warn(printable(arguments.audio.string()) + ": " + song.reason);
  return kDone;
}

}  // namespace

void add_export_model_verb(CLI::App& app, Work& work) {
  auto arguments = std::make_shared<ExportModelArguments>();
  experiment::ExportOptions& options = arguments->options;
  CLI::App* outer = app.add_subcommand("export", "Write what the workspace holds in forms that others read");
  CLI::App* verb = outer->add_subcommand(kExportModelVerb.name, kExportModelVerb.description);
  verb->add_option("run", arguments->run, "Folder of a finished run, WORKSPACE/runs/NAME")->required();
  verb->add_option("-o,--output", arguments->output, "The model's directory; must not exist")->required();
  verb->add_option("--scale", options.scale, "Which networks, where the run has several");
  verb->add_option("--reduce", options.reduce, "nearest or mean");
  verb->add_option("--strategy", options.strategy, "one-vs-all, one-vs-all-frozen or multi-label");
  verb->add_option("--architecture", options.architecture, "resnet18, …");
  verb->add_option("--init", options.initialisation, "random or imagenet");
  verb->add_option("--fold", options.fold, "Fold of cross-validation, from 0")->capture_default_str();
  verb->add_option("--repeat", options.repeat, "Repeat, from 0")->capture_default_str();
  verb->add_flag("--half", options.half, "Keep weights in half precision: half the size");
  verb->add_flag("--neighbours", options.neighbours,
                 "Keep the training songs' embeddings too, for `gamut explain`; takes a look at every song");
  verb->add_option("--jobs", options.jobs, "Songs looked at side by side")->check(CLI::Range(1, 1024));
  verb->add_option("--weights", options.weights,
                   "Folder of ImageNet weights, or a weight file, for frozen networks; where the run says "
                   "when not given");
  verb->callback([&work, arguments] { work = [arguments] { return export_model(*arguments); }; });
}

void add_model_verbs(CLI::App& app, Work& work) {
  {
    auto directory = std::make_shared<std::filesystem::path>();
    auto as_json = std::make_shared<bool>(false);
    CLI::App* outer = app.add_subcommand(kModelVerb.name, kModelVerb.description);
    outer->require_subcommand(1);
    CLI::App* verb = outer->add_subcommand("info", "What a model is, and how well it did on its test");
    verb->add_option("model", *directory, "Model directory")->required();
    verb->add_flag("--json", *as_json, "One JSON document");
    verb->callback([&work, directory, as_json] { work = [=] { return print_model(*directory, *as_json); }; });
  }
  {
    auto arguments = std::make_shared<PredictArguments>();
    CLI::App* verb = app.add_subcommand(kPredictVerb.name, kPredictVerb.description);
    verb->add_option("--model", arguments->model, "Model directory")->required();
    verb->add_option("audio", arguments->audio,
                     "Audio files, folders, playlists (.m3u8), or - for audio on standard input")
        ->required();
    CLI::Option* json = verb->add_flag("--json", arguments->as_json, "One JSON document a song and line");
    CLI::Option* csv = verb->add_flag("--csv", arguments->as_csv, "A table of all scores")->excludes(json);
    verb->add_option("--top", arguments->top, "Show the scores of so many genres; not with --csv")
        ->check(CLI::Range(1, 1000))
        ->default_str("all");
    verb->add_option("--decision", arguments->decision,
                     "Which genres are given: by tuned thresholds, at 0.5, or by corrected probabilities")
        ->check(CLI::IsMember({"tuned", "0.5", "corrected"}))
        ->capture_default_str();
    CLI::Option* timeline = verb->add_flag("--timeline", arguments->with_timeline,
                                           "Score windows through the song too; not with --csv")
                                ->excludes(csv);
    verb->add_option("--window", arguments->timeline.window_s, "Seconds a window of the timeline")
        ->needs(timeline)
        ->capture_default_str();
    verb->add_option("--window-hop", arguments->timeline.hop_s, "Seconds from one window to the next")
        ->needs(timeline)
        ->capture_default_str();
    verb->add_option("--max-duration", arguments->max_duration_s, "Seconds; longer songs fail")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    verb->add_option("--device", arguments->device, "auto, cpu or cuda")
        ->check(CLI::IsMember({"auto", "cpu", "cuda"}));
    verb->add_option("--jobs", arguments->jobs, "Songs decoded and scored side by side")
        ->check(CLI::Range(1, 1024));
    verb->callback([&work, arguments] { work = [arguments] { return predict(*arguments); }; });
  }
  {
    auto arguments = std::make_shared<ExplainArguments>();
    CLI::App* verb = app.add_subcommand(kExplainVerb.name, kExplainVerb.description);
    verb->add_option("--model", arguments->model, "Model directory")->required();
    verb->add_option("audio", arguments->audio, "Audio file")->required();
    verb->add_option("--genre", arguments->genre, "One of the model's genres")->required();
    verb->add_option("-o,--output", arguments->output, "A .png, .svg or .html file")->required();
    verb->add_option("--neighbours", arguments->neighbours, "Show so many of the nearest training songs")
        ->check(CLI::Range(0, 100))
        ->capture_default_str();
    verb->callback([&work, arguments] { work = [arguments] { return explain(*arguments); }; });
  }
}

}  // namespace gamut::cli
