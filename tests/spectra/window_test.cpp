#include "gamut/spectra/window.h"

#include <gtest/gtest.h>

#include "tests/spectra/expect_message.h"

namespace gamut::spectra {
namespace {

TEST(HannWindow, IsPeriodicNotSymmetric) {
  const std::vector<float> window = make_hann_window(8);
  ASSERT_EQ(window.size(), 8U);
  EXPECT_FLOAT_EQ(window[0], 0);
  EXPECT_FLOAT_EQ(window[2], 0.5F);
  EXPECT_FLOAT_EQ(window[4], 1);
  for (std::size_t i = 1; i < 8; ++i) EXPECT_FLOAT_EQ(window[i], window[8 - i]) << i;
  EXPECT_GT(window[7], 0);
}

TEST(HannWindow, ShiftedByHalfAddsUpToOne) {
  const std::vector<float> window = make_hann_window(512);
  for (std::size_t i = 0; i < 256; ++i) EXPECT_NEAR(window[i] + window[i + 256], 1, 1e-6);
}

TEST(HannWindow, RefusesNoLength) {
  EXPECT_PARAMETER_ERROR(make_hann_window(0), testing::HasSubstr("0 samples; it must be at least 1"));
}

}  // namespace
}  // namespace gamut::spectra
