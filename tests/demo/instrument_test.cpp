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

TEST_P(EverySynthesis, HigherNotesAreBrighter) {
  const auto centroid_of = [](double pitch) {
    Random random(1);
    Samples out(kSampleRateHz);
    const Note note{.start_s = 0, .length_s = 0.8, .pitch = pitch};
    play({.synthesis = GetParam()}, std::span(&note, 1), random, out);
    return spectral_centroid_hz(out);
  };
  EXPECT_GT(centroid_of(84), centroid_of(48));
}

INSTANTIATE_TEST_SUITE_P(Instruments, EverySynthesis,
                         testing::Values(Synthesis::additive, Synthesis::fm, Synthesis::pluck,
                                         Synthesis::noise));

TEST(Voice, SyllablesAreFiniteAndHeard) {
  Random random(3);
  Samples out(kSampleRateHz);
  const Note note{.start_s = 0.1, .length_s = 0.3, .pitch = 50};
  play({.synthesis = Synthesis::voice}, std::span(&note, 1), random, out);
  for (const float value : out) ASSERT_TRUE(std::isfinite(value));
  EXPECT_GT(rms(out), 0.01);
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
