#pragma once

#include "gamut/models/network_input.h"
#include "gamut/training/activations.h"

namespace gamut::training {

/// Batches that are past the frozen stages of their network.
class ActivationInput : public models::NetworkInput {
 public:
  /// @param activations  must outlive this.
  ActivationInput(const Activations& activations, int n_stages)
      : activations_(activations), n_stages_(n_stages) {}

  torch::Tensor compute(std::span<const std::size_t> rows) const override;
  int n_stages() const override { return n_stages_; }

 private:
  const Activations& activations_;
  int n_stages_;
};

}  // namespace gamut::training
