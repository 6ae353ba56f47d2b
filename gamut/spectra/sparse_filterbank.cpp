#include "gamut/spectra/sparse_filterbank.h"

#include <algorithm>

#include "gamut/spectra/four_floats.h"

namespace gamut::spectra {

SparseFilterbank::SparseFilterbank(const Matrix& filters) : n_bins_(filters.columns) {
  const auto is_weight = [](float weight) { return weight != 0; };
  for (std::size_t band = 0; band < filters.rows; ++band) {
    const std::span<const float> filter = filters.row(band);
    const auto first = std::find_if(filter.begin(), filter.end(), is_weight);
    const auto last = std::find_if(filter.rbegin(), std::make_reverse_iterator(first), is_weight).base();
    // Widened by zeros of the filter to whole fours of bins: at the run's end or, near the last bin, its
    // start.
    auto length = static_cast<std::size_t>(last - first);
    if (const std::size_t widened = (length + 3) / 4 * 4; widened <= n_bins_) length = widened;
    const std::size_t first_bin =
        std::min(static_cast<std::size_t>(first - filter.begin()), n_bins_ - length);
    runs_.push_back({first_bin, weights_.size(), length});
    const std::span<const float> run = filter.subspan(first_bin, length);
    weights_.insert(weights_.end(), run.begin(), run.end());
  }
}

void SparseFilterbank::apply(std::span<const float> bins, std::span<float> bands) const {
  for (std::size_t band = 0; band < runs_.size(); ++band) {
    const Run& run = runs_[band];
    const float* const weights = weights_.data() + run.first_weight;
    const float* const values = bins.data() + run.first_bin;
    FourFloats sums{};
    std::size_t i = 0;
    for (; i + 4 <= run.length; i += 4) sums += load_four(weights + i) * load_four(values + i);
    float sum = sum_of(sums);
    for (; i < run.length; ++i) sum += weights[i] * values[i];
    bands[band] = sum;
  }
}

}  // namespace gamut::spectra
