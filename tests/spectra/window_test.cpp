#include "gamut/spectra/window.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/spectra/expect_message.h"

namespace gamut::spectra {
namespace {

constexpr WindowShape kShapes[] = {WindowShape::hann, WindowShape::hamming, WindowShape::blackman,
                                   WindowShape::blackmanharris, WindowShape::boxcar};

TEST(Window, IsPeriodicNotSymmetric) {
  for (WindowShape shape : kShapes) {
    const std::vector<double> window = make_window(shape, 8);
    ASSERT_EQ(window.size(), 8U);
    EXPECT_NEAR(window[4], 1, 1e-12) << to_string(shape);
    for (std::size_t i = 1; i < 8; ++i) EXPECT_NEAR(window[i], window[8 - i], 1e-12) << to_string(shape) << i;
    EXPECT_GT(window[7], 0) << to_string(shape);
  }
}

// scipy.signal.get_window(name, 8): its first two values.
TEST(Window, StartsAsSciPysDo) {
  EXPECT_NEAR(make_window(WindowShape::hann, 8)[0], 0, 1e-12);
  EXPECT_NEAR(make_window(WindowShape::hann, 8)[1], 0.14644660940672627, 1e-12);
  EXPECT_NEAR(make_window(WindowShape::hamming, 8)[0], 0.08, 1e-12);
  EXPECT_NEAR(make_window(WindowShape::hamming, 8)[1], 0.21473088065418822, 1e-12);
  EXPECT_NEAR(make_window(WindowShape::blackman, 8)[0], 0, 1e-12);
  EXPECT_NEAR(make_window(WindowShape::blackman, 8)[1], 0.06644660940672625, 1e-12);
  EXPECT_NEAR(make_window(WindowShape::blackmanharris, 8)[0], 6e-5, 1e-12);
  EXPECT_NEAR(make_window(WindowShape::blackmanharris, 8)[1], 0.021735837018679677, 1e-12);
  EXPECT_NEAR(make_window(WindowShape::boxcar, 8)[0], 1, 1e-12);
}

// scipy.signal.get_window(name, 1): a spectrum of one sample is no silence.
TEST(Window, OfOneSampleIsOne) {
  for (WindowShape shape : kShapes)
    EXPECT_EQ(make_window(shape, 1), std::vector<double>{1}) << to_string(shape);
}

TEST(Window, HannShiftedByHalfAddsUpToOne) {
  const std::vector<double> window = make_window(WindowShape::hann, 512);
  for (std::size_t i = 0; i < 256; ++i) EXPECT_NEAR(window[i] + window[i + 256], 1, 1e-12);
}

TEST(Window, WordsRoundTripAndOthersAreRefused) {
  for (WindowShape shape : kShapes) EXPECT_EQ(parse_window_shape(to_string(shape)), shape);
  EXPECT_PARAMETER_ERROR(parse_window_shape("kaiser"),
                         testing::HasSubstr("\"kaiser\"; known are hann, hamming, blackman"));
}

TEST(Window, RefusesNoLength) {
  EXPECT_PARAMETER_ERROR(make_window(WindowShape::hann, 0),
                         testing::HasSubstr("0 samples; it must be at least 1"));
}

}  // namespace
}  // namespace gamut::spectra
