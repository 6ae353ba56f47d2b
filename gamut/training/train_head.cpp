#include "gamut/training/train_head.h"

#include <torch/torch.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>

#include "gamut/core/error.h"
#include "gamut/core/interrupt.h"
#include "gamut/core/json.h"
#include "gamut/models/device.h"
#include "gamut/models/scores.h"
#include "gamut/training/balanced_score.h"
#include "gamut/training/check_examples.h"
#include "gamut/training/loss.h"
#include "gamut/weights/safetensors.h"

namespace gamut::training {
namespace {

/// Strengths of the penalty, strength / 2 * |weights|² beside the mean loss, for features of variance 1.
constexpr std::array kStrengths{1.0, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001};
constexpr int kMostSteps = 500;

/// Rows of embeddings that are in memory at once.
constexpr std::size_t kPieceRows = 4096;

torch::Tensor gather(const Activations& embeddings, std::span<const std::size_t> rows) {
  torch::Tensor values =
      torch::empty({static_cast<std::int64_t>(rows.size()), static_cast<std::int64_t>(embeddings.size())});
  float* target = values.data_ptr<float>();
  for (const std::size_t row : rows)
    target = std::copy_n(embeddings.row(row).data(), embeddings.size(), target);
  return values.to(torch::kFloat64);
}

/// Embeddings on their way through memory, piece by piece.
class Features {
 public:
  Features(const Activations& embeddings, std::span<const std::size_t> rows)
      : embeddings_(embeddings), rows_(rows) {
    if (rows.size() <= kPieceRows) whole_ = gather(embeddings, rows);
  }

  /// Calls `use` with float64 [rows of the piece, features] and the place of the piece's first row.
  template <class Use>
  void for_each_piece(const Use& use) const {
    if (whole_.defined()) return use(whole_, std::int64_t{0});
    for (std::size_t first = 0; first < rows_.size(); first += kPieceRows) {
      use(gather(embeddings_, rows_.subspan(first, std::min(kPieceRows, rows_.size() - first))),
          static_cast<std::int64_t>(first));
    }
  }

  double count() const { return static_cast<double>(rows_.size()); }

 private:
  const Activations& embeddings_;
  std::span<const std::size_t> rows_;
  torch::Tensor whole_;  // undefined where the rows are more than one piece
};

struct Head {
  torch::Tensor weight;           // [features, 1], for standardised features
  torch::Tensor bias;             // [1]
  torch::Tensor mean, deviation;  // [features], of the training features

  torch::Tensor logits(const torch::Tensor& features) const {
    return ((features - mean) / deviation).matmul(weight) + bias;
  }
};

/// A head that says nothing yet.
Head make_head(const Features& train) {
  torch::Tensor sum, squares;
  train.for_each_piece(
      [&](const torch::Tensor& x, std::int64_t) { sum = sum.defined() ? sum + x.sum(0) : x.sum(0); });
  const torch::Tensor mean = sum / train.count();
  train.for_each_piece([&](const torch::Tensor& x, std::int64_t) {
    const torch::Tensor of_piece = (x - mean).square().sum(0);
    squares = squares.defined() ? squares + of_piece : of_piece;
  });
  return {.weight = torch::zeros({mean.size(0), 1}, torch::kFloat64).requires_grad_(),
          .bias = torch::zeros({1}, torch::kFloat64).requires_grad_(),
          .mean = mean,
          .deviation = (squares / train.count()).sqrt().clamp_min(1e-6)};
}

/// The mean loss without the penalty; `use` sees each piece's share of it.
template <class Use>
double mean_loss(const Head& head, const Features& features, const torch::Tensor& targets, const Loss& loss,
                 const Use& use) {
  double sum = 0;
  features.for_each_piece([&](const torch::Tensor& x, std::int64_t first) {
    const torch::Tensor of_piece = targets.narrow(0, first, x.size(0));
    const double share = static_cast<double>(x.size(0)) / features.count();
    const torch::Tensor value = loss.compute(head.logits(x), of_piece) * share;
    use(value);
    sum += value.template item<double>();
  });
  return sum;
}

/// Brings the head to where the penalised loss is least, from where it is.
/// @return the mean training loss without the penalty.
double converge(Head& head, const Features& features, const torch::Tensor& targets, const Loss& loss,
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
    const torch::Tensor penalty = strength / 2 * head.weight.square().sum();
    penalty.backward();
    const double value =
        mean_loss(head, features, targets, loss, [](const torch::Tensor& share) { share.backward(); });
    return torch::tensor(value + penalty.item<double>(), torch::kFloat64);
  });
  const torch::NoGradGuard no_grad;
  return mean_loss(head, features, targets, loss, [](const torch::Tensor&) {});
}

