#include "gamut/spectra/frequency_axis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "gamut/spectra/scale.h"
#include "tests/spectra/signals.h"

namespace gamut::spectra {
namespace {

class FrequencyAxis : public testing::TestWithParam<std::string> {};

// A pixel as high as a row has the row's own frequency.
TEST_P(FrequencyAxis, IsTheRowsOwnWherePixelsAreRows) {
  const auto n_rows = static_cast<int>(FrontEnd({.scale = GetParam()}).scale().n_rows());
  const FrontEnd front_end({.scale = GetParam(), .picture_height = n_rows});
  const std::vector<double> rows_hz = front_end.scale().row_frequencies_hz();
  EXPECT_THAT(picture_frequencies_hz(front_end), testing::Pointwise(testing::DoubleNear(1e-6), rows_hz));
}

TEST_P(FrequencyAxis, RisesWithinWhatTheRateCanHold) {
  for (int height : {1, 7, 250, 4000}) {
    const std::vector<double> axis =
        picture_frequencies_hz(FrontEnd({.scale = GetParam(), .picture_height = height}));
    EXPECT_EQ(axis.size(), static_cast<std::size_t>(height));
    EXPECT_TRUE(std::ranges::is_sorted(axis)) << height;
    EXPECT_GE(axis.front(), 0);
    EXPECT_LE(axis.back(), 11025);
  }
}

// The tick of 1 kHz stands where the picture of a tone of 1 kHz is brightest.
TEST_P(FrequencyAxis, TicksStandWhereTonesAre) {
  const FrontEnd front_end({.scale = GetParam(), .reduce = Reduce::mean});
  for (const FrequencyTick& tick : make_frequency_ticks(front_end)) {
    if (tick.frequency_hz < 100 || tick.frequency_hz > 10000)
      continue;  // rows narrower than the STFT resolves
    const Picture picture = front_end.compute_picture(test::make_tone(tick.frequency_hz, 44100));
    double weight = 0;
    double height = 0;
    for (int row = 0; row < 250; ++row) {
      if (picture.indices[static_cast<std::size_t>(row * 250 + 125)] < 250) continue;
      weight += 1;
      height += (row + 0.5) / 250;
    }
    EXPECT_NEAR(height / weight, tick.height, 0.015) << tick.frequency_hz << " Hz";
  }
}

TEST_P(FrequencyAxis, TicksKeepApart) {
  const std::vector<FrequencyTick> ticks = make_frequency_ticks(FrontEnd({.scale = GetParam()}), 0.1);
  ASSERT_GE(ticks.size(), 4U);
  for (std::size_t i = 1; i < ticks.size(); ++i) {
    EXPECT_GE(ticks[i].height - ticks[i - 1].height, 0.1);
    EXPECT_GT(ticks[i].frequency_hz, ticks[i - 1].frequency_hz);
  }
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::erase(name, '-');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Registered, FrequencyAxis, testing::ValuesIn(scale_names()), test_name);

TEST(FrequencyTicks, AreRoundNumbers) {
  std::vector<double> frequencies_hz;
  for (const FrequencyTick& tick : make_frequency_ticks(FrontEnd({.scale = "mel"}))) {
    frequencies_hz.push_back(tick.frequency_hz);
  }
  EXPECT_THAT(frequencies_hz, testing::ElementsAre(100, 500, 1000, 2000, 5000, 10000));
}

TEST(FrequencyTicks, ASingleBandHasAtMostOne) {
  EXPECT_LE(make_frequency_ticks(FrontEnd({.scale = "mel", .n_bands = 1})).size(), 1U);
}

}  // namespace
}  // namespace gamut::spectra
