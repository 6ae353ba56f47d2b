#pragma once

#include <torch/torch.h>

#include <cstddef>
#include <span>

namespace gamut::models {

/// Where a network's batches come from: pictures, or what its first stages make of them.
class NetworkInput {
 public:
  virtual ~NetworkInput() = default;

  /// @param rows  rows of the picture set.
  /// @return float32 on the CPU, [rows.size(), channels, height, width].
  virtual torch::Tensor compute(std::span<const std::size_t> rows) const = 0;

  /// How many of the network's stages the batches are past.
  virtual int n_stages() const { return 0; }
};

}  // namespace gamut::models