std::vector<double> logits(const Head& head, const Features& features) {
  const torch::NoGradGuard no_grad;
  std::vector<double> all;
  features.for_each_piece([&](const torch::Tensor& x, std::int64_t) {
    const torch::Tensor dense = head.logits(x).contiguous();
    all.insert(all.end(), dense.data_ptr<double>(), dense.data_ptr<double>() + dense.numel());
  });
  return all;
}

/// The same head for embeddings as they are, in numbers that float32 holds.
Head for_raw_features(const Head& head) {
  const torch::Tensor weight = head.weight / head.deviation.unsqueeze(1);
  const torch::Tensor bias = head.bias - head.mean.unsqueeze(0).matmul(weight).squeeze(0);
  return {.weight = weight.to(torch::kFloat32).to(torch::kFloat64),
          .bias = bias.to(torch::kFloat32).to(torch::kFloat64),
          .mean = torch::zeros_like(head.mean),
          .deviation = torch::ones_like(head.deviation)};
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

TrainedNetwork train_head(const Activations& embeddings, const Examples& train, const Examples& validation,
                          std::span<const std::size_t> score_rows, const NetworkOptions& network,
                          const TrainingOptions& options, const TrainingFiles& files) try {
  using Clock = std::chrono::steady_clock;
  options.validate();
  models::use_threads(options.threads_per_cell);
  check_examples(train, validation, score_rows, 1, embeddings.rows());

  const Features features(embeddings, train.rows);
  const Features validation_features(embeddings, validation.rows);
  const torch::Tensor targets = torch::tensor(train.targets).to(torch::kFloat64).unsqueeze(1);
  const Loss loss(options, targets);

  Head head = make_head(features);
  Head best = head;
  TrainedNetwork result;
  double best_loss = 0;
  for (const double strength : kStrengths) {
    const Clock::time_point start = Clock::now();
    EpochRecord record{.epoch = static_cast<int>(result.history.size()) + 1};
    record.train_loss = converge(head, features, targets, loss, strength);
    const BalancedScore score = score_balanced(logits(head, validation_features), validation.targets);
    record.validation_loss = score.loss;
    record.validation_balanced_accuracy = score.accuracy;
    record.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    result.history.push_back(record);
    if (record.epoch == 1 || score.loss < best_loss) {
      best_loss = score.loss;
      result.best_epoch = record.epoch;
      best.weight = head.weight.detach().clone();
      best.bias = head.bias.detach().clone();
    }
  }

  const Head raw = for_raw_features(best);
  for (const double logit : logits(raw, Features(embeddings, score_rows))) {
    result.scores.push_back(models::sigmoid(logit));
  }
  weights::TensorFile file{.tensors = {}, .metadata = files.metadata};
  file.metadata.insert({{"architecture", network.architecture}, {"training", dump_json(to_json(options))}});
  file.tensors.emplace("fc.weight", to_data(raw.weight.t()));
  file.tensors.emplace("fc.bias", to_data(raw.bias));
  weights::save_safetensors(files.checkpoint, file);
  return result;
} catch (const c10::Error& error) {
  throw ModelError(error.what_without_backtrace());
}

}  // namespace gamut::training
