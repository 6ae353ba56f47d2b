#include "gamut/training/trainer.h"

#include <fmt/core.h>
#include <torch/torch.h>

#include <chrono>
#include <cmath>
#include <numeric>

#include "gamut/core/error.h"
#include "gamut/core/hash.h"
#include "gamut/core/interrupt.h"
#include "gamut/core/json.h"
#include "gamut/core/random.h"
#include "gamut/models/batch_norm.h"
#include "gamut/models/checkpoint.h"
#include "gamut/models/device.h"
#include "gamut/models/mixed_precision.h"
#include "gamut/models/network.h"
#include "gamut/models/picture_input.h"
#include "gamut/models/scores.h"
#include "gamut/training/activation_input.h"
#include "gamut/training/augmentation.h"
#include "gamut/training/balanced_score.h"
#include "gamut/training/batches.h"
#include "gamut/training/check_examples.h"
#include "gamut/training/epoch_checkpoint.h"
#include "gamut/training/loss.h"
#include "gamut/training/optimiser.h"
#include "gamut/training/schedule.h"

namespace gamut::training {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kMostSaving =
    20;  // times what an epoch file takes to write pass before the next, if not told

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

torch::Tensor to_tensor(const Examples& examples, int outputs) {
  return torch::tensor(examples.targets).view({-1, outputs});
}

models::Network make_network(const NetworkOptions& network, int planes, const TrainingOptions& options) {
  models::Network made = models::make_network(network.architecture, network.outputs, network.seed, planes);
  if (network.initial_weights) models::load_weights(*made, *network.initial_weights);
  for (const auto& module : made->modules(/*include_self=*/false)) {
    if (auto* norm = module->as<models::BatchNorm>()) norm->options.momentum(options.batch_norm_momentum);
  }
  made->freeze(options.frozen_stages);
  made->to(models::find_device(options.device));
  made->use_channels_last();
  return made;
}

std::unique_ptr<models::NetworkInput> make_input(const PictureView& pictures, const NetworkOptions& network,
                                                 const TrainingOptions& options) {
  if (network.activations == nullptr) {
    return std::make_unique<models::PictureInput>(
        pictures, models::PictureInputOptions{.input_size = options.input_size,
                                              .imagenet_normalisation = options.imagenet_normalisation});
  }
  if (augments(options.augmentation)) {
    throw ParameterError("augmentation changes pictures, so that activations cannot be computed beforehand");
  }
  if (network.activations->rows() != pictures.rows()) {
    throw ParameterError(fmt::format("activations of {} pictures do not fit a set of {}",
                                     network.activations->rows(), pictures.rows()));
  }
  return std::make_unique<ActivationInput>(*network.activations, options.frozen_stages);
}

std::vector<torch::Tensor> trained_parameters(const models::Network& network) {
  std::vector<torch::Tensor> parameters = network->parameters();
  std::erase_if(parameters, [](const torch::Tensor& parameter) { return !parameter.requires_grad(); });
  return parameters;
}

// Everything that a checkpoint holds.
std::vector<torch::Tensor> tensors_of(const models::Network& network) {
  std::vector<torch::Tensor> tensors = network->parameters();
  for (const torch::Tensor& buffer : network->buffers()) tensors.push_back(buffer);
  return tensors;
}

void copy_all(const std::vector<torch::Tensor>& from, std::vector<torch::Tensor>& to) {
  const torch::NoGradGuard no_grad;
  for (std::size_t i = 0; i < from.size(); ++i) to[i].copy_(from[i]);
}

// One network on its way through the epochs.
class Trainer {
 public:
  Trainer(const PictureView& pictures, const Examples& train, const NetworkOptions& network,
          const TrainingOptions& options)
      : options_(options),
        seed_(network.seed),
        rows_(train.rows),
        targets_(to_tensor(train, network.outputs)),
        input_(make_input(pictures, network, options)),
        network_(make_network(network, pictures.planes, options)),
        device_(network_->parameters().front().device()),
        loss_(options, targets_),
        optimiser_(make_optimiser(options, trained_parameters(network_))),
        tensors_(tensors_of(network_)) {
    for (const torch::Tensor& tensor : tensors_) best_.push_back(tensor.detach().clone());
  }

