#include <torch/torch.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>

#include "gamut/core/error.h"
#include "gamut/core/interrupt.h"
#include "gamut/models/device.h"
#include "gamut/models/scores.h"
#include "gamut/training/balanced_score.h"
#include "gamut/training/check_examples.h"
#include "gamut/training/embeddings.h"
#include "gamut/training/loss.h"
#include "gamut/weights/safetensors.h"

namespace gamut::training {
namespace {

/// Strengths of the penalty, strength / 2 * |weights|² beside the mean loss, for features of variance 1.
constexpr std::array kStrengths{1.0, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001};
constexpr int kMostSteps = 500;

torch::Tensor gather(const Embeddings& embeddings, std::span<const std::size_t> rows) {
  torch::Tensor values = torch::empty(
      {static_cast<std::int64_t>(rows.size()), static_cast<std::int64_t>(embeddings.features())});
  float* target = values.data_ptr<float>();
  for (const std::size_t row : rows)
    target = std::copy_n(embeddings.row(row).data(), embeddings.features(), target);
  return values.to(torch::kFloat64);
}

struct Head {
  torch::Tensor weight;  // [features, 1]
  torch::Tensor bias;    // [1]

  torch::Tensor logits(const torch::Tensor& features) const { return features.matmul(weight) + bias; }
};

/// Brings the head to where the penalised loss is least, from where it is.
/// @return the mean training loss without the penalty.
double converge(Head& head, const torch::Tensor& features, const torch::Tensor& targets, const Loss& loss,
                double strength) {
  torch::optim::LBFGS optimiser({head.weight, head.bias}, torch::optim::LBFGSOptions(1)
                                                              .max_iter(kMostSteps)
                                                              .tolerance_grad(1e-8)
                                                              .tolerance_change(1e-12)
                                                              .history_size(20)
                                                              .line_search_fn("strong_wolfe"));
  optimiser.step([&] {
    check_interrupted();
    optimiser.zero_grad();
    torch::Tensor value =
        loss.compute(head.logits(features), targets) + strength / 2 * head.weight.square().sum();
    value.backward();
    return value;
  });
  const torch::NoGradGuard no_grad;
  return loss.compute(head.logits(features), targets).item<double>();
}

std::vector<double> to_doubles(const torch::Tensor& logits) {
  const torch::Tensor dense = logits.detach().contiguous();
  return {dense.data_ptr<double>(), dense.data_ptr<double>() + dense.numel()};
}

weights::TensorData to_data(const torch::Tensor& tensor) {
  const torch::Tensor dense = tensor.detach().to(torch::kFloat32).contiguous();
  weights::TensorData data{.type = weights::DataType::float32,
                           .shape = dense.sizes().vec(),
                           .bytes = std::vector<std::byte>(dense.nbytes())};
  std::memcpy(data.bytes.data(), dense.data_ptr(), data.bytes.size());
  return data;
}

}  // namespace

TrainedNetwork train_head(const Embeddings& embeddings, const Examples& train, const Examples& validation,
                          std::span<const std::size_t> score_rows, const NetworkOptions& network,
                          const TrainingOptions& options, const TrainingFiles& files) {
  using Clock = std::chrono::steady_clock;
  options.validate();
  models::use_threads(options.threads_per_cell);
  check_examples(train, validation, score_rows, 1, embeddings.rows());

  torch::Tensor features = gather(embeddings, train.rows);
  const torch::Tensor mean = features.mean(0);
  const torch::Tensor deviation = features.std(0, /*unbiased=*/false).clamp_min(1e-6);
  features = (features - mean) / deviation;
  const torch::Tensor validation_features = (gather(embeddings, validation.rows) - mean) / deviation;
  const torch::Tensor targets = torch::tensor(train.targets).to(torch::kFloat64).unsqueeze(1);
  const Loss loss(options, targets);

  Head head{torch::zeros({features.size(1), 1}, torch::kFloat64).requires_grad_(),
            torch::zeros({1}, torch::kFloat64).requires_grad_()};
  Head best;
  TrainedNetwork result;
  double best_loss = 0;
  for (const double strength : kStrengths) {
    const Clock::time_point start = Clock::now();
    EpochRecord record{.epoch = static_cast<int>(result.history.size()) + 1};
    record.train_loss = converge(head, features, targets, loss, strength);
    const BalancedScore score =
        score_balanced(to_doubles(head.logits(validation_features)), validation.targets);
    record.validation_loss = score.loss;
    record.validation_balanced_accuracy = score.accuracy;
    record.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    result.history.push_back(record);
    if (record.epoch == 1 || score.loss < best_loss) {
      best_loss = score.loss;
      result.best_epoch = record.epoch;
      best = {head.weight.detach().clone(), head.bias.detach().clone()};
    }
  }

  // The same head for embeddings as they are.
  const torch::Tensor weight = best.weight / deviation.unsqueeze(1);
  const torch::Tensor bias = best.bias - mean.unsqueeze(0).matmul(weight).squeeze(0);
  const Head raw{weight.to(torch::kFloat32).to(torch::kFloat64),
                 bias.to(torch::kFloat32).to(torch::kFloat64)};
  for (const double logit : to_doubles(raw.logits(gather(embeddings, score_rows)))) {
    result.scores.push_back(models::sigmoid(logit));
  }
  weights::TensorFile file{.tensors = {}, .metadata = files.metadata};
  file.metadata.insert({{"architecture", network.architecture}, {"training", dump_json(to_json(options))}});
  file.tensors.emplace("fc.weight", to_data(raw.weight.t()));
  file.tensors.emplace("fc.bias", to_data(raw.bias));
  weights::save_safetensors(files.checkpoint, file);
  return result;
}

}  // namespace gamut::training
