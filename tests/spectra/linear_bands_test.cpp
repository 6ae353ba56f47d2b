#include "gamut/spectra/linear_bands.h"

#include <gtest/gtest.h>

#include <numeric>

#include "tests/spectra/expect_message.h"

namespace gamut::spectra {
namespace {

TEST(LinearBands, ReproduceConstants) {
  for (int n_bands : {2, 16, 128, 1025}) {
    const Matrix filters = make_linear_bands(2048, 22050, {.n_bands = n_bands});
    for (std::size_t band = 0; band < filters.rows; ++band) {
      const auto filter = filters.row(band);
      EXPECT_NEAR(std::accumulate(filter.begin(), filter.end(), 0.0), 1, 1e-6)
          << "band " << band << " of " << n_bands;
    }
  }
}

// The triangles before their sums are divided out: at each bin they add up to 1 (Ruspini's condition).
TEST(LinearBands, CoverEachFrequencyOnce) {
  constexpr int kBands = 9;
  const Matrix filters =
      make_linear_bands(256, 25600, {.n_bands = kBands});  // bins 100 Hz apart, nodes at every 16th
  for (std::size_t k = 0; k < filters.columns; ++k) {
    double sum = 0;
    for (std::size_t band = 0; band < kBands; ++band) sum += filters(band, k) / filters(band, 16 * band);
    EXPECT_NEAR(sum, 1, 1e-6) << "bin " << k;
  }
}

TEST(LinearBands, AsManyAsBinsLeaveTheBinsAlone) {
  const Matrix filters = make_linear_bands(64, 22050, {.n_bands = 33});
  for (std::size_t band = 0; band < 33; ++band) EXPECT_NEAR(filters(band, band), 1, 1e-6);
}

TEST(LinearBands, StayBetweenTheirEdges) {
  const Matrix filters = make_linear_bands(1024, 22050, {.n_bands = 16, .fmin_hz = 1000, .fmax_hz = 4000});
  for (std::size_t k = 0; k < filters.columns; ++k) {
    const double frequency_hz = static_cast<double>(k) * 22050 / 1024;
    double sum = 0;
    for (std::size_t band = 0; band < filters.rows; ++band) sum += filters(band, k);
    EXPECT_EQ(sum > 0, frequency_hz >= 1000 && frequency_hz <= 4000) << frequency_hz << " Hz";
  }
}

TEST(LinearBands, RefuseOptionsThatCannotBe) {
  EXPECT_PARAMETER_ERROR(make_linear_bands(2048, 22050, {.n_bands = 1, .fmax_hz = 20000}),
                         testing::AllOf(testing::HasSubstr("n_bands is 1; linear bands need at least 2"),
                                        testing::HasSubstr("fmax is 20000 Hz; it must be at most 11025 Hz")));
  EXPECT_PARAMETER_ERROR(
      make_linear_bands(256, 22050, {.n_bands = 1000}),
      testing::AllOf(testing::HasSubstr("covers none of the FFT bins, which are 86.13 Hz apart"),
                     testing::HasSubstr("take fewer bands or a longer n_fft than 256")));
}

}  // namespace
}  // namespace gamut::spectra
