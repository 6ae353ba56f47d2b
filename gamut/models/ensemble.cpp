#include "gamut/models/ensemble.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "gamut/core/error.h"
#include "gamut/models/scores.h"

namespace gamut::models {
namespace {

/// Pictures at once: enough for the matrix products, few enough to stay near the caches.
constexpr std::size_t kBatch = 16;

}  // namespace

Ensemble::Ensemble(std::vector<EnsembleMember> members, std::size_t n_columns, torch::Device device)
    : members_(std::move(members)), n_columns_(n_columns), device_(device) {
  std::vector<int> owners(n_columns);
  for (EnsembleMember& member : members_) {
    const std::int64_t n_logits = member.network->last_layer()->weight.size(0);
    for (const auto& [column, logit] : member.outputs) {
      if (logit < 0 || logit >= n_logits) {
        throw ModelError("a network of " + std::to_string(n_logits) + " outputs has no output " +
                         std::to_string(logit) + ", counted from 0");
      }
      ++owners.at(column);
    }
    member.network->fold_batch_norm();
    member.network->to(device);
  }
  const auto wrong = std::find_if(owners.begin(), owners.end(), [](int count) { return count != 1; });
  if (wrong != owners.end()) {
    throw ModelError(std::to_string(*wrong) + " networks answer for column " +
                     std::to_string(wrong - owners.begin()) + " of the scores, not 1");
  }
}

std::vector<double> Ensemble::compute_scores(const NetworkInput& input, std::size_t n_rows,
                                             const std::function<void()>& check) const {
  const torch::InferenceMode inference;
  std::vector<double> scores(n_rows * n_columns_);
  std::vector<std::size_t> rows;
  for (std::size_t first = 0; first < n_rows; first += rows.size()) {
    rows.resize(std::min(kBatch, n_rows - first));
    std::iota(rows.begin(), rows.end(), first);
    const torch::Tensor batch = input.compute(rows).to(device_);
    for (const EnsembleMember& member : members_) {
      check();
      Network network = member.network;
      const torch::Tensor logits =
          network->forward_from(input.n_stages(), batch).to(torch::kCPU, torch::kFloat64).contiguous();
      const auto values = logits.accessor<double, 2>();
      for (std::size_t i = 0; i < rows.size(); ++i) {
        for (const auto& [column, logit] : member.outputs) {
          scores[rows[i] * n_columns_ + column] = sigmoid(values[static_cast<std::int64_t>(i)][logit]);
        }
      }
    }
  }
  return scores;
}

}  // namespace gamut::models
