#include "gamut/audio/decode.h"

#include <gmock/gmock.h>

#include <cmath>
#include <thread>

#include "gamut/audio/encode.h"
#include "gamut/core/png.h"
#include "tests/audio/test_audio.h"
#include "tests/support/test_data.h"

namespace gamut::test {
namespace {

class Decoder : public testing::Test {
 protected:
  TemporaryDirectory directory_;
};

struct Format {
  const char* container;
  const char* encoder;
  int sample_rate_hz;
};

class DecoderFormats : public testing::TestWithParam<Format> {
 protected:
  TemporaryDirectory directory_;
};

TEST_P(DecoderFormats, ToneComesBackWholeAndInPlace) {
  const auto& [container, encoder, rate_hz] = GetParam();
  const std::vector<float> tone = make_tone(440, 3, rate_hz);
  // A name without extension: the format must be told from the bytes.
  audio::write_stream(directory_ / "tone", stream_of(container, encoder, tone, rate_hz));
  const audio::Recording got = audio::decode(directory_ / "tone");
  EXPECT_EQ(got.outcome, Outcome::ok) << got.reason;
  EXPECT_EQ(got.reason, "");
  EXPECT_EQ(got.sample_rate_hz, 22050);
  EXPECT_NEAR(got.duration_s, 3, 0.1);
  EXPECT_EQ(got.signal().size(),
            std::size_t(std::ceil(std::round(got.duration_s * rate_hz) * (22050.0 / rate_hz))));
  EXPECT_LT(rms_difference(got.signal(), make_tone(440, 3, 22050)), 0.03);
}

INSTANTIATE_TEST_SUITE_P(All, DecoderFormats,
                         testing::Values(Format{"mp3", "libmp3lame", 44100},
                                         Format{"mp3", "libmp3lame", 48000}, Format{"ipod", "aac", 44100},
                                         Format{"ipod", "alac", 44100}, Format{"flac", "flac", 96000},
                                         Format{"ogg", "libvorbis", 44100}, Format{"ogg", "libopus", 48000},
                                         Format{"ogg", "flac", 44100}, Format{"wav", "pcm_s16le", 11025},
                                         Format{"wav", "adpcm_ms", 22050}, Format{"aiff", "pcm_s16be", 44100},
                                         Format{"au", "pcm_s16be", 44100}, Format{"caf", "pcm_s16le", 44100},
                                         Format{"wv", "wavpack", 44100}, Format{"tta", "tta", 44100},
                                         Format{"wav", "pcm_f32le", 44100}, Format{"matroska", "flac", 44100},
                                         Format{"webm", "libopus", 48000}),
                         [](const testing::TestParamInfo<Format>& info) {
                           return std::string(info.param.container) + "_" + info.param.encoder + "_" +
                                  std::to_string(info.param.sample_rate_hz);
                         });

// WMA's and raw AAC's delay is not told by the file, so only length and level are known.
TEST_F(Decoder, FormatsThatDoNotTellTheirDelayComeBackWhole) {
  const std::vector<float> tone = make_tone(440, 3, 44100);
  for (const auto& [container, encoder] : {std::pair{"wav", "wmav2"}, {"adts", "aac"}, {"mp2", "mp2"}}) {
    audio::write_stream(directory_ / "tone", stream_of(container, encoder, tone, 44100));
    const audio::Recording got = audio::decode(directory_ / "tone");
    EXPECT_EQ(got.outcome, Outcome::ok) << encoder << ": " << got.reason;
    EXPECT_NEAR(got.duration_s, 3, 0.1) << encoder;
    EXPECT_NEAR(rms_difference(got.signal(), std::vector<float>(got.signal().size())), 0.5 / std::sqrt(2),
                0.01)
        << encoder;
  }
}

TEST_F(Decoder, ZeroRateKeepsTheFilesOwn) {
  audio::encode(directory_ / "a.flac", make_tone(440, 1, 32000), 32000);
  const audio::Recording got = audio::decode(directory_ / "a.flac", {.sample_rate_hz = 0});
  EXPECT_EQ(got.sample_rate_hz, 32000);
  EXPECT_EQ(got.signal().size(), 32000U);
  EXPECT_DOUBLE_EQ(got.declared_duration_s, 1);
}

TEST_F(Decoder, ChannelsAreAveragedBeforeResampling) {
  const std::vector<float> left = make_tone(440, 1, 44100);
  std::vector<float> right(left);
  for (float& sample : right) sample = -sample;
  audio::StreamToWrite stream = stream_of("wav", "pcm_f32le", left, 44100);
  stream.channels.emplace_back(right);
  audio::write_stream(directory_ / "a.wav", stream);
  EXPECT_THAT(audio::decode(directory_ / "a.wav").signal(), testing::Each(0.0F));
}

TEST_F(Decoder, SilenceIsZerosAndOk) {
  for (const char* name : {"a.mp3", "a.m4a", "a.flac", "a.wav"}) {
    audio::encode(directory_ / name, std::vector<float>(44100), 44100);
    const audio::Recording got = audio::decode(directory_ / name);
    EXPECT_EQ(got.outcome, Outcome::ok) << name << ": " << got.reason;
    EXPECT_THAT(got.signal(), testing::Each(0.0F)) << name;
  }
}

TEST_F(Decoder, OneSampleIsEnough) {
  audio::encode(directory_ / "a.wav", std::vector<float>{0.5F}, 44100);
  EXPECT_EQ(audio::decode(directory_ / "a.wav").signal().size(), 1U);
}

TEST_F(Decoder, OddNamesAreJustNames) {
  const std::vector<float> tone = make_tone(440, 0.5, 22050);
  for (const char* name :
       {"it's \"quoted\".flac", "a, b; c.flac", "two\nlines.flac", "「花」.flac", "100%d.flac", "http:x.flac",
        " lead.flac", "file:a.flac", "-.flac", "a?b#c|d.flac"}) {
    audio::encode(directory_ / name, tone, 22050);
    EXPECT_EQ(audio::decode(directory_ / name).signal().size(), tone.size()) << name;
  }
}

TEST_F(Decoder, CoverArtIsPassedBy) {
  audio::encode(directory_ / "plain.mp3", make_tone(440, 1, 44100), 44100);
  const std::string png = encode_png({.width = 4, .height = 4, .pixels = std::vector<std::uint8_t>(48, 200)});
  const std::string frame = std::string("\0image/png\0\3\0", 13) + png;
  const auto big_endian = [](std::size_t n) {
    return std::string{char(n >> 24), char(n >> 16), char(n >> 8), char(n)};
  };
  const auto syncsafe = [](std::size_t n) {
    return std::string{char(n >> 21 & 127), char(n >> 14 & 127), char(n >> 7 & 127), char(n & 127)};
  };
  const std::string tag = std::string("ID3\3\0\0", 6) + syncsafe(frame.size() + 10) + "APIC" +
                          big_endian(frame.size()) + std::string(2, '\0') + frame;
  write_bytes(directory_ / "cover.mp3", tag + read_bytes(directory_ / "plain.mp3"));

  const audio::Recording got = audio::decode(directory_ / "cover.mp3");
  EXPECT_EQ(got.outcome, Outcome::ok) << got.reason;
  EXPECT_EQ(got.signal(), audio::decode(directory_ / "plain.mp3").signal());
}

TEST_F(Decoder, TagsAfterTheLastFrameAreNoFault) {
  audio::StreamToWrite stream = stream_of("mp3", "libmp3lame", std::vector<float>(), 44100);
  const std::vector<float> tone = make_tone(440, 1, 44100);
  stream.channels = {tone};
  stream.muxer_options = {{"write_xing", "0"}};
  audio::write_stream(directory_ / "a.mp3", stream);
  for (const std::string& tail :
       {"TAG" + std::string(125, ' '), "LYRICSBEGIN" + std::string(500, 'x'), std::string(999, '\0')}) {
    write_bytes(directory_ / "b.mp3", read_bytes(directory_ / "a.mp3") + tail);
    const audio::Recording got = audio::decode(directory_ / "b.mp3");
    EXPECT_EQ(got.outcome, Outcome::ok) << got.reason;
    EXPECT_EQ(got.declared_duration_s, 0);
  }
}

TEST_F(Decoder, ChainedOggIsOneRecording) {
  const std::vector<float> tone = make_tone(440, 2, 44100);
  audio::write_stream(directory_ / "a.ogg", stream_of("ogg", "libvorbis", tone, 44100));
  const std::string bytes = read_bytes(directory_ / "a.ogg");
  write_bytes(directory_ / "chain.ogg", bytes + bytes);
  const audio::Recording got = audio::decode(directory_ / "chain.ogg");
  EXPECT_EQ(got.outcome, Outcome::ok) << got.reason;
  EXPECT_NEAR(got.duration_s, 4, 0.1);
}

TEST_F(Decoder, ManyThreadsGiveTheSameAsOne) {
  audio::encode(directory_ / "a.mp3", make_tone(440, 2, 44100), 44100);
  const std::vector<float> expected = audio::decode(directory_ / "a.mp3").signal();
  std::vector<std::vector<float>> results(6);
  std::vector<std::jthread> threads;
  for (std::vector<float>& result : results) {
    threads.emplace_back([&] { result = audio::decode(directory_ / "a.mp3").signal(); });
  }
  threads.clear();
  EXPECT_THAT(results, testing::Each(expected));
}

TEST(DecoderRecordings, RealOggFilesAreWhole) {
  const std::filesystem::path folder = test_data("audio");
  GAMUT_REQUIRE_FILE(folder);
  int n_files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".ogg") continue;
    ++n_files;
    const audio::Recording got = audio::decode(entry.path());
    EXPECT_EQ(got.outcome, Outcome::ok) << entry.path() << ": " << got.reason;
    EXPECT_GT(got.duration_s, 40);
  }
  EXPECT_GT(n_files, 0);
}

}  // namespace
}  // namespace gamut::test
