#include "gamut/spectra/auditory_scales.h"

#include <gtest/gtest.h>

namespace gamut::spectra {
namespace {

// Worked from Traunmüller's formula; the first and the last lie under his corrections.
TEST(AuditoryScales, BarkIsTraunmullers) {
  EXPECT_NEAR(hz_to_bark(0), -0.53 + 0.15 * 2.53, 1e-12);
  EXPECT_NEAR(hz_to_bark(1000), 26.81 * 1000 / 2960 - 0.53, 1e-12);
  EXPECT_NEAR(hz_to_bark(1960), 26.81 / 2 - 0.53, 1e-12);
  EXPECT_NEAR(hz_to_bark(11025), 1.22 * (26.81 * 11025 / 12985 - 0.53) - 0.22 * 20.1, 1e-12);
}

// The upper edges of Zwicker's critical bands, which the formula approximates.
TEST(AuditoryScales, BarkNumbersTheCriticalBands) {
  constexpr double kEdgesHz[] = {200,  300,  400,  510,  630,  770,  920,  1080, 1270, 1480,
                                 1720, 2000, 2320, 2700, 3150, 3700, 4400, 5300, 6400};
  double bark = 2;
  for (double edge_hz : kEdgesHz) EXPECT_NEAR(hz_to_bark(edge_hz), bark++, 0.05) << edge_hz << " Hz";
}

TEST(AuditoryScales, ErbRateIsGlasbergAndMoores) {
  EXPECT_EQ(hz_to_erb_rate(0), 0);
  EXPECT_NEAR(hz_to_erb_rate(1000), 15.6214, 1e-3);
  // Its slope is one a bandwidth, 24.7 (0.00437 f + 1) Hz, as they print it, to the digits they give.
  for (double frequency_hz : {100.0, 1000.0, 8000.0}) {
    const double slope = (hz_to_erb_rate(frequency_hz + 0.5) - hz_to_erb_rate(frequency_hz - 0.5));
    EXPECT_NEAR(slope * 24.7 * (0.00437 * frequency_hz + 1), 1, 0.005) << frequency_hz << " Hz";
  }
}

TEST(AuditoryScales, InversesAreInverse) {
  for (double frequency_hz = 0; frequency_hz <= 24000; frequency_hz += 50) {
    EXPECT_NEAR(bark_to_hz(hz_to_bark(frequency_hz)), frequency_hz, 1e-8 * (1 + frequency_hz));
    EXPECT_NEAR(erb_rate_to_hz(hz_to_erb_rate(frequency_hz)), frequency_hz, 1e-8 * (1 + frequency_hz));
  }
}

}  // namespace
}  // namespace gamut::spectra
