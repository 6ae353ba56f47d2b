#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "gamut/core/matrix.h"

namespace gamut::spectra {

/// A filterbank whose filters each cover one run of neighbouring bins, kept without the zeros around the
/// runs: triangles on 1025 bins cost about 2 multiplications a bin instead of one a bin and band. Immutable
/// and thread-safe.
class SparseFilterbank {
 public:
  /// @param filters  [bands, bins]; zeros inside a filter's run are kept.
  explicit SparseFilterbank(const Matrix& filters);

  std::size_t n_bands() const { return runs_.size(); }
  std::size_t n_bins() const { return n_bins_; }

  /// bands[b] = sum over k of filters(b, k) * bins[k], in float32.
  ///
  /// @param bins   [n_bins]
  /// @param bands  [n_bands]; a filter without weights gives 0.
  void apply(std::span<const float> bins, std::span<float> bands) const;

 private:
  struct Run {
    std::size_t first_bin = 0;
    std::size_t first_weight = 0;
    std::size_t length = 0;
  };
  std::size_t n_bins_;
  std::vector<Run> runs_;
  std::vector<float> weights_;
};

}  // namespace gamut::spectra
