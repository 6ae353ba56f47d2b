#include "gamut/spectra/sparse_filterbank.h"

#include <gtest/gtest.h>

#include <vector>

#include "gamut/spectra/mel_filterbank.h"
#include "tests/spectra/signals.h"

namespace gamut::spectra {
namespace {

TEST(SparseFilterbank, EqualsTheDenseProduct) {
  const Matrix filters = make_mel_filterbank(2048, 22050);
  const std::vector<float> bins = test::make_noise(filters.columns);
  const SparseFilterbank filterbank(filters);
  ASSERT_EQ(filterbank.n_bands(), filters.rows);
  ASSERT_EQ(filterbank.n_bins(), filters.columns);
  std::vector<float> bands(filters.rows);
  filterbank.apply(bins, bands);
  for (std::size_t band = 0; band < filters.rows; ++band) {
    double expected = 0;
    for (std::size_t k = 0; k < bins.size(); ++k) expected += static_cast<double>(filters(band, k)) * bins[k];
    EXPECT_NEAR(bands[band], expected, 1e-6) << "band " << band;
  }
}

TEST(SparseFilterbank, KeepsZerosInsideAFilterAndEmptyFilters) {
  Matrix filters(3, 5);
  filters(0, 1) = 2;
  filters(0, 3) = 1;
  filters(2, 4) = 3;
  std::vector<float> bands(3, -1.0F);
  SparseFilterbank(filters).apply(std::vector<float>{1, 2, 3, 4, 5}, bands);
  EXPECT_EQ(bands, (std::vector<float>{8, 0, 15}));
}

}  // namespace
}  // namespace gamut::spectra
