#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <memory>
#include <vector>

#include "apps/cli/median.h"
#include "apps/cli/network_verbs.h"
#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/parallel.h"
#include "gamut/tagging/predict_files.h"

namespace gamut::cli {
namespace {

struct BenchPredictArguments {
  std::filesystem::path model;
  std::vector<std::string> audio;
  int jobs = available_cores();
  int runs = 3;
  bool as_json = false;
};

/// Processor time of the calling thread.
double thread_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

/// One round: everything a song, in seconds.
struct Round {
  double features_cpu_s = 0;  ///< decoding and pictures, on one thread
  double network_cpu_s = 0;   ///< on one thread, in batches as predict_files() makes them
  double wall_s = 0;          ///< predict_files() with all jobs

  /// Songs a second, to what the cores could do with nothing lost.
  double efficiency(int jobs) const { return (features_cpu_s + network_cpu_s) / jobs / wall_s; }
};

Round measure(const tagging::Model& model, const std::vector<tagging::Source>& sources, int jobs) {
  const auto n_songs = static_cast<double>(sources.size());
  const features::SongFeatureMaker maker(model.card().front_end);
  Round round;
  std::vector<features::SongFeatures> songs;
  double start = thread_seconds();
  for (const tagging::Source& source : sources) songs.push_back(maker.compute(source.file));
  round.features_cpu_s = (thread_seconds() - start) / n_songs;
  for (const features::SongFeatures& song : songs) {
    if (song.outcome == Outcome::failed) throw DecodeError(song.reason);
  }

  constexpr std::size_t kBatch = 8;
  start = thread_seconds();
  for (std::size_t first = 0; first < songs.size(); first += kBatch) {
    model.predict(std::span(songs).subspan(first, std::min(kBatch, songs.size() - first)));
  }
  round.network_cpu_s = (thread_seconds() - start) / n_songs;

  const auto wall = std::chrono::steady_clock::now();
  predict_files(model, sources, {.jobs = jobs}, [](const tagging::Source&, const tagging::Prediction&) {});
  round.wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count() / n_songs;
  return round;
}

ExitCode run_bench_predict(const BenchPredictArguments& arguments) {
  const tagging::Model model(arguments.model);
  const std::vector<tagging::Source> sources = tagging::list_sources(arguments.audio);
  for (const tagging::Source& source : sources) {
    if (!source.fault.empty()) throw FileError(source.fault);
  }
  measure(model, {sources.front()}, 1);  // libraries, caches and memory are warm afterwards
  std::vector<Round> rounds;
  for (int run = 0; run < arguments.runs; ++run) rounds.push_back(measure(model, sources, arguments.jobs));
  const auto median_of = [&](auto value) {
    std::vector<double> values;
    for (const Round& round : rounds) values.push_back(value(round));
    return median(values);
  };
  const double features_s = median_of([](const Round& round) { return round.features_cpu_s; });
  const double network_s = median_of([](const Round& round) { return round.network_cpu_s; });
  const double wall_s = median_of([](const Round& round) { return round.wall_s; });
  const double efficiency = median_of([&](const Round& round) { return round.efficiency(arguments.jobs); });
  if (arguments.as_json) {
    fmt::print("{}\n", dump_json({{"benchmark", "predict"},
                                  {"n_songs", sources.size()},
                                  {"n_runs", arguments.runs},
                                  {"jobs", arguments.jobs},
                                  {"features_cpu_s", features_s},
                                  {"network_cpu_s", network_s},
                                  {"songs_per_second", 1 / wall_s},
                                  {"efficiency", efficiency}},
                                 2));
    return kDone;
  }
  fmt::print("{} songs, {} runs, medians\n", sources.size(), arguments.runs);
  fmt::print("  {:<52}{:>8.4f} s of processor time a song\n", "decoding and pictures, one thread",
             features_s);
  fmt::print("  {:<52}{:>8.4f} s of processor time a song\n", "networks, one thread", network_s);
  fmt::print("  {:<52}{:>8.2f} songs/s\n", fmt::format("prediction, {} jobs", arguments.jobs), 1 / wall_s);
  fmt::print("  {:<52}{:>8.3f}\n", fmt::format("to {} jobs that lose nothing", arguments.jobs), efficiency);
  return kDone;
}

}  // namespace

void add_bench_predict_verb(CLI::App& bench, Work& work) {
  auto arguments = std::make_shared<BenchPredictArguments>();
  CLI::App* verb = bench.add_subcommand(kBenchPredictVerb.name, kBenchPredictVerb.description);
  verb->add_option("--model", arguments->model, "Model directory")->required();
  verb->add_option("audio", arguments->audio, "Audio files, folders or playlists")->required();
  verb->add_option("--jobs", arguments->jobs, "Songs side by side")->check(CLI::Range(1, 1024));
  verb->add_option("--runs", arguments->runs, "Times that everything is measured")
      ->check(CLI::Range(1, 1000));
  verb->add_flag("--json", arguments->as_json, "One JSON document");
  verb->callback([&work, arguments] { work = [arguments] { return run_bench_predict(*arguments); }; });
}

}  // namespace gamut::cli
