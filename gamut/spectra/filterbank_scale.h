#pragma once

#include <utility>
#include <vector>

#include "gamut/spectra/scale.h"
#include "gamut/spectra/sparse_filterbank.h"

namespace gamut::spectra {

/// A scale whose rows are weighted sums of the bins of a power spectrum.
class FilterbankScale : public SpectrumScale {
 public:
  /// @param filters             [rows, options.n_fft / 2 + 1]
  /// @param row_frequencies_hz  [rows]
  FilterbankScale(const StftOptions& options, const Matrix& filters, std::vector<double> row_frequencies_hz)
      : SpectrumScale(options), filterbank_(filters), row_frequencies_hz_(std::move(row_frequencies_hz)) {}

  std::size_t n_rows() const final { return filterbank_.n_bands(); }

  std::vector<double> row_frequencies_hz() const final { return row_frequencies_hz_; }

  std::span<const float> project(std::span<const float> spectrum, std::span<float> workspace) const final {
    filterbank_.apply(spectrum, workspace);
    return workspace;
  }

 private:
  SparseFilterbank filterbank_;
  std::vector<double> row_frequencies_hz_;
};

}  // namespace gamut::spectra
