#include "apps/cli/training_benchmark.h"

#include <torch/torch.h>
#include <unistd.h>

#include <algorithm>
#include <barrier>
#include <chrono>
#include <filesystem>
#include <numeric>

#include "gamut/core/parallel.h"
#include "gamut/core/random.h"
#include "gamut/core/temporary_directory.h"
#include "gamut/models/device.h"
#include "gamut/models/network.h"
#include "gamut/models/picture_input.h"
#include "gamut/models/scores.h"
#include "gamut/training/activations.h"
#include "gamut/training/train_head.h"

namespace gamut::cli {
namespace {

using training::NetworkOptions;
using training::TrainingOptions;

template <class Work>
double measure_s(const Work& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

models::PictureInput make_input(const BenchmarkPictures& pictures, const TrainingOptions& options) {
  return {pictures.view,
          {.input_size = options.input_size, .imagenet_normalisation = options.imagenet_normalisation}};
}

/// Two pictures, one of each class, so that validation costs next to nothing.
training::Examples first_pair(const training::Examples& examples) {
  return {{examples.rows.begin(), examples.rows.begin() + 2},
          {examples.targets.begin(), examples.targets.begin() + 2}};
}

}  // namespace

BenchmarkPictures::BenchmarkPictures(int count, int size)
    : pixels(static_cast<std::size_t>(count) * static_cast<std::size_t>(size) *
             static_cast<std::size_t>(size)) {
  Random random(1);
  for (std::uint8_t& pixel : pixels) pixel = static_cast<std::uint8_t>(random.below(256));
  view = {.pixels = pixels, .height = size, .width = size, .colours = {}};
  for (std::size_t v = 0; v < 256; ++v) view.colours[v].fill(static_cast<std::uint8_t>(v));
  for (std::size_t row = 0; row < static_cast<std::size_t>(count); ++row) {
    examples.rows.push_back(row);
    examples.targets.push_back(static_cast<float>(row % 2));
  }
}

std::vector<double> benchmark_training(const BenchmarkPictures& pictures, const NetworkOptions& network,
                                       TrainingOptions options, int networks, int n_runs) {
  const TemporaryDirectory folder;
  options.epochs = 1 + n_runs;
  options.patience = 0;
  std::vector<std::vector<double>> rates(static_cast<std::size_t>(networks));
  std::barrier epoch_begins(networks);  // so that no network ever trains with the machine to itself
  parallel_for(rates.size(), networks, [&](std::size_t i) {
    NetworkOptions own = network;
    own.seed = network.seed + i;
    training::train_network(
        pictures.view, pictures.examples, first_pair(pictures.examples),
        std::span(pictures.examples.rows).first(2), own, options,
        {.checkpoint = folder / ("network" + std::to_string(i)), .metadata = {}, .epochs = {}},
        [&](const training::EpochRecord& epoch) {
          if (epoch.epoch > 1) rates[i].push_back(epoch.images_per_second);
          epoch_begins.arrive_and_wait();
        });
  });
  std::vector<double> together(static_cast<std::size_t>(n_runs));
  for (const std::vector<double>& of_network : rates) {
    std::ranges::transform(together, of_network, together.begin(), std::plus());
  }
  return together;
}

double benchmark_data_path(const BenchmarkPictures& pictures, const TrainingOptions& options, int n_runs) {
  models::use_threads(1);
  const models::PictureInput input = make_input(pictures, options);
  const auto batch = std::min(static_cast<std::size_t>(options.batch), pictures.examples.rows.size());
  const std::span rows = std::span(pictures.examples.rows).first(batch);
  input.compute(rows);
  std::vector<double> seconds;
  for (int run = 0; run < n_runs; ++run) seconds.push_back(measure_s([&] { input.compute(rows); }));
  std::ranges::sort(seconds);
  return seconds[seconds.size() / 2] / static_cast<double>(batch);
}

FrozenBenchmark benchmark_frozen_stages(const BenchmarkPictures& pictures, const NetworkOptions& network,
                                        TrainingOptions options, int networks, int n_runs) {
  const TemporaryDirectory folder;
  const std::filesystem::path file = folder / "activations.npy";
  FrozenBenchmark benchmark;
  benchmark.activations_s = measure_s([&] {
    training::compute_activations(pictures.view, network, options, options.frozen_stages, networks, file);
  });
  const training::Activations activations(file);
  benchmark.activations_bytes = static_cast<double>(activations.rows() * activations.size() * sizeof(float));
  NetworkOptions own = network;
  own.activations = &activations;
  benchmark.images_per_second = benchmark_training(pictures, own, options, networks, n_runs);
  return benchmark;
}

HeadsBenchmark benchmark_heads(const BenchmarkPictures& pictures, const NetworkOptions& network,
                               const TrainingOptions& options, int n_genres, int jobs) {
  const TemporaryDirectory folder;
  HeadsBenchmark benchmark;
  benchmark.embeddings_s = measure_s([&] {
    training::compute_activations(pictures.view, network, options, training::kUpToLastLayer, jobs,
                                  folder / "embeddings.npy");
  });
  const training::Activations embeddings(folder / "embeddings.npy");
  benchmark.heads_s = measure_s([&] {
    parallel_for(static_cast<std::size_t>(n_genres), jobs, [&](std::size_t genre) {
      training::Examples examples = pictures.examples;
      Random random(genre);
      random.shuffle(std::span(examples.targets));
      training::train_head(
          embeddings, examples, examples, examples.rows, network, options,
          {.checkpoint = folder / ("head" + std::to_string(genre)), .metadata = {}, .epochs = {}});
    });
  });
  return benchmark;
}

InferenceBenchmark benchmark_inference(const BenchmarkPictures& pictures, const NetworkOptions& network,
                                       const TrainingOptions& options, int n_runs) {
  models::use_threads(1);
  const models::PictureInput input = make_input(pictures, options);
  models::Network eager = models::make_network(network.architecture, 1, network.seed);
  models::Network folded = models::make_network(network.architecture, 1, network.seed);
  folded->fold_batch_norm();
  const auto rate = [&](models::Network& of) {
    const double seconds =
        measure_s([&] { models::compute_logits(of, input, pictures.examples.rows, options.batch); });
    return static_cast<double>(pictures.examples.rows.size()) / seconds;
  };
  rate(eager);
  rate(folded);
  InferenceBenchmark benchmark;
  for (int run = 0; run < n_runs; ++run) {
    benchmark.eager.push_back(rate(eager));
    benchmark.folded.push_back(rate(folded));
  }
  return benchmark;
}

}  // namespace gamut::cli
