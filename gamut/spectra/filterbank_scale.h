#pragma once

#include "gamut/spectra/scale.h"
#include "gamut/spectra/sparse_filterbank.h"

namespace gamut::spectra {

/// A scale whose rows are weighted sums of the bins of a power spectrum.
class FilterbankScale : public SpectrumScale {
 public:
  /// @param filters  [rows, options.n_fft / 2 + 1]
  FilterbankScale(const StftOptions& options, const Matrix& filters)
      : SpectrumScale(options), filterbank_(filters) {}

  std::size_t n_rows() const final { return filterbank_.n_bands(); }

  std::span<const float> project(std::span<const float> spectrum, std::span<float> workspace) const final {
    filterbank_.apply(spectrum, workspace);
    return workspace;
  }

 private:
  SparseFilterbank filterbank_;
};

}  // namespace gamut::spectra
