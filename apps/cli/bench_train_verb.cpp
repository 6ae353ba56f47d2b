#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>

#include "apps/cli/median.h"
#include "apps/cli/network_verbs.h"
#include "apps/cli/training_benchmark.h"
#include "gamut/core/json.h"
#include "gamut/core/parallel.h"
#include "gamut/core/text.h"
#include "gamut/models/architectures.h"

namespace gamut::cli {
namespace {

const std::vector<std::string> kParts{"side-by-side", "one-network", "frozen-stages", "heads", "inference"};
constexpr int kGenres = 16;  // of the paper
constexpr int kEpochs = 10;  // that a fine-tuning takes in the comparison with heads

struct BenchTrainArguments {
  std::vector<std::string> architectures{"resnet18", "resnet34"};
  std::vector<std::string> parts = kParts;
  int networks = available_cores();
  int pictures = 64;
  int batch = 16;
  int input_size = 224;
  int frozen_stages = 4;  // the stem and layers 1 to 3
  int runs = 3;
  bool as_json = false;
};

struct Line {
  std::string what;
  double value;
  std::string unit;
};

/// Figures as people and programs read them.
class Figures {
 public:
  void add_runs(const std::string& key, const std::string& what, const std::vector<double>& runs) {
    json_[key] = {{"images_per_second", median(runs)}, {"runs", runs}};
    lines_.push_back({what, median(runs), "images/s"});
  }
  void add(const std::string& key, const std::string& what, double value, const std::string& unit) {
    json_[key] = value;
    lines_.push_back({what, value, unit});
  }
  double images_per_second(const std::string& key) const { return json_.at(key).at("images_per_second"); }
  const Json& json() const { return json_; }

  void print(const std::string& title) const {
    fmt::print("{}\n", title);
    for (const Line& line : lines_) fmt::print("  {:<58}{:>10.3f} {}\n", line.what, line.value, line.unit);
  }

