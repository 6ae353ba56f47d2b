#include "gamut/training/embeddings.h"

#include <torch/torch.h>

#include <array>
#include <cstring>
#include <numeric>

#include "gamut/core/error.h"
#include "gamut/core/interrupt.h"
#include "gamut/core/npy.h"
#include "gamut/core/parallel.h"
#include "gamut/core/progress.h"
#include "gamut/core/text.h"
#include "gamut/models/checkpoint.h"
#include "gamut/models/device.h"
#include "gamut/models/network.h"
#include "gamut/models/picture_input.h"

namespace gamut::training {

Embeddings::Embeddings(const std::filesystem::path& path) : file_(path) {
  const NpyHeader header = parse_npy_header(file_.bytes(), path);
  if (header.type != "<f4" || header.shape.size() != 2 ||
      file_.bytes().size() < header.data_offset + header.element_count() * sizeof(float)) {
    throw FileError(printable(path.string()) + " has no embeddings; delete it and run again", path);
  }
  rows_ = header.shape[0];
  features_ = header.shape[1];
  values_ = {reinterpret_cast<const float*>(file_.bytes().data() + header.data_offset), rows_ * features_};
}

void compute_embeddings(const PictureView& pictures, const NetworkOptions& network,
                        const TrainingOptions& options, int jobs, const std::filesystem::path& path) {
  models::Network backbone = models::make_network(network.architecture, 1, network.seed, pictures.planes);
  if (network.initial_weights) models::load_weights(*backbone, *network.initial_weights);
  backbone->to(models::find_device(options.device));
  backbone->eval();
  backbone->fold_batch_norm();
  const torch::Device device = backbone->parameters().front().device();
  const models::PictureInput input(
      pictures, {.input_size = options.input_size, .imagenet_normalisation = options.imagenet_normalisation});

  const auto features = static_cast<std::size_t>(backbone->last_layer()->weight.size(1));
  const auto batch = static_cast<std::size_t>(options.batch);
  std::vector<float> values(pictures.rows() * features);
  const std::size_t n_batches = (pictures.rows() + batch - 1) / batch;
  Progress progress("embeddings", n_batches);
  parallel_for(n_batches, jobs, [&](std::size_t i) {
    check_interrupted();
    models::use_threads(options.threads_per_cell);
    const torch::NoGradGuard no_grad;
    std::vector<std::size_t> rows(std::min(batch, pictures.rows() - i * batch));
    std::iota(rows.begin(), rows.end(), i * batch);
    const torch::Tensor embedded =
        backbone->embed(input.compute(rows).to(device)).to(torch::kCPU).contiguous();
    std::memcpy(&values[i * batch * features], embedded.data_ptr<float>(),
                rows.size() * features * sizeof(float));
    progress.advance();
  });
  const std::array<std::size_t, 2> shape{pictures.rows(), features};
  save_npy(path, values, shape);
}

}  // namespace gamut::training
