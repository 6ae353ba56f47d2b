#include "gamut/audio/resample.h"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "gamut/core/error.h"
#include "tests/audio/test_audio.h"
#include "tests/support/compare_arrays.h"

namespace gamut::test {
namespace {

TEST(Resample, LengthIsCeilingOfRatio) {
  for (double to_hz : {8000.0, 16000.0, 22050.0, 44100.0, 48000.0, 96000.0}) {
    for (std::size_t n : {std::size_t{1}, std::size_t{2}, std::size_t{999}, std::size_t{44101}}) {
      const std::vector<float> result = audio::resample(std::vector<float>(n, 0.1F), 44100, to_hz);
      EXPECT_EQ(result.size(), std::size_t(std::ceil(double(n) * (to_hz / 44100)))) << n << " to " << to_hz;
    }
  }
}

TEST(Resample, EqualRatesCopy) {
  const std::vector<float> tone = make_tone(440, 0.1, 22050);
  EXPECT_EQ(audio::resample(tone, 22050, 22050), tone);
}

TEST(Resample, NothingStaysNothing) {
  EXPECT_TRUE(audio::resample({}, 44100, 22050).empty());
}

TEST(Resample, ToneKeepsItsPitchAndPhase) {
  const std::vector<float> result = audio::resample(make_tone(440, 1, 44100), 44100, 22050);
  EXPECT_LT(rms_difference(result, make_tone(440, 1, 22050)), 1e-4);
}

TEST(Resample, ToneAboveTheNewNyquistVanishes) {
  const std::vector<float> result = audio::resample(make_tone(15000, 1, 44100), 44100, 22050);
  EXPECT_LT(rms_difference(result, std::vector<float>(result.size())), 1e-4);
}

TEST(Resample, PiecesGiveTheSameAsTheWhole) {
  const std::vector<float> tone = make_tone(1234.5, 3, 44100);
  for (double to_hz : {22050.0, 48000.0, 11025.0}) {
    const std::vector<float> whole = audio::resample(tone, 44100, to_hz);
    audio::Resampler resampler(44100, to_hz);
    std::span<const float> rest(tone);
    for (std::size_t n = 1; !rest.empty(); n = n * 3 + 1) {
      const std::size_t size = std::min(n, rest.size());
      resampler.push(rest.first(size));
      rest = rest.subspan(size);
    }
    const std::vector<float> pieces = resampler.finish();
    EXPECT_TRUE(arrays_near(pieces, {pieces.size()}, whole, {whole.size()}, 0)) << to_hz;
  }
}

TEST(Resample, BadRatesAreNamed) {
  for (double rate_hz : {0.0, -1.0, std::nan(""), std::numeric_limits<double>::infinity()}) {
    EXPECT_THAT([&] { audio::resample({}, rate_hz, 22050); },
                testing::ThrowsMessage<ParameterError>(testing::HasSubstr("finite and above 0 Hz")));
    EXPECT_THROW(audio::resample({}, 22050, rate_hz), ParameterError);
  }
}

}  // namespace
}  // namespace gamut::test
