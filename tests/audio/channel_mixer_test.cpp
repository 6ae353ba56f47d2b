#include <gtest/gtest.h>

#include <bit>
#include <cstdint>

#include "gamut/audio/decode.h"
#include "tests/audio/test_audio.h"
#include "tests/support/compare_arrays.h"
#include "tests/support/test_data.h"

// The mixer is tested through decode(), with WAV files whose samples are known to the bit.
namespace gamut::test {
namespace {

class ChannelMixer : public testing::Test {
 protected:
  std::vector<float> decode(const WavFile& wav, Channels channels = Channels::mono) {
    write_bytes(directory_ / "a.wav", wav.bytes());
    return audio::decode(directory_ / "a.wav", {.sample_rate_hz = 0, .channels = channels}).signal();
  }

  TemporaryDirectory directory_;
};

std::string integers(std::initializer_list<std::int64_t> values, int n_bytes) {
  std::string bytes;
  for (std::int64_t value : values) bytes += little_endian(std::uint64_t(value), n_bytes);
  return bytes;
}

TEST_F(ChannelMixer, IntegersBecomeFloatsAsInLibsndfile) {
  EXPECT_EQ(decode({.bits = 8, .data = integers({0, 64, 128, 255}, 1)}),
            (std::vector<float>{-1, -0.5F, 0, 127.0F / 128}));
  EXPECT_EQ(decode({.bits = 16, .data = integers({-32768, -1, 0, 32767}, 2)}),
            (std::vector<float>{-1, -1.0F / 32768, 0, 32767.0F / 32768}));
  EXPECT_EQ(decode({.bits = 24, .data = integers({-8388608, 1, 8388607}, 3)}),
            (std::vector<float>{-1, 0x1p-23F, 8388607.0F / 8388608}));
  EXPECT_EQ(decode({.bits = 32, .data = integers({-2147483648LL, 1 << 30}, 4)}),
            (std::vector<float>{-1, 0.5F}));
}

TEST_F(ChannelMixer, FloatsStayAsTheyAreAndAreNotClipped) {
  std::string singles;
  for (float value : {0.25F, -3.5F}) singles += little_endian(std::bit_cast<std::uint32_t>(value), 4);
  EXPECT_EQ(decode({.format_tag = 3, .bits = 32, .data = singles}), (std::vector<float>{0.25F, -3.5F}));
  std::string doubles;
  for (double value : {0.1, -3.5}) doubles += little_endian(std::bit_cast<std::uint64_t>(value), 8);
  EXPECT_EQ(decode({.format_tag = 3, .bits = 64, .data = doubles}), (std::vector<float>{0.1F, -3.5F}));
}

TEST_F(ChannelMixer, MonoIsTheMeanOfOneToEightChannels) {
  for (int n_channels = 1; n_channels <= 8; ++n_channels) {
    std::string data;
    float sum = 0;
    for (int c = 0; c < n_channels; ++c) {
      data += little_endian(std::uint64_t(1000 * (c + 1)), 2);
      sum += static_cast<float>(1000 * (c + 1)) / 32768;
    }
    const std::vector<float> mono = decode({.n_channels = n_channels, .data = data + data + data});
    EXPECT_EQ(mono, std::vector<float>(3, sum / static_cast<float>(n_channels))) << n_channels << " channels";
  }
}

TEST_F(ChannelMixer, TakesTheChannelsAskedFor) {
  const WavFile stereo{.n_channels = 2, .data = integers({16384, 8192, -16384, 8192}, 2)};
  EXPECT_EQ(decode(stereo, Channels::left), (std::vector<float>{0.5F, -0.5F}));
  EXPECT_EQ(decode(stereo, Channels::right), (std::vector<float>{0.25F, 0.25F}));
  EXPECT_EQ(decode(stereo, Channels::mid), (std::vector<float>{0.375F, -0.125F}));
  EXPECT_EQ(decode(stereo, Channels::side), (std::vector<float>{0.125F, -0.375F}));
}

TEST_F(ChannelMixer, OneChannelIsAllButTheSide) {
  const WavFile mono{.data = integers({16384, -8192}, 2)};
  for (Channels channels : {Channels::mono, Channels::left, Channels::right, Channels::mid}) {
    EXPECT_EQ(decode(mono, channels), (std::vector<float>{0.5F, -0.25F})) << to_string(channels);
  }
  EXPECT_EQ(decode(mono, Channels::side), (std::vector<float>{0, 0}));
}

TEST_F(ChannelMixer, PlanarFramesEqualPackedOnes) {
  const std::vector<float> left = make_tone(440, 0.5, 22050);
  const std::vector<float> right = make_tone(660, 0.5, 22050);
  for (const char* encoder : {"pcm_f32le", "alac", "flac"}) {  // floats packed, 16 bits planar, 16 bits
    audio::StreamToWrite stream = stream_of("matroska", encoder, left, 22050);
    stream.channels.emplace_back(right);
    audio::write_stream(directory_ / "a.mka", stream);
    for (Channels channels : {Channels::left, Channels::right}) {
      const audio::Recording got = audio::decode(directory_ / "a.mka", {.channels = channels});
      const std::vector<float>& expected = channels == Channels::left ? left : right;
      EXPECT_TRUE(arrays_near(got.signal(), {got.signal().size()}, expected, {expected.size()}, 1.0 / 32768))
          << encoder;
    }
  }
}

}  // namespace
}  // namespace gamut::test
