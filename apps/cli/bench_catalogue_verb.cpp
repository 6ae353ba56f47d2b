#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <memory>

#include "apps/cli/catalogue_benchmark.h"
#include "apps/cli/verbs.h"
#include "gamut/core/json.h"
#include "gamut/core/temporary_directory.h"

namespace gamut::cli {
namespace {

constexpr std::int64_t kJamendoSongs = 55'000;

struct BenchCatalogueArguments {
  std::vector<std::int64_t> songs{10'000, 100'000, 1'000'000};
  std::filesystem::path folder = std::filesystem::temp_directory_path();
  bool as_json = false;
};

/// The four steps that make a split of a library that is new.
CatalogueStep sum_of_first_use(const std::vector<CatalogueStep>& steps) {
  CatalogueStep sum{.step = "together", .songs = steps.front().songs};
  for (const CatalogueStep& step : steps) {
    if (step.step == "import again") continue;
    sum.wall_s += step.wall_s;
    sum.cpu_s += step.cpu_s;
    sum.peak_bytes = std::max(sum.peak_bytes, step.peak_bytes);
  }
  return sum;
}

Json to_json(const CatalogueStep& step) {
  return {{"step", step.step},
          {"songs", step.songs},
          {"wall_s", step.wall_s},
          {"cpu_s", step.cpu_s},
          {"peak_bytes", step.peak_bytes}};
}

void print(const CatalogueStep& step) {
  fmt::print("{:>9} {:<15}{:>9.2f}{:>9.2f}{:>12.2f}{:>10.0f}\n", step.songs, step.step, step.wall_s,
             step.cpu_s, 1e6 * step.cpu_s / static_cast<double>(step.songs),
             1e-6 * static_cast<double>(step.peak_bytes));
}

ExitCode run_bench_catalogue(const BenchCatalogueArguments& arguments) {
  const TemporaryDirectory folder(arguments.folder);
  std::vector<CatalogueStep> all{benchmark_jamendo(folder.path(), kJamendoSongs)};
  for (const std::int64_t songs : arguments.songs) {
    const std::vector<CatalogueStep> steps = benchmark_catalogue(folder.path(), songs);
    all.insert(all.end(), steps.begin(), steps.end());
    all.push_back(sum_of_first_use(steps));
  }
  if (arguments.as_json) {
    Json json = {{"benchmark", "catalogue"}, {"steps", Json::array()}};
    for (const CatalogueStep& step : all) json["steps"].push_back(to_json(step));
    fmt::print("{}\n", dump_json(json, 2));
    return kDone;
  }
  fmt::print("{:>9} {:<15}{:>9}{:>9}{:>12}{:>10}\n", "songs", "step", "wall s", "cpu s", "cpu us/song",
             "peak MB");
  for (const CatalogueStep& step : all) print(step);
  return kDone;
}

}  // namespace

void add_bench_catalogue_verb(CLI::App& bench, Work& work) {
  auto arguments = std::make_shared<BenchCatalogueArguments>();
  CLI::App* verb = bench.add_subcommand(
      "catalogue", "Seconds and memory of import, genres, split and audit of large generated libraries");
  verb->add_option("--songs", arguments->songs, "Sizes, such as 10000,1000000")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::Range(100, 100'000'000));
  verb->add_option("--folder", arguments->folder,
                   "Where there is room for the libraries, some 0.8 kB a song");
  verb->add_flag("--json", arguments->as_json, "One JSON document");
  verb->callback([&work, arguments] { work = [arguments] { return run_bench_catalogue(*arguments); }; });
}

}  // namespace gamut::cli
