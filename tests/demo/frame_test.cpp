#include "gamut/demo/frame.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gamut::demo {
namespace {

TEST(Frame, StacksThirdsOfTheMode) {
  Frame frame{.key = 0, .mode = Mode::major, .progression = {0, 5}, .chord_notes = 4};
  EXPECT_THAT(frame.chord(0, 4), testing::ElementsAre(60, 64, 67, 71));
  EXPECT_THAT(frame.chord(1, 4), testing::ElementsAre(69, 72, 76, 79));
  frame.mode = Mode::phrygian;
  frame.key = 4;
  EXPECT_THAT(frame.chord(2, 3), testing::ElementsAre(52, 55, 59, 62));
}

TEST(Frame, DegreesBelowTheTonicLieInTheOctaveBelow) {
  const Frame frame;
  EXPECT_EQ(frame.scale_pitch(-1, 4), 59);
  EXPECT_EQ(frame.scale_pitch(-7, 4), 48);
  EXPECT_EQ(frame.scale_pitch(7, 4), 72);
}

TEST(Frame, SwingDelaysTheSecondHalfOfABeatOnly) {
  const Frame frame{.duration_s = 9, .tempo_bpm = 60, .swing = 2.0 / 3};
  EXPECT_NEAR(frame.time_of(0, 2), 2.0 / 3, 1e-12);
  EXPECT_NEAR(frame.time_of(1, 4), 5, 1e-12);
  EXPECT_NEAR(frame.time_of(0, 16), frame.time_of(1, 0), 1e-12);
  EXPECT_EQ(frame.bars(), 3);
}

}  // namespace
}  // namespace gamut::demo
