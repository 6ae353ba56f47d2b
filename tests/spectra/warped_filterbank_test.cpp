#include "gamut/spectra/warped_filterbank.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <vector>

#include "gamut/spectra/auditory_scales.h"
#include "gamut/spectra/linear_bands.h"
#include "tests/spectra/expect_message.h"

namespace gamut::spectra {
namespace {

double same(double value) {
  return value;
}

constexpr FrequencyWarp kNoWarp{same, same};
constexpr FrequencyWarp kBark{hz_to_bark, bark_to_hz};
constexpr FrequencyWarp kErb{hz_to_erb_rate, erb_rate_to_hz};
constexpr FrequencyWarp kOctaves{[](double hz) { return std::log2(hz); },
                                 [](double octaves) { return std::exp2(octaves); }};

TEST(WarpedFilterbank, RowsSumToOneHoweverManyThereAre) {
  for (const FrequencyWarp& warp : {kNoWarp, kBark, kErb, kOctaves}) {
    for (int n_bands : {1, 7, 128, 1025, 4096}) {
      const Matrix filters = make_warped_filterbank(2048, 22050, warp, {.n_bands = n_bands, .fmin_hz = 20});
      for (std::size_t band = 0; band < filters.rows; ++band) {
        const auto filter = filters.row(band);
        ASSERT_NEAR(std::accumulate(filter.begin(), filter.end(), 0.0), 1, 1e-6)
            << "band " << band << " of " << n_bands;
      }
    }
  }
}

TEST(WarpedFilterbank, WithoutAWarpIsTheInnerPartOfLinearBands) {
  const Matrix filters = make_warped_filterbank(1024, 22050, kNoWarp, {.n_bands = 30});
  const Matrix linear = make_linear_bands(1024, 22050, {.n_bands = 32});
  for (std::size_t band = 0; band < 30; ++band) {
    for (std::size_t bin = 0; bin < filters.columns; ++bin) {
      ASSERT_NEAR(filters(band, bin), linear(band + 1, bin), 1e-6) << "band " << band << ", bin " << bin;
    }
  }
}

// Before their sums are divided out, neighbouring triangles wider than the bins add up to 1 at every bin
// between the first centre and the last.
TEST(WarpedFilterbank, CoversEachFrequencyOnce) {
  constexpr int kBands = 20;
  constexpr double kBinHz = 22050.0 / 4096;
  for (const FrequencyWarp& warp : {kNoWarp, kBark, kErb, kOctaves}) {
    const Matrix filters = make_warped_filterbank(4096, 22050, warp, {.n_bands = kBands, .fmin_hz = 100});
    const double low = warp.from_hz(100);
    const double step = (warp.from_hz(11025) - low) / (kBands + 1);
    std::vector<double> total(filters.columns);
    for (int band = 0; band < kBands; ++band) {
      const double foot_hz = warp.to_hz(low + band * step);
      const double centre_hz = warp.to_hz(low + (band + 1) * step);
      // The triangle's height, from what is left of it in the bin just below its centre.
      const auto bin = static_cast<std::size_t>(centre_hz / kBinHz);
      const double weight = (static_cast<double>(bin) * kBinHz - foot_hz) / (centre_hz - foot_hz);
      const double divisor = weight / filters(static_cast<std::size_t>(band), bin);
      for (std::size_t k = 0; k < total.size(); ++k) {
        total[k] += divisor * filters(static_cast<std::size_t>(band), k);
      }
    }
    const double first_hz = warp.to_hz(low + step);
    const double last_hz = warp.to_hz(low + kBands * step);
    for (std::size_t k = 0; k < total.size(); ++k) {
      const double frequency_hz = static_cast<double>(k) * kBinHz;
      if (frequency_hz >= first_hz && frequency_hz <= last_hz) {
        ASSERT_NEAR(total[k], 1, 1e-4) << frequency_hz << " Hz";
      }
    }
  }
}

TEST(WarpedFilterbank, BandsCloserThanBinsInterpolateBetweenThem) {
  constexpr double kBinHz = 22050.0 / 512;
  const Matrix filters =
      make_warped_filterbank(512, 22050, kNoWarp, {.n_bands = 199, .fmin_hz = 0, .fmax_hz = 20 * kBinHz});
  for (std::size_t band = 0; band < filters.rows; ++band) {
    const double centre_bins = static_cast<double>(band + 1) / 10;
    for (std::size_t k = 0; k < filters.columns; ++k) {
      const double expected = std::max(0.0, 1 - std::abs(static_cast<double>(k) - centre_bins));
      ASSERT_NEAR(filters(band, k), expected, 1e-5) << "band " << band << ", bin " << k;
    }
  }
}

TEST(WarpedFilterbank, RefusesOptionsThatCannotBe) {
  EXPECT_PARAMETER_ERROR(make_warped_filterbank(2048, 22050, kBark, {.n_bands = 0, .fmax_hz = 20000}),
                         testing::AllOf(testing::HasSubstr("n_bands is 0; a filterbank needs at least 1"),
                                        testing::HasSubstr("fmax is 20000 Hz; it must be at most 11025 Hz")));
}

}  // namespace
}  // namespace gamut::spectra
