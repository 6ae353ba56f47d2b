#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "apps/cli/extract_benchmark.h"
#include "apps/cli/front_end_arguments.h"
#include "apps/cli/median.h"
#include "apps/cli/network_verbs.h"
#include "apps/cli/verbs.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"

namespace gamut::cli {
namespace {

struct BenchExtractArguments {
  std::vector<std::filesystem::path> audio;
  std::vector<std::string> scales{"linear", "mel"};
  int runs = 5;
  std::vector<int> jobs;
  bool as_json = false;
  FrontEndArguments front_end;
};

/// One of a cost's two clocks.
using Clock = double Cost::*;

/// What `of` gives for each run, on one clock.
template <class Run, class Of>
std::vector<double> seconds(const std::vector<Run>& runs, Clock clock, const Of& of) {
  std::vector<double> values;
  for (const Run& run : runs) values.push_back(of(run).*clock);
  return values;
}

const auto kTotal = [](const ExtractRun& run) { return run.total; };
const auto kItself = [](const Cost& cost) { return cost; };

auto stage_number(std::size_t place) {
  return [place](const ExtractRun& run) { return run.stages[place].cost; };
}

/// Medians over the runs.
Json figures(const std::vector<ExtractRun>& runs, Clock clock) {
  const double decode_s = median(seconds(runs, clock, stage_number(0)));
  const double total_s = median(seconds(runs, clock, kTotal));
  Json json = {{"decode_s", decode_s},
               {"total_s", total_s},
               {"ratio_to_decode", total_s / decode_s},
               {"stages", Json::object()}};
  for (std::size_t place = 0; place < runs.front().stages.size(); ++place) {
    json["stages"][runs.front().stages[place].stage] = median(seconds(runs, clock, stage_number(place)));
  }
  return json;
}

/// The same with those of the processor's clock.
Json both_figures(const std::vector<ExtractRun>& runs) {
  Json json = figures(runs, &Cost::wall_s);
  json["cpu"] = figures(runs, &Cost::cpu_s);
  return json;
}

/// Each run over all files together.
std::vector<ExtractRun> add_files(const std::vector<FileBenchmark>& files) {
  std::vector<ExtractRun> sums = files.front().runs;
  for (std::size_t file = 1; file < files.size(); ++file) {
    for (std::size_t i = 0; i < sums.size(); ++i) {
      const ExtractRun& run = files[file].runs[i];
      sums[i].total = sums[i].total + run.total;
      for (std::size_t place = 0; place < run.stages.size(); ++place) {
        sums[i].stages[place].cost = sums[i].stages[place].cost + run.stages[place].cost;
      }
    }
  }
  return sums;
}

double median_wall_s(const JobsBenchmark& benchmark) {
  return median(seconds(benchmark.runs, &Cost::wall_s, kItself));
}

Json to_json(const FileBenchmark& benchmark) {
  Json json = {{"file", benchmark.file.string()},
               {"duration_s", benchmark.duration_s},
               {"sample_rate_hz", benchmark.sample_rate_hz}};
  json.update(both_figures(benchmark.runs));
  json["runs"] = Json::array();
  for (const ExtractRun& run : benchmark.runs) json["runs"].push_back(both_figures({run}));
  return json;
}

Json to_json(const JobsBenchmark& benchmark, const JobsBenchmark& first) {
  return {{"jobs", benchmark.jobs},
          {"songs", benchmark.n_songs},
          {"seconds", median_wall_s(benchmark)},
          {"cpu_s", median(seconds(benchmark.runs, &Cost::cpu_s, kItself))},
          {"speedup", median_wall_s(first) / median_wall_s(benchmark)},
          {"runs", seconds(benchmark.runs, &Cost::wall_s, kItself)}};
}

void print_line(const std::string& name, const std::vector<double>& wall_s, const std::vector<double>& cpu_s,
                double decode_s) {
  const auto [shortest, longest] = std::minmax_element(wall_s.begin(), wall_s.end());
  fmt::print("  {:<16}{:>9.4f}{:>9.4f}{:>9.4f}{:>9.4f}{:>11.2f}\n", name, median(wall_s), *shortest, *longest,
             median(cpu_s), median(wall_s) / decode_s);
}

void print_table(const FileBenchmark& benchmark) {
  const std::vector<ExtractRun>& runs = benchmark.runs;
  fmt::print("{}: {:.1f} s at {:g} Hz, {} runs\n", printable(benchmark.file.string()), benchmark.duration_s,
             benchmark.sample_rate_hz, runs.size());
  fmt::print("  {:<16}{:>9}{:>9}{:>9}{:>9}{:>11}\n", "stage", "median s", "min", "max", "cpu", "to decode");
  const double decode_s = median(seconds(runs, &Cost::wall_s, stage_number(0)));
  for (std::size_t place = 0; place < runs.front().stages.size(); ++place) {
    print_line(runs.front().stages[place].stage, seconds(runs, &Cost::wall_s, stage_number(place)),
               seconds(runs, &Cost::cpu_s, stage_number(place)), decode_s);
  }
  print_line("total", seconds(runs, &Cost::wall_s, kTotal), seconds(runs, &Cost::cpu_s, kTotal), decode_s);
}

void print_table(const std::vector<JobsBenchmark>& benchmarks) {
  if (benchmarks.empty()) return;
  fmt::print("{} songs side by side\n  {:<16}{:>9}{:>9}{:>11}\n", benchmarks.front().n_songs, "jobs",
             "median s", "cpu", "speedup");
  for (const JobsBenchmark& benchmark : benchmarks) {
    fmt::print("  {:<16}{:>9.4f}{:>9.4f}{:>11.2f}\n", benchmark.jobs, median_wall_s(benchmark),
               median(seconds(benchmark.runs, &Cost::cpu_s, kItself)),
               median_wall_s(benchmarks.front()) / median_wall_s(benchmark));
  }
}

ExitCode run_bench_extract(const BenchExtractArguments& arguments) {
  std::vector<spectra::FrontEnd> front_ends;
  for (const std::string& scale : arguments.scales) {
    spectra::FrontEndOptions options = arguments.front_end.options();
    options.scale = scale;
    front_ends.emplace_back(std::move(options));
  }
  const double peak_rss_mib = static_cast<double>(warm_up(arguments.audio, front_ends)) / (1 << 20);
  keep_freed_memory();
  std::vector<FileBenchmark> files;
  for (const std::filesystem::path& file : arguments.audio) {
    files.push_back(benchmark_file(file, front_ends, arguments.runs));
  }
  const std::vector<JobsBenchmark> jobs =
      benchmark_jobs(arguments.audio, front_ends, arguments.jobs, arguments.runs);

  if (arguments.as_json) {
    Json json = {{"benchmark", "extract"}, {"n_runs", arguments.runs}, {"scales", arguments.scales}};
    json.update(both_figures(add_files(files)));
    json["peak_rss_mib"] = peak_rss_mib;
    json["files"] = Json::array();
    for (const FileBenchmark& file : files) json["files"].push_back(to_json(file));
    json["jobs"] = Json::array();
    for (const JobsBenchmark& benchmark : jobs) json["jobs"].push_back(to_json(benchmark, jobs.front()));
    fmt::print("{}\n", dump_json(json, 2));
    return kDone;
  }
  for (const FileBenchmark& file : files) print_table(file);
  print_table(jobs);
  fmt::print("peak resident memory of one extraction: {:.0f} MiB, the program itself included\n",
             peak_rss_mib);
  return kDone;
}

}  // namespace

void add_bench_verbs(CLI::App& app, char** argv, Work& work) {
  CLI::App* bench = app.add_subcommand("bench", "The benchmarks that the documentation quotes");
  bench->require_subcommand(1);
  auto arguments = std::make_shared<BenchExtractArguments>();
  CLI::App* verb = bench->add_subcommand("extract", "Seconds from files to pictures, stage by stage");
  verb->add_option("audio", arguments->audio, "Any audio files")->required();
  verb->add_option("--scale", arguments->scales, join(spectra::scale_names(), ", "))
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember(spectra::scale_names()));
  verb->add_option("--runs", arguments->runs, "Times that everything is measured")
      ->check(CLI::Range(1, 1000));
  verb->add_option("--jobs", arguments->jobs,
                   "Also time the files side by side with so many jobs, such as 1,2")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::Range(1, 1024));
  verb->add_flag("--json", arguments->as_json, "One JSON document, with every run");
  arguments->front_end.add_to(*verb);
  add_bench_catalogue_verb(*bench, work);
  hand_on(*bench, kBenchTrainVerb, argv, work);
  hand_on(*bench, kBenchPredictVerb, argv, work);
  verb->callback([&work, arguments] { work = [arguments] { return run_bench_extract(*arguments); }; });
}

}  // namespace gamut::cli
