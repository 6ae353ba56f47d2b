#include "gamut/training/trainer.h"

#include <fmt/core.h>
#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

#include "gamut/core/error.h"
#include "gamut/core/interrupt.h"
#include "gamut/core/random.h"
#include "gamut/models/checkpoint.h"
#include "gamut/models/device.h"
#include "gamut/models/picture_input.h"
#include "gamut/models/resnet.h"
#include "gamut/models/scores.h"
#include "gamut/training/balanced_score.h"
#include "gamut/training/batches.h"

namespace gamut::training {
namespace {

void check_examples(std::span<const Example> examples, std::size_t rows, std::string_view what) {
  for (const Example& example : examples) {
    if (example.row >= rows) {
      throw ParameterError(
          fmt::format("a {} example is row {} of a picture set of {} rows", what, example.row, rows));
    }
    if (example.label != 0 && example.label != 1) {
      throw ParameterError(
          fmt::format("a {} example has the label {}; 0 and 1 are known", what, example.label));
    }
  }
}

void check_data(std::span<const Example> train, std::span<const Example> validation,
                std::span<const std::size_t> score_rows, std::size_t rows) {
  check_examples(train, rows, "training");
  check_examples(validation, rows, "validation");
  for (const std::size_t row : score_rows) {
    if (row >= rows)
      throw ParameterError(fmt::format("row {} of a picture set of {} rows cannot be scored", row, rows));
  }
  const auto positives =
      std::count_if(train.begin(), train.end(), [](const Example& e) { return e.label == 1; });
  const auto negatives = static_cast<std::ptrdiff_t>(train.size()) - positives;
  if (positives == 0 || negatives == 0) {
    throw ParameterError(
        fmt::format("{} positive and {} negative training examples; at least one of each is needed",
                    positives, negatives));
  }
  if (validation.empty()) {
    throw ParameterError(
        "no validation examples, by which the best epoch is chosen; set a share of songs aside");
  }
}

void set_batch_norm_momentum(models::ResNet& network, double momentum) {
  for (const auto& module : network->modules(/*include_self=*/false)) {
    if (auto* norm = module->as<torch::nn::BatchNorm2d>()) norm->options.momentum(momentum);
  }
}

// A copy of everything that a checkpoint holds.
class Snapshot {
 public:
  explicit Snapshot(const models::ResNet& network) : tensors_(tensors_of(network)) {
    for (const torch::Tensor& tensor : tensors_) copies_.push_back(tensor.detach().clone());
  }
  void take() { copy(tensors_, copies_); }
  void restore() { copy(copies_, tensors_); }

 private:
  static std::vector<torch::Tensor> tensors_of(const models::ResNet& network) {
    std::vector<torch::Tensor> tensors = network->parameters();
    for (const torch::Tensor& buffer : network->buffers()) tensors.push_back(buffer);
    return tensors;
  }
  static void copy(const std::vector<torch::Tensor>& from, std::vector<torch::Tensor>& to) {
    const torch::NoGradGuard no_grad;
    for (std::size_t i = 0; i < from.size(); ++i) to[i].copy_(from[i]);
  }

  std::vector<torch::Tensor> tensors_;
  std::vector<torch::Tensor> copies_;
};

class Trainer {
 public:
  Trainer(const PictureView& pictures, std::span<const Example> train, const NetworkOptions& network,
          const TrainingOptions& options)
      : options_(options),
        train_(train),
        device_(models::find_device(options.device)),
        input_(pictures,
               {.input_size = options.input_size, .imagenet_normalisation = options.imagenet_normalisation}),
        network_(make_network(network, pictures.planes, options, device_)),
        optimizer_(network_->parameters(), torch::optim::AdamOptions(options.learning_rate)),
        random_(network.seed, "shuffle"),
        order_(train.size()) {
    std::iota(order_.begin(), order_.end(), std::size_t{0});
  }

  /// @return mean training loss.
  double train_epoch(int epoch) {
    network_->train();
    random_.shuffle(std::span(order_));
    double sum = 0;
    int step = 0;
    for (const std::span<const std::size_t> batch :
         make_batches(order_, static_cast<std::size_t>(options_.batch))) {
      check_interrupted();
      const double loss = train_step(batch);
      ++step;
      require_finite(loss, "training", epoch, step);
      sum += loss * static_cast<double>(batch.size());
    }
    return sum / static_cast<double>(order_.size());
  }

