#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "gamut/models/network.h"
#include "gamut/models/network_input.h"

namespace gamut::models {

/// A network of an ensemble, and what its logits are.
struct EnsembleMember {
  Network network;
  std::vector<std::pair<std::size_t, std::int64_t>> outputs;  ///< column of the scores, and logit
};

/// Networks that look at the same pictures: each fills the columns that are its own. Immutable; safe to use
/// from several threads.
class Ensemble {
 public:
  /// @param members    their batch norms are folded, and they move to `device`.
  /// @param n_columns  of the scores.
  /// @throws ModelError  a logit that its network does not have, or a column that is no member's or
  /// several's.
  Ensemble(std::vector<EnsembleMember> members, std::size_t n_columns, torch::Device device);

  /// Scores the first `n_rows` pictures of the input, read in batches that all networks share. The calling
  /// thread's Torch operations are used as they are set.
  ///
  /// @param check  called before each network looks at each batch; what it throws ends the scoring.
  /// @return sigmoid of the logits, [n_rows, columns].
  std::vector<double> compute_scores(
      const NetworkInput& input, std::size_t n_rows, const std::function<void()>& check = [] {}) const;

  const std::vector<EnsembleMember>& members() const { return members_; }
  torch::Device device() const { return device_; }

 private:
  std::vector<EnsembleMember> members_;
  std::size_t n_columns_;
  torch::Device device_;
};

}  // namespace gamut::models
