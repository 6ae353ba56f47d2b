#pragma once

#include <string>
#include <vector>

#include "gamut/training/options.h"
#include "gamut/training/trainer.h"

namespace gamut::cli {

/// Pictures of noise with labels drawn by lot: learning costs the same whatever there is to learn.
struct BenchmarkPictures {
  /// @param count  of square pictures, `size` pixels wide.
  BenchmarkPictures(int count, int size);

  std::vector<std::uint8_t> pixels;
  training::PictureView view;
  training::Examples examples;  ///< every picture, half of them positive
};

/// Images a second of `networks` networks that are trained side by side, as `gamut run` trains them: one
/// epoch to warm up, then `n_runs` epochs.
/// @return one figure an epoch, of all networks together.
std::vector<double> benchmark_training(const BenchmarkPictures& pictures,
                                       const training::NetworkOptions& network,
                                       training::TrainingOptions options, int networks, int n_runs);

/// Seconds a picture, on one thread, for what comes before the network: reading, colouring, resizing.
double benchmark_data_path(const BenchmarkPictures& pictures, const training::TrainingOptions& options,
                           int n_runs);

struct FrozenBenchmark {
  double activations_s = 0;  ///< of all pictures, once
  double activations_bytes = 0;
  std::vector<double> images_per_second;
};

/// Networks whose first stages are frozen, trained on what those make of the pictures.
FrozenBenchmark benchmark_frozen_stages(const BenchmarkPictures& pictures,
                                        const training::NetworkOptions& network,
                                        training::TrainingOptions options, int networks, int n_runs);

struct HeadsBenchmark {
  double embeddings_s = 0;
  double heads_s = 0;  ///< of all heads together
};

/// The strategy one-vs-all-frozen from pictures to trained heads, `jobs` side by side.
HeadsBenchmark benchmark_heads(const BenchmarkPictures& pictures, const training::NetworkOptions& network,
                               const training::TrainingOptions& options, int n_genres, int jobs);

/// Images a second of inference on one thread, one figure a run, taken in turn.
struct InferenceBenchmark {
  std::vector<double> eager, folded;
};
InferenceBenchmark benchmark_inference(const BenchmarkPictures& pictures,
                                       const training::NetworkOptions& network,
                                       const training::TrainingOptions& options, int n_runs);

}  // namespace gamut::cli
