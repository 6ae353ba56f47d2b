#include "gamut/demo/mastering.h"

#include <gtest/gtest.h>

#include <cmath>

#include "gamut/core/random.h"
#include "gamut/demo/effects.h"
#include "gamut/demo/oscillator.h"

namespace gamut::demo {
namespace {

TEST(SpectralCentroid, OfAToneIsItsFrequency) {
  Samples tone(kSampleRateHz);
  for (std::size_t i = 0; i < tone.size(); ++i)
    tone[i] = sine(3000.0 * static_cast<double>(i) / kSampleRateHz);
  EXPECT_NEAR(spectral_centroid_hz(tone), 3000, 30);
}

TEST(SpectralCentroid, OfSilenceIsZero) {
  EXPECT_EQ(spectral_centroid_hz(Samples(kSampleRateHz)), 0);
}

TEST(Master, ReachesLoudnessAndCentroidOfWhiteNoise) {
  for (const double centroid_hz : {2800.0, 4200.0}) {
    Random random(5);
    Samples noise(2 * kSampleRateHz);
    for (float& value : noise) value = static_cast<float>(random.uniform(-0.01, 0.01));
    master(noise, {.centroid_hz = centroid_hz, .cutoff_hz = 9000, .loudness_db = -20});
    EXPECT_NEAR(spectral_centroid_hz(noise), centroid_hz, 0.03 * centroid_hz);
    EXPECT_NEAR(20 * std::log10(rms(noise)), -20, 0.1);
  }
}

TEST(Master, StaysBelowFullScaleHoweverLoud) {
  Samples click(kSampleRateHz);
  for (std::size_t i = 0; i < 50; ++i) click[i] = 1;
  master(click, {.loudness_db = -6});
  for (const float value : click) ASSERT_LT(std::abs(value), 1);
}

TEST(Master, SilenceStaysSilence) {
  Samples silence(kSampleRateHz);
  master(silence, {});
  EXPECT_EQ(rms(silence), 0);
}

}  // namespace
}  // namespace gamut::demo
