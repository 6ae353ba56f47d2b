#include "gamut/spectra/sparse_filterbank.h"

#include <algorithm>

namespace gamut::spectra {

SparseFilterbank::SparseFilterbank(const Matrix& filters) : n_bins_(filters.columns) {
  const auto is_weight = [](float weight) { return weight != 0; };
  for (std::size_t band = 0; band < filters.rows; ++band) {
    const std::span<const float> filter = filters.row(band);
    const auto first = std::find_if(filter.begin(), filter.end(), is_weight);
    const auto last = std::find_if(filter.rbegin(), std::make_reverse_iterator(first), is_weight).base();
    runs_.push_back({static_cast<std::size_t>(first - filter.begin()), weights_.size(),
                     static_cast<std::size_t>(last - first)});
    weights_.insert(weights_.end(), first, last);
  }
}

void SparseFilterbank::apply(std::span<const float> bins, std::span<float> bands) const {
  for (std::size_t band = 0; band < runs_.size(); ++band) {
    const Run& run = runs_[band];
    const float* const weights = weights_.data() + run.first_weight;
    const float* const values = bins.data() + run.first_bin;
    float sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::size_t i = 0; i < run.length; ++i) sum += weights[i] * values[i];
    bands[band] = sum;
  }
}

}  // namespace gamut::spectra
