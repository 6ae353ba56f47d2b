#include "gamut/demo/instrument.h"

#include <gtest/gtest.h>

#include <cmath>

#include "gamut/demo/effects.h"
#include "gamut/demo/mastering.h"

namespace gamut::demo {
namespace {

class EverySynthesis : public testing::TestWithParam<Synthesis> {};

TEST_P(EverySynthesis, SoundsDuringTheNoteAndNotBefore) {
  Random random(1);
  Samples out(kSampleRateHz);
  const Note note{.start_s = 0.4, .length_s = 0.3, .pitch = 60};
  play({.synthesis = GetParam()}, std::span(&note, 1), random, out);
  const auto start = out.begin() + sample_of(0.4);
  EXPECT_EQ(rms(Samples(out.begin(), start)), 0);
  EXPECT_GT(rms(Samples(start, start + sample_of(0.3))), 0.01);
  for (const float value : out) ASSERT_TRUE(std::isfinite(value));
}

INSTANTIATE_TEST_SUITE_P(Instruments, EverySynthesis,
                         testing::Values(Synthesis::additive, Synthesis::fm, Synthesis::pluck,
                                         Synthesis::voice, Synthesis::noise));

Samples play_alone(const Instrument& instrument, double pitch) {
  Random random(1);
  Samples out(kSampleRateHz);
  const Note note{.start_s = 0, .length_s = 0.9, .pitch = pitch};
  play(instrument, std::span(&note, 1), random, out);
  return out;
}

class TonalSynthesis : public testing::TestWithParam<Synthesis> {};

TEST_P(TonalSynthesis, RepeatsAfterOnePeriodOfItsPitch) {
  const Samples tone = play_alone({.synthesis = GetParam()}, 57);  // 220 Hz
  const auto correlation = [&](std::size_t lag) {
    double product = 0, energy = 0, lagged = 0;
    for (std::size_t i = 4000; i < 12000; ++i) {
      product += static_cast<double>(tone[i]) * tone[i + lag];
      energy += static_cast<double>(tone[i]) * tone[i];
      lagged += static_cast<double>(tone[i + lag]) * tone[i + lag];
    }
    return product / std::sqrt(energy * lagged);
  };
  EXPECT_GT(correlation(100), 0.95);  // 22050 / 220 = 100.2
  EXPECT_GT(correlation(100), correlation(98));
  EXPECT_GT(correlation(100), correlation(102));
}

INSTANTIATE_TEST_SUITE_P(Instruments, TonalSynthesis,
                         testing::Values(Synthesis::additive, Synthesis::fm, Synthesis::pluck));

TEST(Noise, IsBrighterWithAHigherPitch) {
  const Instrument wind{.synthesis = Synthesis::noise};
  EXPECT_GT(spectral_centroid_hz(play_alone(wind, 105)), 1.5 * spectral_centroid_hz(play_alone(wind, 69)));
}

TEST(Play, NotesPastTheEndAreNotHeard) {
  Random random(1);
  Samples out(1000);
  const Note note{.start_s = 10, .length_s = 1};
  play({}, std::span(&note, 1), random, out);
  EXPECT_EQ(rms(out), 0);
}

}  // namespace
}  // namespace gamut::demo
