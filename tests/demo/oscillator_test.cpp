#include "gamut/demo/oscillator.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace gamut::demo {
namespace {

TEST(Sine, MatchesTheStandardLibraryBeforeAndAfterZero) {
  for (double cycles = -2.3; cycles < 5; cycles += 0.0137)
    EXPECT_NEAR(sine(cycles), std::sin(2 * std::numbers::pi * cycles), 2e-6) << cycles;
}

TEST(Wavetable, IsTheSumOfItsHarmonicsForLowNotes) {
  const std::array amplitudes{1.0, 0.0, 0.5};
  const Wavetable wavetable(amplitudes);
  const Wavetable::Period period = wavetable.period(100);
  for (double cycles = 0; cycles < 2; cycles += 0.017)
    EXPECT_NEAR(period.at(cycles), sine(cycles) + 0.5 * sine(3 * cycles), 1e-4) << cycles;
}

TEST(Wavetable, LeavesOutHarmonicsAboveNyquist) {
  const std::array amplitudes{1.0, 1.0, 1.0};
  const Wavetable wavetable(amplitudes);
  const Wavetable::Period period = wavetable.period(5000);  // two harmonics fit below 11025 Hz
  for (double cycles = 0; cycles < 1; cycles += 0.017)
    EXPECT_NEAR(period.at(cycles), sine(cycles) + sine(2 * cycles), 1e-4) << cycles;
}

}  // namespace
}  // namespace gamut::demo