 private:
  Json json_ = Json::object();
  std::vector<Line> lines_;
};

Figures measure(const BenchTrainArguments& arguments, const BenchmarkPictures& pictures,
                const std::string& architecture) {
  const std::set<std::string> parts(arguments.parts.begin(), arguments.parts.end());
  training::TrainingOptions options;
  options.batch = arguments.batch;
  options.input_size = arguments.input_size;
  const training::NetworkOptions network{.architecture = architecture, .initial_weights = std::nullopt};
  const int networks = arguments.networks;
  Figures figures;

  if (parts.contains("side-by-side")) {
    figures.add_runs("side_by_side",
                     fmt::format("fine-tuning, {} networks side by side, 1 thread each", networks),
                     benchmark_training(pictures, network, options, networks, arguments.runs));
    const double step_s = networks / figures.images_per_second("side_by_side");  // a picture, on one thread
    figures.add("data_path_percent", "  of it reading, colouring and resizing pictures",
                100 * benchmark_data_path(pictures, options, arguments.runs) / step_s, "%");
  }
  if (parts.contains("one-network")) {
    training::TrainingOptions threaded = options;
    threaded.threads_per_cell = networks;
    figures.add_runs("one_network", fmt::format("fine-tuning, 1 network of {} threads", networks),
                     benchmark_training(pictures, network, threaded, 1, arguments.runs));
  }
  if (parts.contains("frozen-stages")) {
    training::TrainingOptions frozen = options;
    frozen.frozen_stages = arguments.frozen_stages;
    const FrozenBenchmark benchmark =
        benchmark_frozen_stages(pictures, network, frozen, networks, arguments.runs);
    figures.add_runs(
        "frozen_stages",
        fmt::format("{} networks side by side, {} stages frozen and kept", networks, arguments.frozen_stages),
        benchmark.images_per_second);
    figures.add("activations_s", "  computing the activations once", benchmark.activations_s, "s");
    figures.add("activations_kb_a_picture", "  their size",
                1e-3 * benchmark.activations_bytes / arguments.pictures, "kB a picture");
  }
  if (parts.contains("heads")) {
    const HeadsBenchmark benchmark = benchmark_heads(pictures, network, options, kGenres, networks);
    const double seconds = benchmark.embeddings_s + benchmark.heads_s;
    figures.add("embeddings_s", "one-vs-all-frozen: embeddings", benchmark.embeddings_s, "s");
    figures.add("heads_s", fmt::format("one-vs-all-frozen: {} heads", kGenres), benchmark.heads_s, "s");
    if (parts.contains("side-by-side")) {
      const double fine_tuning_s =
          kGenres * kEpochs * arguments.pictures / figures.images_per_second("side_by_side");
      figures.add(
          "heads_speedup",
          fmt::format("  faster than {} fine-tunings of {} epochs at the rate above", kGenres, kEpochs),
          fine_tuning_s / seconds, "x");
    }
  }
  if (parts.contains("inference")) {
    const InferenceBenchmark benchmark = benchmark_inference(pictures, network, options, arguments.runs);
    figures.add_runs("inference_eager", "inference, 1 thread, batch norms apart", benchmark.eager);
    figures.add_runs("inference_folded", "inference, 1 thread, batch norms folded", benchmark.folded);
    figures.add("folding_speedup", "  faster by", median(benchmark.folded) / median(benchmark.eager), "x");
  }
  return figures;
}

ExitCode run_bench_train(const BenchTrainArguments& arguments) {
  const BenchmarkPictures pictures(arguments.pictures, 250);
  Json json = {{"benchmark", "train"},
               {"networks", arguments.networks},
               {"pictures", arguments.pictures},
               {"batch", arguments.batch},
               {"input_size", arguments.input_size},
               {"n_runs", arguments.runs},
               {"architectures", Json::object()}};
  for (const std::string& architecture : arguments.architectures) {
    const Figures figures = measure(arguments, pictures, architecture);
    json["architectures"][architecture] = figures.json();
    if (!arguments.as_json) {
      figures.print(fmt::format("{}, {} pictures of {} pixels, batches of {}, median of {} runs",
                                architecture, arguments.pictures, arguments.input_size, arguments.batch,
                                arguments.runs));
    }
  }
  if (arguments.as_json) fmt::print("{}\n", dump_json(json, 2));
  return kDone;
}

}  // namespace

void add_bench_train_verb(CLI::App& bench, Work& work) {
  auto arguments = std::make_shared<BenchTrainArguments>();
  CLI::App* verb = bench.add_subcommand(kBenchTrainVerb.name, kBenchTrainVerb.description);
  const auto add_list = [&](const std::string& name, std::vector<std::string>& target,
                            const std::vector<std::string>& known) {
    verb->add_option(name, target, join(known, ", "))
        ->delimiter(',')
        ->allow_extra_args(false)
        ->check(CLI::IsMember(known));
  };
  add_list("--architecture", arguments->architectures, models::architecture_names());
  add_list("--parts", arguments->parts, kParts);
  const auto add_number = [&](const std::string& name, int& target, const std::string& help, int least,
                              int most) {
    verb->add_option(name, target, help)->check(CLI::Range(least, most));
  };
  add_number("--networks", arguments->networks, "Trained side by side; also the threads of one alone", 1,
             1024);
  add_number("--pictures", arguments->pictures, "Of noise, an epoch", 4, 100000);
  add_number("--batch", arguments->batch, "Pictures a step", 2, 1024);
  add_number("--input-size", arguments->input_size, "Pixels", 32, 1024);
  add_number("--frozen-stages", arguments->frozen_stages, "1 the stem, 2 and layer 1, …", 1, 5);
  add_number("--runs", arguments->runs, "Epochs measured, after one to warm up", 1, 1000);
  verb->add_flag("--json", arguments->as_json, "One JSON document, with every run");
  verb->callback([&work, arguments] { work = [arguments] { return run_bench_train(*arguments); }; });
}

}  // namespace gamut::cli
