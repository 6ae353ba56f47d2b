#include <gmock/gmock.h>

#include <cmath>

#include "gamut/audio/decode.h"
#include "gamut/audio/encode.h"
#include "tests/audio/test_audio.h"
#include "tests/support/test_data.h"

namespace gamut::test {
namespace {

class Recorder : public audio::SampleListener {
 public:
  void hear(std::span<const float> mono, int sample_rate_hz) override {
    heard.insert(heard.end(), mono.begin(), mono.end());
    rate_hz = sample_rate_hz;
  }
  std::vector<float> heard;
  int rate_hz = 0;
};

class Listening : public testing::Test {
 protected:
  /// 32-bit floats, channels in turn.
  void write_floats(const std::vector<float>& samples, int n_channels) {
    WavFile wav{.format_tag = 3, .bits = 32, .n_channels = n_channels, .sample_rate_hz = 44100, .data = {}};
    wav.data.assign(reinterpret_cast<const char*>(samples.data()), samples.size() * sizeof(float));
    write_bytes(path_, wav.bytes());
  }
  audio::Levels levels() { return audio::decode(path_, {.with_levels = true}).levels; }

  TemporaryDirectory directory_;
  std::filesystem::path path_ = directory_ / "a.wav";
};

TEST_F(Listening, HearsTheMonoMixAtTheFilesOwnRateWhateverIsDecoded) {
  std::vector<float> stereo;
  for (int i = 0; i < 100000; ++i) {
    stereo.push_back(std::sin(0.01f * static_cast<float>(i)));
    stereo.push_back(0.25f * std::cos(0.03f * static_cast<float>(i)));
  }
  write_floats(stereo, 2);
  const std::vector<float> mono = audio::decode(path_, {.sample_rate_hz = 0}).signal();
  for (Channels channels : {Channels::mono, Channels::left, Channels::side, Channels::stereo}) {
    for (double rate_hz : {0.0, 22050.0, 16000.0}) {
      Recorder recorder;
      const audio::DecodeOptions plain{.sample_rate_hz = rate_hz, .channels = channels};
      audio::DecodeOptions heard = plain;
      heard.listener = &recorder;
      EXPECT_EQ(audio::decode(path_, heard).signals, audio::decode(path_, plain).signals);
      EXPECT_EQ(recorder.heard, mono);
      EXPECT_EQ(recorder.rate_hz, 44100);
    }
  }
}

TEST_F(Listening, LevelsAreOfEveryChannelBeforeTheMix) {
  std::vector<float> stereo;
  for (int i = 0; i < 10000; ++i) {
    stereo.push_back(0.5f);
    stereo.push_back(i % 100 == 0 ? -1.0f : -0.5f);
  }
  write_floats(stereo, 2);
  const audio::Levels levels = this->levels();
  EXPECT_EQ(levels.peak, 1);
  EXPECT_DOUBLE_EQ(levels.full_scale_share, 100 / 20000.0);
  EXPECT_NEAR(levels.rms, std::sqrt((19900 * 0.25 + 100) / 20000), 1e-7);
}

TEST_F(Listening, LevelsOfLongAudioStayExact) {
  write_floats(std::vector<float>(3'000'001, 0.1f), 1);
  EXPECT_NEAR(levels().rms, 0.1, 1e-7);
}

TEST_F(Listening, SixteenBitsReachFullScaleOnBothSides) {
  for (const auto& [sample, share] : {std::pair{32767, 1.0}, {-32768, 1.0}, {32766, 0.0}, {0, 0.0}}) {
    WavFile wav{.data = {}};
    for (int i = 0; i < 5000; ++i) wav.data += little_endian(static_cast<std::uint64_t>(sample), 2);
    write_bytes(path_, wav.bytes());
    EXPECT_EQ(levels().full_scale_share, share) << sample;
    EXPECT_NEAR(levels().peak, std::abs(sample) / 32768.0, 1e-9) << sample;
  }
}

TEST_F(Listening, AnOverOfALossyCodecIsAboveOne) {
  write_floats(std::vector<float>(5000, 1.25f), 1);
  EXPECT_EQ(levels().peak, 1.25);
  EXPECT_EQ(levels().full_scale_share, 1);
}

}  // namespace
}  // namespace gamut::test