  BalancedScore validate(std::span<const Example> validation, int epoch) {
    std::vector<std::size_t> rows;
    std::vector<float> labels;
    for (const Example& example : validation) {
      rows.push_back(example.row);
      labels.push_back(example.label);
    }
    const BalancedScore score = score_balanced(logits(rows), labels);
    require_finite(score.loss, "validation", epoch, 0);
    return score;
  }

  std::vector<double> logits(std::span<const std::size_t> rows) {
    return models::compute_logits(network_, input_, rows, options_.batch);
  }

  models::ResNet& network() { return network_; }

 private:
  static models::ResNet make_network(const NetworkOptions& network, int planes,
                                     const TrainingOptions& options, const torch::Device& device) {
    models::ResNet made = models::make_resnet(network.architecture, 1, network.seed, planes);
    if (network.initial_weights) models::load_weights(*made, *network.initial_weights);
    set_batch_norm_momentum(made, options.batch_norm_momentum);
    made->to(device);
    return made;
  }

  double train_step(std::span<const std::size_t> batch) {
    std::vector<std::size_t> rows;
    std::vector<float> labels;
    for (const std::size_t index : batch) {
      rows.push_back(train_[index].row);
      labels.push_back(train_[index].label);
    }
    optimizer_.zero_grad();
    const torch::Tensor logits = network_->forward(input_.compute(rows).to(device_)).squeeze(1);
    const torch::Tensor loss =
        torch::binary_cross_entropy_with_logits(logits, torch::tensor(labels).to(device_));
    loss.backward();
    optimizer_.step();
    return loss.item<double>();
  }

  void require_finite(double loss, std::string_view what, int epoch, int step) const {
    if (std::isfinite(loss)) return;
    throw ModelError(fmt::format(
        "the {} loss is no longer a number in epoch {}{}; take a learning_rate below {}, or other initial "
        "weights",
        what, epoch, step > 0 ? fmt::format(", step {}", step) : "", options_.learning_rate));
  }

  TrainingOptions options_;
  std::span<const Example> train_;
  torch::Device device_;
  models::PictureInput input_;
  models::ResNet network_;
  torch::optim::Adam optimizer_;
  Random random_;
  std::vector<std::size_t> order_;
};

std::map<std::string, std::string> full_metadata(std::map<std::string, std::string> metadata,
                                                 const NetworkOptions& network,
                                                 const TrainingOptions& options, int best_epoch) {
  metadata.insert({{"architecture", network.architecture},
                   {"best_epoch", std::to_string(best_epoch)},
                   {"seed", std::to_string(network.seed)},
                   {"training", dump_json(to_json(options))}});
  return metadata;
}

}  // namespace

TrainedNetwork train_binary(const PictureView& pictures, std::span<const Example> train,
                            std::span<const Example> validation, std::span<const std::size_t> score_rows,
                            const NetworkOptions& network, const TrainingOptions& options,
                            const std::filesystem::path& checkpoint,
                            const std::map<std::string, std::string>& metadata,
                            const std::function<void(const EpochRecord&)>& on_epoch) {
  using Clock = std::chrono::steady_clock;
  options.validate();
  models::use_threads(options.threads_per_cell);
  check_data(train, validation, score_rows, pictures.rows());
  Trainer trainer(pictures, train, network, options);
  Snapshot best(trainer.network());

  TrainedNetwork result;
  double best_loss = 0;
  for (int epoch = 1; epoch <= options.epochs; ++epoch) {
    const Clock::time_point start = Clock::now();
    EpochRecord record{.epoch = epoch};
    record.train_loss = trainer.train_epoch(epoch);
    const BalancedScore score = trainer.validate(validation, epoch);
    record.validation_loss = score.loss;
    record.validation_balanced_accuracy = score.accuracy;
    record.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    result.history.push_back(record);
    if (epoch == 1 || score.loss < best_loss) {
      best_loss = score.loss;
      result.best_epoch = epoch;
      best.take();
    }
    if (on_epoch) on_epoch(record);
    if (options.patience > 0 && epoch - result.best_epoch >= options.patience) break;
  }

  best.restore();
  for (const double logit : trainer.logits(score_rows)) result.scores.push_back(models::sigmoid(logit));
  models::save_checkpoint(*trainer.network(), checkpoint,
                          full_metadata(metadata, network, options, result.best_epoch));
  return result;
}

}  // namespace gamut::training
