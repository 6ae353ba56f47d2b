#include <gmock/gmock.h>

#include "gamut/audio/decode.h"
#include "gamut/audio/encode.h"
#include "gamut/core/error.h"
#include "tests/audio/test_audio.h"
#include "tests/support/test_data.h"

namespace gamut::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

// Note [truncated-audio] says what each format offers.
class TruncatedAudio : public testing::Test {
 protected:
  audio::Recording decode_cut(const audio::StreamToWrite& stream, double share) {
    audio::write_stream(directory_ / "whole", stream);
    const audio::Recording whole = audio::decode(directory_ / "whole");
    EXPECT_EQ(whole.outcome, Outcome::ok) << stream.container << ": " << whole.reason;
    truncate_copy(directory_ / "whole", directory_ / "cut", share);
    return audio::decode(directory_ / "cut");
  }

  static void expect_partial(const audio::Recording& got, const std::string& name) {
    EXPECT_EQ(got.outcome, Outcome::partial) << name;
    EXPECT_THAT(got.reason, HasSubstr(" s were decoded: ")) << name;
    EXPECT_GT(got.duration_s, 1) << name;
    EXPECT_LT(got.duration_s, 3.9) << name;
  }

  TemporaryDirectory directory_;
  std::vector<float> tone_ = make_tone(440, 4, 44100);
};

TEST_F(TruncatedAudio, EveryFormatThatTellsItsLengthOrEndIsPartial) {
  for (const auto& [container, encoder] : {std::pair{"mp3", "libmp3lame"},
                                           {"flac", "flac"},
                                           {"wav", "pcm_s16le"},
                                           {"aiff", "pcm_s16be"},
                                           {"au", "pcm_s16be"},
                                           {"ogg", "libvorbis"},

                                           {"ogg", "flac"},
                                           {"matroska", "flac"},
                                           {"wv", "wavpack"}}) {
    for (double share : {0.6, 0.9}) {
      expect_partial(decode_cut(stream_of(container, encoder, tone_, 44100), share),
                     std::string(container) + "/" + encoder + " cut at " + std::to_string(share));
    }
  }
}

TEST_F(TruncatedAudio, ReasonSaysHowMuchThereIs) {
  const audio::Recording got = decode_cut(stream_of("wav", "pcm_s16le", tone_, 44100), 0.5);
  EXPECT_THAT(got.reason, HasSubstr("only 2.00 s of 4.00 s were decoded: the file ends early"));
  EXPECT_NEAR(got.declared_duration_s, 4, 1e-6);
  EXPECT_NEAR(got.duration_s, 2, 0.01);
}

TEST_F(TruncatedAudio, Mp4WithItsIndexFirstIsPartial) {
  for (const char* encoder : {"aac", "alac"}) {
    audio::StreamToWrite stream = stream_of("ipod", encoder, tone_, 44100);
    stream.muxer_options = {{"moov_size", "20000"}};
    expect_partial(decode_cut(stream, 0.7), encoder);
  }
}

TEST_F(TruncatedAudio, FragmentedMp4IsPartial) {
  audio::StreamToWrite stream = stream_of("mp4", "aac", tone_, 44100);
  stream.muxer_options = {{"movflags", "empty_moov+default_base_moof"}, {"frag_duration", "1000000"}};
  expect_partial(decode_cut(stream, 0.6), "fragmented");
}

TEST_F(TruncatedAudio, Mp4WithItsIndexLastIsAnError) {
  audio::encode(directory_ / "whole.m4a", tone_, 44100);
  truncate_copy(directory_ / "whole.m4a", directory_ / "cut.m4a", 0.7);
  EXPECT_THAT(
      [&] { audio::decode(directory_ / "cut.m4a"); },
      testing::ThrowsMessage<DecodeError>(AllOf(HasSubstr("cut.m4a"), HasSubstr("moov atom not found"))));
}

TEST_F(TruncatedAudio, Mp3WithoutHeaderIsPartialOnlyInsideAFrame) {
  audio::StreamToWrite stream = stream_of("mp3", "libmp3lame", tone_, 44100);
  stream.muxer_options = {{"write_xing", "0"}, {"id3v2_version", "0"}};
  audio::write_stream(directory_ / "whole.mp3", stream);
  const std::string bytes = read_bytes(directory_ / "whole.mp3");
  const std::size_t frame = bytes.rfind("\xff\xfb", bytes.size() / 2);
  ASSERT_NE(frame, std::string::npos);

  write_bytes(directory_ / "inside.mp3", bytes.substr(0, frame + 100));
  const audio::Recording inside = audio::decode(directory_ / "inside.mp3");
  expect_partial(inside, "inside a frame");
  EXPECT_THAT(inside.reason, HasSubstr("inside an MPEG audio frame"));

  write_bytes(directory_ / "between.mp3", bytes.substr(0, frame));
  const audio::Recording between = audio::decode(directory_ / "between.mp3");
  EXPECT_EQ(between.outcome, Outcome::ok) << between.reason;
  EXPECT_EQ(between.declared_duration_s, 0);
}

