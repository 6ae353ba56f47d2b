#include "gamut/spectra/mel_filterbank.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "tests/spectra/expect_message.h"

namespace gamut::spectra {
namespace {

TEST(MelScale, HasSlaneysValues) {
  EXPECT_NEAR(hz_to_mel(60), 0.9, 1e-12);
  EXPECT_NEAR(mel_to_hz(3), 200, 1e-12);
  EXPECT_NEAR(hz_to_mel(1000), 15, 1e-12);
  EXPECT_NEAR(hz_to_mel(6400), 42, 1e-12);
  EXPECT_NEAR(hz_to_mel(11025), 49.91, 5e-3);
}

TEST(MelScale, HasHtksValues) {
  EXPECT_NEAR(hz_to_mel(700, MelFormula::htk), 781.17, 1e-2);
  EXPECT_NEAR(hz_to_mel(1000, MelFormula::htk), 999.99, 1e-2);
}

TEST(MelScale, ConvertsBackAndForth) {
  for (MelFormula formula : {MelFormula::slaney, MelFormula::htk}) {
    for (double frequency_hz : {0.0, 85.317, 999.9, 1000.0, 10096.408}) {
      EXPECT_NEAR(mel_to_hz(hz_to_mel(frequency_hz, formula), formula), frequency_hz, 1e-8);
    }
  }
}

TEST(MelFilterbank, SlaneyNormGivesEachFilterTheSameArea) {
  const Matrix filters = make_mel_filterbank(16384, 22050, {.n_mels = 20});
  for (std::size_t band = 0; band < filters.rows; ++band) {
    const auto filter = filters.row(band);
    const double area = std::accumulate(filter.begin(), filter.end(), 0.0) * 22050 / 16384;
    EXPECT_NEAR(area, 1, 0.01) << "band " << band;
  }
}

TEST(MelFilterbank, WithoutNormPeaksAreAtMostOne) {
  const Matrix filters = make_mel_filterbank(16384, 22050, {.n_mels = 20, .norm = MelNorm::none});
  for (std::size_t band = 0; band < filters.rows; ++band) {
    const auto filter = filters.row(band);
    const float peak = *std::max_element(filter.begin(), filter.end());
    EXPECT_LE(peak, 1);
    EXPECT_GT(peak, 0.97);
  }
}

TEST(MelFilterbank, StaysBetweenItsEdges) {
  const Matrix filters = make_mel_filterbank(1024, 22050, {.n_mels = 16, .fmin_hz = 1000, .fmax_hz = 4000});
  for (std::size_t k = 0; k < filters.columns; ++k) {
    const double frequency_hz = static_cast<double>(k) * 22050 / 1024;
    double sum = 0;
    for (std::size_t band = 0; band < filters.rows; ++band) sum += filters(band, k);
    EXPECT_EQ(sum > 0, frequency_hz > 1000 && frequency_hz < 4000) << frequency_hz << " Hz";
  }
}

TEST(MelFilterbank, ReportsEveryBadOption) {
  EXPECT_PARAMETER_ERROR(make_mel_filterbank(2048, 22050, {.n_mels = 0, .fmin_hz = -5, .fmax_hz = 12000}),
                         testing::AllOf(testing::HasSubstr("n_mels is 0"),
                                        testing::HasSubstr("fmin is -5 Hz; it must be at least 0 Hz"),
                                        testing::HasSubstr("fmax is 12000 Hz; it must be at most 11025 Hz")));
  EXPECT_PARAMETER_ERROR(make_mel_filterbank(2048, 22050, {.fmin_hz = 4000, .fmax_hz = 4000}),
                         testing::HasSubstr("fmin is 4000 Hz; it must be below fmax, 4000 Hz"));
}

TEST(MelWords, RoundTripAndRefuseOthers) {
  EXPECT_EQ(parse_mel_formula(to_string(MelFormula::htk)), MelFormula::htk);
  EXPECT_EQ(parse_mel_norm(to_string(MelNorm::none)), MelNorm::none);
  EXPECT_PARAMETER_ERROR(parse_mel_formula("bark"), testing::HasSubstr("\"bark\"; known are slaney and htk"));
  EXPECT_PARAMETER_ERROR(parse_mel_norm("l1"), testing::HasSubstr("\"l1\"; known are slaney and none"));
}

}  // namespace
}  // namespace gamut::spectra
