#include "gamut/training/activations.h"

#include <fmt/core.h>
#include <torch/torch.h>

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>

#include "gamut/core/error.h"
#include "gamut/core/interrupt.h"
#include "gamut/core/npy.h"
#include "gamut/core/npy_writer.h"
#include "gamut/core/parallel.h"
#include "gamut/core/progress.h"
#include "gamut/core/text.h"
#include "gamut/models/checkpoint.h"
#include "gamut/models/device.h"
#include "gamut/models/network.h"
#include "gamut/models/picture_input.h"
#include "gamut/training/trainer.h"

namespace gamut::training {
namespace {

using models::PictureView;

/// The part of a network that is not trained, ready for inference.
class FrozenPart {
 public:
  FrozenPart(const PictureView& pictures, const NetworkOptions& network, const TrainingOptions& options,
             int n_stages)
      : network_(models::make_network(network.architecture, 1, network.seed, pictures.planes)),
        n_stages_(n_stages),
        input_(pictures,
               {.input_size = options.input_size, .imagenet_normalisation = options.imagenet_normalisation}) {
    if (network.initial_weights) models::load_weights(*network_, *network.initial_weights);
    network_->to(models::find_device(options.device));
    network_->fold_batch_norm();
  }

  /// @return float32 on the CPU, dense, [rows.size(), …]
  torch::Tensor compute(std::span<const std::size_t> rows) {
    const torch::NoGradGuard no_grad;
    const torch::Tensor x = input_.compute(rows).to(network_->last_layer()->weight.device());
    const torch::Tensor y =
        n_stages_ == kUpToLastLayer ? network_->embed(x) : network_->compute_stages(n_stages_, x);
    return y.to(torch::kCPU).contiguous();
  }

  /// Of all pictures, found by computing one.
  std::vector<std::size_t> shape() {
    const torch::Tensor one = compute(std::array{std::size_t{0}});
    std::vector<std::size_t> shape(one.sizes().begin(), one.sizes().end());
    shape[0] = input_.rows();
    return shape;
  }

 private:
  models::Network network_;
  int n_stages_;
  models::PictureInput input_;
};

}  // namespace

Activations::Activations(const std::filesystem::path& path) : file_(path) {
  const NpyHeader header = parse_npy_header(file_.bytes(), path);
  if (header.type != "<f4" || header.shape.size() < 2 ||
      file_.bytes().size() < header.data_offset + header.element_count() * sizeof(float)) {
    throw FileError(printable(path.string()) + " has no activations; delete it and run again", path);
  }
  rows_ = header.shape[0];
  for (std::size_t axis = 1; axis < header.shape.size(); ++axis) {
    shape_.push_back(header.shape[axis]);
    size_ *= header.shape[axis];
  }
  values_ = {reinterpret_cast<const float*>(file_.bytes().data() + header.data_offset), rows_ * size_};
}

void compute_activations(const PictureView& pictures, const NetworkOptions& network,
                         const TrainingOptions& options, int n_stages, int jobs,
                         const std::filesystem::path& path) {
  const std::string what = n_stages == kUpToLastLayer ? "embeddings" : "activations";
  models::use_threads(options.threads_per_cell);
  FrozenPart part(pictures, network, options, n_stages);
  const std::vector<std::size_t> shape = part.shape();
  const std::size_t values_a_picture =
      std::accumulate(shape.begin() + 1, shape.end(), std::size_t{1}, std::multiplies());
  say(fmt::format("{} of {} pictures: {:.1f} MB in {}", what, pictures.rows(),
                  1e-6 * static_cast<double>(pictures.rows() * values_a_picture * sizeof(float)),
                  printable(path.string())));
  NpyFloatWriter file(path, shape);
  const auto batch = static_cast<std::size_t>(options.batch);
  const std::size_t n_batches = (pictures.rows() + batch - 1) / batch;
  Progress progress(what, pictures.rows());
  parallel_for(n_batches, jobs, [&](std::size_t i) {
    check_interrupted();
    models::use_threads(options.threads_per_cell);
    std::vector<std::size_t> rows(std::min(batch, pictures.rows() - i * batch));
    std::iota(rows.begin(), rows.end(), i * batch);
    const torch::Tensor values = part.compute(rows);
    file.write(i * batch * values_a_picture, {values.data_ptr<float>(), rows.size() * values_a_picture});
    progress.advance(rows.size());
  });
  file.finish();
}

}  // namespace gamut::training