TEST_F(TruncatedAudio, SmallLossesAreNoFault) {
  // 0.05 s of 4 s: more than 1 %, not more than 0.1 s.
  const audio::Recording got = decode_cut(stream_of("wav", "pcm_s16le", tone_, 44100), 0.9875);
  EXPECT_EQ(got.outcome, Outcome::ok) << got.reason;
}

TEST_F(TruncatedAudio, UnknownWavLengthIsNoDeclaration) {
  const WavFile streamed{.data = std::string(44100, '\0'), .declared_data_bytes = 0xffffffff - 36};
  write_bytes(directory_ / "a.wav", streamed.bytes());
  const audio::Recording got = audio::decode(directory_ / "a.wav");
  EXPECT_EQ(got.outcome, Outcome::ok) << got.reason;
  EXPECT_EQ(got.signal().size(), 22050U);
}

TEST_F(TruncatedAudio, DamageInTheMiddleIsPartialAndTheRestIsKept) {
  for (const auto& [container, encoder] :
       {std::pair{"flac", "flac"}, {"ogg", "libvorbis"}, {"ipod", "alac"}}) {
    audio::write_stream(directory_ / "whole", stream_of(container, encoder, tone_, 44100));
    std::string bytes = read_bytes(directory_ / "whole");
    const std::size_t size = bytes.size() / 10;
    for (std::size_t i = 0; i < size; ++i)
      bytes[bytes.size() / 2 + i] = static_cast<char>(i * i * 31 + i / 7);
    write_bytes(directory_ / "damaged", bytes);
    const audio::Recording got = audio::decode(directory_ / "damaged");
    EXPECT_EQ(got.outcome, Outcome::partial) << container;
    EXPECT_THAT(got.reason, HasSubstr(" s were decoded: ")) << container;
    EXPECT_GT(got.duration_s, 1) << container;
  }
}

TEST_F(TruncatedAudio, AChangeOfTheRateOnTheWayIsPartial) {
  std::string bytes;
  for (int rate_hz : {44100, 22050}) {
    const std::vector<float> tone = make_tone(440, 2, rate_hz);
    audio::StreamToWrite stream = stream_of("mp3", "libmp3lame", tone, rate_hz);
    stream.muxer_options = {{"write_xing", "0"}, {"id3v2_version", "0"}};
    audio::write_stream(directory_ / "part.mp3", stream);
    bytes += read_bytes(directory_ / "part.mp3");
  }
  write_bytes(directory_ / "both.mp3", bytes);
  const audio::Recording got = audio::decode(directory_ / "both.mp3");
  EXPECT_EQ(got.outcome, Outcome::partial);
  EXPECT_THAT(got.reason, HasSubstr("the sampling rate changes from 44100 to 22050 Hz"));
  EXPECT_NEAR(got.duration_s, 2, 0.1);
}

TEST_F(TruncatedAudio, AChangeOfTheChannelsOnTheWayIsMixedFrameByFrame) {
  std::string bytes;
  for (int n_channels : {1, 2}) {
    audio::StreamToWrite stream = stream_of("mp3", "libmp3lame", tone_, 44100);
    stream.channels.assign(std::size_t(n_channels), tone_);
    stream.muxer_options = {{"write_xing", "0"}, {"id3v2_version", "0"}};
    audio::write_stream(directory_ / "part.mp3", stream);
    bytes += read_bytes(directory_ / "part.mp3");
  }
  write_bytes(directory_ / "both.mp3", bytes);
  const audio::Recording got = audio::decode(directory_ / "both.mp3");
  EXPECT_EQ(got.outcome, Outcome::ok) << got.reason;
  EXPECT_NEAR(got.duration_s, 8, 0.2);
  const double level = rms_difference(got.signal(), std::vector<float>(got.signal().size()));
  EXPECT_NEAR(level, 0.95 * 0.5 / std::sqrt(2), 0.01);  // LAME scales by 0.95
}

}  // namespace
}  // namespace gamut::test
