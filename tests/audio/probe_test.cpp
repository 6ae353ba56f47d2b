#include "gamut/audio/probe.h"

#include <gtest/gtest.h>

#include "gamut/audio/encode.h"
#include "gamut/core/error.h"
#include "tests/audio/test_audio.h"
#include "tests/support/test_data.h"

namespace gamut::test {
namespace {

TEST(Probe, TellsFormatAndDuration) {
  const TemporaryDirectory directory;
  const std::vector<float> tone = make_tone(440, 2, 44100);
  for (const auto& [extension, codec] :
       {std::pair{".mp3", "mp3"}, {".m4a", "aac"}, {".flac", "flac"}, {".wav", "pcm_s16le"}}) {
    const std::filesystem::path path = directory / (std::string("a") + extension);
    audio::encode(path, tone, 44100);
    const audio::FileInfo info = audio::probe(path);
    EXPECT_EQ(info.codec, codec);
    EXPECT_FALSE(info.container.empty());
    EXPECT_EQ(info.sample_rate_hz, 44100);
    EXPECT_EQ(info.channels, 1);
    EXPECT_NEAR(info.duration_s, 2, 0.06) << extension;  // MP3 counts its encoder's delay and padding
  }
}

TEST(Probe, RefusesWhatDecodeRefuses) {
  const TemporaryDirectory directory;
  EXPECT_THROW(audio::probe(directory / "absent.mp3"), DecodeError);
  EXPECT_THROW(audio::probe(directory.path()), DecodeError);
}

}  // namespace
}  // namespace gamut::test
