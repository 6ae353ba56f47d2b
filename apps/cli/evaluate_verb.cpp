#include <fmt/format.h>

#include <map>
#include <memory>

#include "apps/cli/verbs.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/evaluation/assessment.h"
#include "gamut/evaluation/reliability.h"

namespace gamut::cli {
namespace {

using evaluation::Assessment;
using evaluation::GenreMetrics;
using evaluation::Metric;
using evaluation::Undefined;

struct Arguments {
  std::filesystem::path scores;
  std::filesystem::path split;
  std::string part;
  Undefined undefined = Undefined::zero;
  std::optional<double> precision;
  std::optional<double> trained_prior;
  evaluation::BootstrapOptions bootstrap;
  bool as_json = false;
};

/// Whether the value is shown: what is undefined is counted as 0 and flagged, or not shown at all.
bool is_shown(const Metric& metric, Undefined policy) {
  return policy == Undefined::zero || metric.has_value();
}

Json to_json(const std::vector<GenreMetrics>& genres, Undefined policy) {
  Json document = Json::object();
  for (const GenreMetrics& genre : genres) {
    Json json = Json::object();
    Json undefined = Json::object();
    Json intervals = Json::object();
    for (const Metric& metric : genre.metrics) {
      json[metric.name] = is_shown(metric, policy) ? Json(metric.value) : Json(nullptr);
      if (!metric.undefined.empty()) undefined[metric.name] = metric.undefined;
      if (metric.interval) intervals[metric.name] = {metric.interval->low, metric.interval->high};
    }
    if (!undefined.empty()) json["undefined"] = undefined;
    if (!intervals.empty()) json["intervals"] = intervals;
    document[genre.genre] = std::move(json);
  }
  return document;
}

Json reliability_json(std::span<const std::uint8_t> labels, std::span<const double> scores) {
  Json bins = Json::array();
  for (const evaluation::ReliabilityBin& bin : evaluation::reliability(labels, scores)) {
    bins.push_back({{"low", bin.low},
                    {"high", bin.high},
                    {"cells", bin.cells},
                    {"mean_score", bin.mean_score},
                    {"positive_rate", bin.positive_rate}});
  }
  return bins;
}

void add_reliability(Json& json, const evaluation::Predictions& songs) {
  const std::size_t n_genres = songs.genres.size();
  for (std::size_t g = 0; g < n_genres; ++g) {
    std::vector<std::uint8_t> labels;
    std::vector<double> scores;
    for (std::size_t cell = g; cell < songs.labels.size(); cell += n_genres) {
      labels.push_back(songs.labels[cell]);
      scores.push_back(songs.scores[cell]);
    }
    json[songs.genres[g]]["reliability"] = reliability_json(labels, scores);
  }
  json[std::string(evaluation::kAllCells)]["reliability"] = reliability_json(songs.labels, songs.scores);
}

/// The metrics at 0.5 by genre, and what is beside them under names that no genre has.
Json to_json(const Assessment& assessment, Undefined policy) {
  Json json = to_json(assessment.decisions.front().metrics, policy);
  add_reliability(json, assessment.songs);
  Json decisions = Json::object();
  for (std::size_t d = 1; d < assessment.decisions.size(); ++d) {
    decisions[assessment.decisions[d].decision] = to_json(assessment.decisions[d].metrics, policy);
  }
  Json thresholds = Json::object();
  for (const auto& [fold, of_genres] : assessment.thresholds) {
    for (std::size_t g = 0; g < of_genres.size(); ++g) {
      Json& threshold = thresholds[fold][assessment.songs.genres[g]];
      threshold["threshold"] = of_genres[g].value;
      if (!of_genres[g].note.empty()) threshold["note"] = of_genres[g].note;
    }
  }
  Json baselines = Json::object();
  for (const evaluation::Baseline& baseline : assessment.baselines) {
    baselines[baseline.name] = {{"what", baseline.what}, {"metrics", to_json(baseline.metrics, policy)}};
  }
  json["(songs)"] = {{"part", assessment.part}, {"songs", assessment.songs.size()}};
  json["(resampled)"] = assessment.resampled;
  json["(decisions)"] = decisions;
  json["(thresholds)"] = thresholds;
  json["(baselines)"] = baselines;
  json["(chance)"] = assessment.chance;
  json["(not available)"] = assessment.not_available;
  return json;
}

std::string text_of(const Metric& metric, Undefined policy) {
  if (!is_shown(metric, policy)) return "-";
  return fmt::format("{:.3f}{}", metric.value, metric.undefined.empty() ? "" : "*");
}

std::string with_interval(const Metric& metric, Undefined policy) {
  if (!metric.interval) return text_of(metric, policy);
  return fmt::format("{:<6} {:.2f}-{:.2f}", text_of(metric, policy), metric.interval->low,
                     metric.interval->high);
}

void print_genres(const std::vector<GenreMetrics>& genres, Undefined policy) {
  fmt::print("{:<22}{:>8}  {:<17}{:<17}{:<17}{:<17}{}\n", "", "support", "F1", "precision", "recall",
             "balanced acc.", "ROC AUC");
  std::vector<std::string> names = {std::string(evaluation::kMacro), std::string(evaluation::kAllCells)};
  for (std::size_t g = 0; g + 3 < genres.size(); ++g) names.push_back(genres[g].genre);
  for (const std::string& name : names) {
    const auto value = [&](std::string_view metric) {
      return with_interval(evaluation::find_metric(genres, name, metric), policy);
    };
    fmt::print("{:<22}{:>8.6g}  {:<17}{:<17}{:<17}{:<17}{}\n", printable(name),
               evaluation::find_metric(genres, name, "support").value, value("f1"), value("precision"),
               value("recall"), value("balanced_accuracy"), value("roc_auc"));
  }
  fmt::print("\nA song's genres together\n");
  for (const Metric& metric : genres.back().metrics) {
    fmt::print("  {:<34}{}\n", metric.name, with_interval(metric, policy));
  }
}

void print_decision(const std::string& name, const std::vector<GenreMetrics>& genres, Undefined policy) {
  const auto value = [&](std::string_view genre, std::string_view metric) {
    return text_of(evaluation::find_metric(genres, genre, metric), policy);
  };
  fmt::print("  {:<16}{:<10}{:<11}{:<10}{:<15}{:<14}{:<10}{}\n", name, value(evaluation::kMacro, "f1"),
             value(evaluation::kMacro, "precision"), value(evaluation::kMacro, "recall"),
             value(evaluation::kMacro, "balanced_accuracy"), value(evaluation::kAllCells, "f1"),
             value(evaluation::kMacro, "brier"), value(evaluation::kMacro, "expected_calibration_error"));
}

void print_decisions(const Assessment& assessment, Undefined policy) {
  if (assessment.decisions.size() + assessment.baselines.size() < 2) return;
  fmt::print("\nDecisions, and guesses that never hear the music\n");
  fmt::print("  {:<16}{:<10}{:<11}{:<10}{:<15}{:<14}{:<10}{}\n", "", "macro F1", "precision", "recall",
             "balanced acc.", "all-cells F1", "Brier", "calibration error");
  for (const evaluation::DecisionMetrics& decision : assessment.decisions)
    print_decision(decision.decision, decision.metrics, policy);
  for (const evaluation::Baseline& baseline : assessment.baselines)
    print_decision(baseline.name, baseline.metrics, policy);
  for (const evaluation::Baseline& baseline : assessment.baselines)
    fmt::print("  {} {}\n", baseline.name, baseline.what);
}

void print_undefined(const std::vector<GenreMetrics>& genres, Undefined policy) {
  std::map<std::string, std::vector<std::string>> by_reason;
  for (const GenreMetrics& genre : genres) {
    for (const Metric& metric : genre.metrics) {
      if (!metric.undefined.empty())
        by_reason[printable(genre.genre) + ", " + printable(metric.undefined)].push_back(metric.name);
    }
  }
  if (by_reason.empty()) return;
  fmt::print("\n{}\n",
             policy == Undefined::zero
                 ? "* Undefined; counted as 0, or as scikit-learn does (--undefined skip leaves it out)"
                 : "- Undefined; left out of the means");
  for (const auto& [reason, metrics] : by_reason) fmt::print("  {}: {}\n", reason, join_words(metrics));
}

void print_sentences(std::string_view title, const std::vector<std::string>& sentences) {
  if (!sentences.empty()) fmt::print("\n{}\n", title);
  for (const std::string& sentence : sentences) fmt::print("  {}\n", sentence);
}

void print_assessment(const Assessment& assessment, const Arguments& arguments) {
  const std::vector<GenreMetrics>& genres = assessment.decisions.front().metrics;
  fmt::print("{} {}songs, {} genres; a genre is given where its score is above 0.5{}\n\n",
             assessment.songs.size(), assessment.part.empty() ? "" : printable(assessment.part) + " ",
             assessment.songs.genres.size(),
             assessment.resampled.empty()
                 ? ""
                 : fmt::format("; ranges are 95 % bootstrap intervals by {}", assessment.resampled));
  print_genres(genres, arguments.undefined);
  print_decisions(assessment, arguments.undefined);
  print_sentences("No better than chance, for all we know", assessment.chance);
  print_undefined(genres, arguments.undefined);
  print_sentences("Not available", assessment.not_available);
  fmt::print("\nAll metrics, thresholds and reliability: --json\n");
}

ExitCode run_evaluate(const Arguments& arguments) {
  evaluation::Predictions predictions = evaluation::load_predictions(arguments.scores);
  evaluation::AssessmentOptions options{.part = arguments.part,
                                        .undefined = arguments.undefined,
                                        .precision = arguments.precision,
                                        .trained_prior = arguments.trained_prior,
                                        .seed = arguments.bootstrap.seed};
  options.bootstrap.reset();
  if (arguments.bootstrap.replicates > 0) options.bootstrap = arguments.bootstrap;
  if (!arguments.split.empty()) {
    evaluation::fill_from_split(predictions, arguments.split);
    options.known = evaluation::load_known_songs(arguments.split, predictions.genres);
  }
  const Assessment assessment = evaluation::assess(predictions, options);
  if (arguments.as_json) {
    fmt::print("{}\n", dump_json(to_json(assessment, arguments.undefined), 2));
  } else {
    print_assessment(assessment, arguments);
  }
  return kDone;
}

}  // namespace

void add_evaluate_verb(CLI::App& app, Work& work) {
  using evaluation::ResampleBy;
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = app.add_subcommand("evaluate", "Metrics of any predictions file, from any program");
  verb->add_option("scores", arguments->scores, "CSV: song,label:<genre>…,score:<genre>…")->required();
  verb->add_option("--part", arguments->part,
                   "Judge the songs of this part; \"test\" where there is such a part, else all songs");
  verb->add_option("--split", arguments->split,
                   "A run's split.csv: the labels of training songs, and columns that the scores lack");
  verb->add_option("--undefined", arguments->undefined,
                   "What a mean does with an undefined value: count it as 0, or skip it")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, Undefined>{{"zero", Undefined::zero}, {"skip", Undefined::skip}}))
      ->default_str("zero");
  verb->add_option("--precision", arguments->precision,
                   "Tune thresholds to this precision; to the highest F1 when not given")
      ->check(CLI::Range(1e-6, 1.0));
  verb->add_option(
          "--trained-prior", arguments->trained_prior,
          "Share of positives that the networks were trained on, 0.5 where classes were balanced; no "
          "corrected scores when not given")
      ->check(CLI::Range(1e-6, 1 - 1e-6));
  verb->add_option("--bootstrap", arguments->bootstrap.replicates,
                   "Replicates of the intervals; 0: no intervals")
      ->check(CLI::Range(0, 100000))
      ->capture_default_str();
  verb->add_option("--resample", arguments->bootstrap.by,
                   "What is resampled together; albums, else artists, else songs when not given")
      ->transform(CLI::CheckedTransformer(std::map<std::string, ResampleBy>{
          {"album", ResampleBy::album}, {"artist", ResampleBy::artist}, {"song", ResampleBy::song}}))
      ->default_str("");
  verb->add_option("--seed", arguments->bootstrap.seed, "Seed of the resampling")->capture_default_str();
  verb->add_flag("--json", arguments->as_json, "One JSON document, with every metric");
  verb->callback([&work, arguments] { work = [arguments] { return run_evaluate(*arguments); }; });
}

}  // namespace gamut::cli