  /// @param epoch  from 1; what is drawn depends on it and the seed alone.
  /// @return mean training loss.
  double train_epoch(int epoch) {
    network_->train();
    const std::string stream = std::to_string(epoch);
    network_->seed_dropout(Random(seed_, "dropout " + stream).next());
    Random shuffling(seed_, "shuffle " + stream);
    Random augmenting(seed_, "augment " + stream);
    std::vector<std::size_t> order(rows_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    shuffling.shuffle(std::span(order));
    const auto batches = make_batches(order, static_cast<std::size_t>(options_.batch));
    const auto steps = static_cast<int>(batches.size());
    double sum = 0;
    for (int step = 0; step < steps; ++step) {
      check_interrupted();
      const std::span<const std::size_t> batch = batches[static_cast<std::size_t>(step)];
      set_learning_rate(*optimiser_,
                        learning_rate_at(options_, (epoch - 1) * steps + step, options_.epochs * steps));
      const double loss = train_step(batch, augmenting);
      require_finite(loss, "training", epoch, step + 1);
      sum += loss * static_cast<double>(batch.size());
    }
    return sum / static_cast<double>(rows_.size());
  }

  /// Class-balanced, mean over the outputs.
  BalancedScore validate(const Examples& validation, int epoch) {
    const std::vector<double> all = logits(validation.rows);
    const std::size_t outputs = all.size() / validation.rows.size();
    BalancedScore mean;
    for (std::size_t output = 0; output < outputs; ++output) {
      std::vector<double> of_output;
      std::vector<float> labels;
      for (std::size_t i = output; i < all.size(); i += outputs) {
        of_output.push_back(all[i]);
        labels.push_back(validation.targets[i]);
      }
      const BalancedScore score = score_balanced(of_output, labels);
      mean.loss += score.loss / static_cast<double>(outputs);
      mean.accuracy += score.accuracy / static_cast<double>(outputs);
    }
    require_finite(mean.loss, "validation", epoch, 0);
    return mean;
  }

  std::vector<double> logits(std::span<const std::size_t> rows) {
    return models::compute_logits(network_, *input_, rows, options_.batch);
  }

  void keep_as_best() { copy_all(tensors_, best_); }
  void go_back_to_best() { copy_all(best_, tensors_); }
  TrainingTensors tensors() { return {tensors_, best_, *optimiser_}; }
  models::Network& network() { return network_; }

 private:
  double train_step(std::span<const std::size_t> batch, Random& augmenting) {
    std::vector<std::size_t> rows;
    std::vector<std::int64_t> places;
    for (const std::size_t index : batch) {
      rows.push_back(rows_[index]);
      places.push_back(static_cast<std::int64_t>(index));
    }
    Batch data{input_->compute(rows), targets_.index_select(0, torch::tensor(places))};
    augment(data, options_.augmentation, augmenting);
    optimiser_->zero_grad();
    torch::Tensor logits;
    {
      const models::MixedPrecision mixed(device_, options_.precision);
      logits = network_->forward_from(input_->n_stages(), data.pictures.to(device_));
    }
    const torch::Tensor loss = loss_.compute(logits.to(torch::kFloat32), data.targets.to(device_));
    loss.backward();
    optimiser_->step();
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
  std::uint64_t seed_;
  std::vector<std::size_t> rows_;
  torch::Tensor targets_;  // [rows, outputs]
  std::unique_ptr<models::NetworkInput> input_;
  models::Network network_;
  torch::Device device_;
  Loss loss_;
  std::unique_ptr<torch::optim::Optimizer> optimiser_;
  std::vector<torch::Tensor> tensors_;
  std::vector<torch::Tensor> best_;
};

// Tells this training from any other.
std::string training_key(const PictureView& pictures, const Examples& train, const Examples& validation,
                         const NetworkOptions& network, const TrainingOptions& options) {
  const Json json = {{"pictures", {pictures.rows(), pictures.planes, pictures.height, pictures.width}},
                     {"train", {train.rows, train.targets}},
                     {"validation", {validation.rows, validation.targets}},
                     {"architecture", network.architecture},
                     {"outputs", network.outputs},
                     {"weights", network.initial_weights ? sha256_file(*network.initial_weights) : ""},
                     {"seed", network.seed},
                     {"from_activations", network.activations != nullptr},
                     {"training", to_json(options)}};
  return sha256_hex(dump_json(json));
}

std::map<std::string, std::string> full_metadata(std::map<std::string, std::string> metadata,
                                                 const NetworkOptions& network,
                                                 const TrainingOptions& options, int best_epoch) {
  metadata.insert({{"architecture", network.architecture},
                   {"best_epoch", std::to_string(best_epoch)},
                   {"seed", std::to_string(network.seed)},
                   {"training", dump_json(to_json(options))}});
  return metadata;
}

bool is_over(const TrainingState& state, const TrainingOptions& options) {
  const auto epochs = static_cast<int>(state.history.size());
  return epochs >= options.epochs || (options.patience > 0 && epochs - state.best_epoch >= options.patience);
}

}  // namespace

TrainedNetwork train_network(const PictureView& pictures, const Examples& train, const Examples& validation,
                             std::span<const std::size_t> score_rows, const NetworkOptions& network,
                             const TrainingOptions& options, const TrainingFiles& files,
                             const std::function<void(const EpochRecord&)>& on_epoch) try {
  options.validate();
  models::use_threads(options.threads_per_cell);
  check_examples(train, validation, score_rows, network.outputs, pictures.rows());
  Trainer trainer(pictures, train, network, options);

  TrainingState state;
  std::string key;
  if (!files.epochs.empty()) {
    key = training_key(pictures, train, validation, network, options);
    load_epoch(files.epochs, key, state, trainer.tensors());
  }
  Clock::time_point saved = Clock::now();
  double saving_s = 0;  // that the last one took
  while (!is_over(state, options)) {
    const Clock::time_point start = Clock::now();
    EpochRecord record{.epoch = static_cast<int>(state.history.size()) + 1};
    record.train_loss = trainer.train_epoch(record.epoch);
    record.images_per_second = static_cast<double>(train.rows.size()) / seconds_since(start);
    const BalancedScore score = trainer.validate(validation, record.epoch);
    record.validation_loss = score.loss;
    record.validation_balanced_accuracy = score.accuracy;
    record.seconds = seconds_since(start);
    state.history.push_back(record);
    if (record.epoch == 1 || score.loss < state.best_loss) {
      state.best_loss = score.loss;
      state.best_epoch = record.epoch;
      trainer.keep_as_best();
    }
    if (!files.epochs.empty() && !is_over(state, options) &&
        seconds_since(saved) >= files.seconds_between_epochs.value_or(kMostSaving * saving_s)) {
      const Clock::time_point saving = Clock::now();
      save_epoch(files.epochs, key, state, trainer.tensors());
      saving_s = seconds_since(saving);
      saved = Clock::now();
    }
    if (on_epoch) on_epoch(record);
  }

  trainer.go_back_to_best();
  TrainedNetwork result{.history = state.history, .best_epoch = state.best_epoch, .scores = {}};
  for (const double logit : trainer.logits(score_rows)) result.scores.push_back(models::sigmoid(logit));
  models::save_checkpoint(*trainer.network(), files.checkpoint,
                          full_metadata(files.metadata, network, options, state.best_epoch));
  return result;
} catch (const c10::Error& error) {
  throw ModelError(error.what_without_backtrace());
}

}  // namespace gamut::training
