#include "gamut/audio/encode.h"

#include <gmock/gmock.h>

#include <cmath>

#include "gamut/audio/decode.h"
#include "gamut/core/error.h"
#include "tests/audio/test_audio.h"
#include "tests/support/test_data.h"

namespace gamut::test {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

constexpr int kRateHz = 22050;

class Encoder : public testing::Test {
 protected:
  TemporaryDirectory directory_;
  std::vector<float> tone_ = make_tone(440, 1.5, kRateHz);
};

TEST_F(Encoder, EveryFormatComesBackInPlace) {
  for (const auto& [extension, tolerance] :
       {std::pair{".mp3", 0.02}, {".m4a", 0.02}, {".flac", 2e-5}, {".wav", 2e-5}, {".MP3", 0.02}}) {
    const std::filesystem::path path = directory_ / (std::string("a") + extension);
    audio::encode(path, tone_, kRateHz);
    const audio::Recording back = audio::decode(path, {.sample_rate_hz = 0});
    EXPECT_EQ(back.outcome, Outcome::ok) << extension << ": " << back.reason;
    EXPECT_EQ(back.sample_rate_hz, kRateHz);
    EXPECT_NEAR(double(back.signal().size()), double(tone_.size()), 1024) << extension;
    EXPECT_LT(rms_difference(back.signal(), tone_), tolerance)
        << extension;  // a shift would show in the phase
  }
}

TEST_F(Encoder, SixteenBitsAreExact) {
  const std::vector<float> samples = {0, 0.5F, -1, 32767.0F / 32768, 1.5F, -7};
  for (const char* name : {"a.wav", "a.flac"}) {
    audio::encode(directory_ / name, samples, kRateHz);
    EXPECT_EQ(audio::decode(directory_ / name, {.sample_rate_hz = 0}).signal(),
              (std::vector<float>{0, 0.5F, -1, 32767.0F / 32768, 32767.0F / 32768, -1}));
  }
}

TEST_F(Encoder, SameSamplesGiveTheSameBytes) {
  for (const char* extension : {".mp3", ".m4a", ".flac", ".wav"}) {
    audio::encode(directory_ / (std::string("a") + extension), tone_, kRateHz, {.title = "T"});
    audio::encode(directory_ / (std::string("b") + extension), tone_, kRateHz, {.title = "T"});
    EXPECT_EQ(read_bytes(directory_ / (std::string("a") + extension)),
              read_bytes(directory_ / (std::string("b") + extension)))
        << extension;
  }
}

TEST_F(Encoder, WritesTags) {
  for (const char* name : {"a.mp3", "a.m4a", "a.flac"}) {
    audio::encode(
        directory_ / name, tone_, kRateHz,
        {.title = "Title 1", .artist = "Artist 1", .album = "Album 1", .genre = "Genre 1; Genre 2"});
    const std::string bytes = read_bytes(directory_ / name);
    for (const char* tag : {"Title 1", "Artist 1", "Album 1", "Genre 1; Genre 2"}) {
      EXPECT_THAT(bytes, HasSubstr(tag)) << name;
    }
  }
}

TEST_F(Encoder, BitRateIsHeard) {
  audio::encode(directory_ / "low.mp3", tone_, kRateHz, {.bit_rate_bps = 32000});
  audio::encode(directory_ / "high.mp3", tone_, kRateHz, {.bit_rate_bps = 128000});
  EXPECT_LT(2 * std::filesystem::file_size(directory_ / "low.mp3"),
            std::filesystem::file_size(directory_ / "high.mp3"));
}

TEST_F(Encoder, LeavesNoTemporaryFile) {
  audio::encode(directory_ / "a.flac", tone_, kRateHz);
  const std::filesystem::directory_iterator files(directory_.path());
  EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

TEST_F(Encoder, RefusalsSayWhatAndWhatToDo) {
  const auto encoding = [&](const char* name, int rate_hz, audio::EncodeOptions options = {}) {
    return [this, name, rate_hz, options] { audio::encode(directory_ / name, tone_, rate_hz, options); };
  };
  EXPECT_THAT(encoding("a.xyz", kRateHz),
              ThrowsMessage<ParameterError>(HasSubstr("must be .mp3, .m4a, .flac or .wav")));
  EXPECT_THAT(encoding("a.flac", 10),
              ThrowsMessage<ParameterError>(HasSubstr("10 Hz, but must be from 1000 to 192000 Hz")));
  EXPECT_THAT(encoding("a.mp3", 96000), ThrowsMessage<ParameterError>(HasSubstr("take one of 8000")));
  EXPECT_THAT(encoding("a.mp3", kRateHz, {.bit_rate_bps = 1}),
              ThrowsMessage<ParameterError>(HasSubstr("must be from 8000 to 320000 bit/s")));
  tone_[7] = std::nanf("");
  EXPECT_THAT(encoding("a.wav", kRateHz), ThrowsMessage<ParameterError>(HasSubstr("sample 7 is nan")));
}

}  // namespace
}  // namespace gamut::test
