#include "gamut/spectra/constant_q.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "gamut/spectra/constant_q_scale.h"
#include "gamut/spectra/front_end.h"
#include "tests/spectra/expect_message.h"
#include "tests/spectra/signals.h"

namespace gamut::spectra {
namespace {

TEST(ConstantQ, ConcertPitchPeaksInBin45) {
  for (const char* scale : {"cqt", "vqt"}) {
    const Matrix power =
        FrontEnd({.scale = scale}).compute_array(test::make_tone(440, 44100), ArrayKind::power);
    EXPECT_EQ(power.rows, 84U);
    EXPECT_EQ(power.columns, 87U);
    EXPECT_EQ(test::loudest_row(power, 43), 45U) << scale;
  }
}

TEST(ConstantQ, EverySemitonePeaksInItsBinAtOneHeight) {
  for (int bin = 3; bin < 84; bin += 8) {
    const double frequency_hz = kC1Hz * std::exp2(bin / 12.0);
    const Matrix power =
        FrontEnd({.scale = "cqt"}).compute_array(test::make_tone(frequency_hz, 88200), ArrayKind::power);
    EXPECT_EQ(test::loudest_row(power, 86), static_cast<std::size_t>(bin));
    // A wavelet of magnitude sum 1 meets a sine of amplitude 1 with 1/2, times the root of its length.
    const double q = 1 / ((std::exp2(1.0 / 6) - 1) / (std::exp2(1.0 / 6) + 1));
    const double length = q * 22050 / frequency_hz;
    EXPECT_NEAR(std::sqrt(power(static_cast<std::size_t>(bin), 86)), 0.5 * std::sqrt(length),
                0.02 * std::sqrt(length))
        << bin;
  }
}

TEST(ConstantQ, OddHopsKeepTheRateAndAgreeWithHalving) {
  // A tone in the lowest octave: with hop 511 no octave is halved, with 512 six are.
  const std::vector<float> tone = test::make_tone(55, 88200);
  const Matrix halved = FrontEnd({.scale = "cqt", .hop_length = 512}).compute_array(tone, ArrayKind::power);
  const Matrix whole = FrontEnd({.scale = "cqt", .hop_length = 511}).compute_array(tone, ArrayKind::power);
  EXPECT_EQ(test::loudest_row(halved, 86), 9U);
  EXPECT_EQ(test::loudest_row(whole, 86), 9U);
  EXPECT_NEAR(whole(9, 86), halved(9, 86), 0.01F * halved(9, 86));
}

TEST(ConstantQ, EarlyHalvingChangesNothingThatCanBeHeard) {
  // One octave of low bins: the signal is halved before it is looked at.
  const FrontEndOptions low{.scale = "cqt", .hop_length = 512, .n_bands = 12, .fmin_hz = 110};
  const std::vector<OctaveFilters> octaves =
      make_octave_filters({.hop_length = 512, .n_bins = 12, .fmin_hz = 110});
  ASSERT_EQ(octaves.size(), 1U);
  EXPECT_GT(octaves.front().downsampling, 1);
  FrontEndOptions odd = low;
  odd.hop_length = 511;
  const std::vector<float> tone = test::make_tone(146.83, 44100);
  const Matrix halved = FrontEnd(low).compute_array(tone, ArrayKind::power);
  const Matrix whole = FrontEnd(odd).compute_array(tone, ArrayKind::power);
  EXPECT_EQ(test::loudest_row(halved, 40), 5U);
  EXPECT_NEAR(halved(5, 40), whole(5, 40), 0.01 * whole(5, 40));
}

TEST(ConstantQ, GammaZeroMakesVqtCqt) {
  const std::vector<float> noise = test::make_noise(30000);
  const Matrix cqt = FrontEnd({.scale = "cqt"}).compute_array(noise, ArrayKind::power);
  const Matrix vqt = FrontEnd({.scale = "vqt", .gamma_hz = 0}).compute_array(noise, ArrayKind::power);
  EXPECT_EQ(vqt.values, cqt.values);
}

TEST(ConstantQ, FiltersOfOneSampleHear) {
  // Bands so wide that a filter lasts 22050 / (alpha f + gamma) = 1.1 samples.
  const Matrix power = FrontEnd({.scale = "vqt", .n_bands = 12, .gamma_hz = 20000})
                           .compute_array(test::make_noise(22050), ArrayKind::power);
  for (const float value : power.values) ASSERT_TRUE(std::isfinite(value));
  EXPECT_GT(*std::max_element(power.values.begin(), power.values.end()), 0);
}

TEST(ConstantQ, VqtIsQuickerInTheBass) {
  // An impulse: the wider band of the lowest VQT bin answers for a shorter time.
  std::vector<float> impulse(66150);
  impulse[33075] = 1;
  const auto frames_above_half = [&](const char* scale) {
    const Matrix power = FrontEnd({.scale = scale}).compute_array(impulse, ArrayKind::power);
    const auto row = power.row(0);
    const float loudest = *std::max_element(row.begin(), row.end());
    return std::count_if(row.begin(), row.end(), [&](float cell) { return cell > loudest / 4; });
  };
  EXPECT_LT(2 * frames_above_half("vqt"), frames_above_half("cqt"));
}

TEST(ConstantQ, RefusesBinsAboveHalfTheRateAndEndlessFilters) {
  EXPECT_PARAMETER_ERROR(FrontEnd({.scale = "cqt", .n_bands = 108}),
                         testing::HasSubstr("the highest of 108 bins, around 15804.27 Hz"));
  EXPECT_PARAMETER_ERROR(FrontEnd({.scale = "cqt", .fmin_hz = 0}), testing::HasSubstr("fmin is 0 Hz"));
  EXPECT_PARAMETER_ERROR(FrontEnd({.scale = "cqt", .hop_length = 511, .bins_per_octave = 240}),
                         testing::HasSubstr("samples long, at most 65536 can be transformed"));
}

}  // namespace
}  // namespace gamut::spectra
