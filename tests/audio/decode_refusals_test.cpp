#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <bit>
#include <cmath>
#include <fstream>
#include <limits>

#include "gamut/audio/decode.h"
#include "gamut/audio/encode.h"
#include "gamut/core/descriptor.h"
#include "gamut/core/error.h"
#include "gamut/core/png.h"
#include "gamut/core/random.h"
#include "tests/audio/test_audio.h"
#include "tests/support/test_data.h"

namespace gamut::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::ThrowsMessage;

class RefusedAudio : public testing::Test {
 protected:
  auto decoding(const std::string& name, audio::DecodeOptions options = {}) {
    return [path = directory_ / name, options] { audio::decode(path, options); };
  }
  static auto refusal(const std::string& name, const std::string& complaint) {
    return ThrowsMessage<DecodeError>(
        AllOf(HasSubstr("cannot decode '"), HasSubstr(name), HasSubstr(complaint)));
  }

  TemporaryDirectory directory_;
};

TEST_F(RefusedAudio, MissingFile) {
  EXPECT_THAT(decoding("a.mp3"), refusal("a.mp3", "there is no such file; check the path"));
}

TEST_F(RefusedAudio, Directory) {
  std::filesystem::create_directory(directory_ / "a.mp3");
  EXPECT_THAT(decoding("a.mp3"), refusal("a.mp3", "it is a directory"));
}

TEST_F(RefusedAudio, EmptyFile) {
  write_bytes(directory_ / "a.mp3", "");
  EXPECT_THAT(decoding("a.mp3"), refusal("a.mp3", "the file is empty (0 bytes)"));
}

TEST_F(RefusedAudio, WhatAnotherDayMayReadIsNotUndecodable) {
  std::filesystem::create_directory(directory_ / "folder.mp3");
  for (const char* name : {"absent.mp3", "folder.mp3"}) {
    try {
      decoding(name)();
      FAIL() << name;
    } catch (const audio::UndecodableError&) {
      FAIL() << name;
    } catch (const DecodeError&) {
    }
  }
  for (const char* bytes : {"", "no music at all"}) {
    write_bytes(directory_ / "a.mp3", bytes);
    EXPECT_THROW(decoding("a.mp3")(), audio::UndecodableError);
  }
}

// The kernel has a file that cannot be read: the speed of the loopback device.
TEST_F(RefusedAudio, AFileThatCannotBeReadIsNotUndecodable) {
  const std::filesystem::path path = "/sys/class/net/lo/speed";
  std::ifstream stream(path);
  if (!stream || stream.get() != std::ifstream::traits_type::eof()) GTEST_SKIP() << path << " can be read";
  try {
    audio::decode(path);
    FAIL();
  } catch (const audio::UndecodableError& error) {
    FAIL() << error.what();
  } catch (const DecodeError& error) {
    EXPECT_THAT(error.what(), HasSubstr("reading it failed (Invalid argument); check the disk"));
  }
}

/// Takes the file away from the decoder once it has heard some of it.
class Saboteur : public audio::SampleListener {
 public:
  explicit Saboteur(std::filesystem::path path) : path_(std::move(path)) {}
  void hear(std::span<const float> /*mono*/, int /*sample_rate_hz*/) override {
    const Descriptor unreadable(::open(path_.c_str(), O_WRONLY));
    for (int file = 0; file < 1024; ++file) {
      std::error_code none;
      const auto link = std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(file), none);
      if (link == path_ && file != unreadable.get()) ::dup2(unreadable.get(), file);
    }
  }

 private:
  std::filesystem::path path_;
};

TEST_F(RefusedAudio, AReadErrorOnTheWayLeavesNoPartialRecording) {
  const std::vector<float> tone = make_tone(440, 30, 44100);
  for (const auto& [container, encoder] :
       {std::pair{"wav", "pcm_s16le"}, {"mp3", "libmp3lame"}, {"flac", "flac"}, {"ogg", "libvorbis"}}) {
    const std::filesystem::path path = std::filesystem::canonical(directory_.path()) / container;
    audio::write_stream(path, stream_of(container, encoder, tone, 44100));
    Saboteur saboteur(path);
    try {
      const audio::Recording got = audio::decode(path, {.listener = &saboteur});
      FAIL() << container << ": " << got.reason;
    } catch (const audio::UndecodableError& error) {
      FAIL() << error.what();
    } catch (const DecodeError& error) {
      EXPECT_THAT(error.what(), HasSubstr("reading it failed (Bad file descriptor)"));
    }
  }
}

TEST_F(RefusedAudio, NamedPipeIsNotWaitedFor) {
  ASSERT_EQ(::mkfifo((directory_ / "a.mp3").c_str(), 0600), 0);
  EXPECT_THAT(decoding("a.mp3"), refusal("a.mp3", "it is not a regular file"));
}

TEST_F(RefusedAudio, FileWithoutPermission) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
  write_bytes(directory_ / "a.mp3", "x");
  std::filesystem::permissions(directory_ / "a.mp3", std::filesystem::perms::none);
  EXPECT_THAT(decoding("a.mp3"), refusal("a.mp3", "no permission to read it"));
}

TEST_F(RefusedAudio, TextNamedMp3) {
  for (const char* text : {"x", "hello\n", "path,artist,album\na.mp3,b,c\n"}) {
    write_bytes(directory_ / "a.mp3", text);
    EXPECT_THAT(decoding("a.mp3"), refusal("a.mp3", "it is no audio that FFmpeg can read"));
  }
}

TEST_F(RefusedAudio, PathIsPrintable) {
  write_bytes(directory_ / "two\nlines「」.mp3", "");
  EXPECT_THAT(decoding("two\nlines「」.mp3"), refusal("two\\nlines「」.mp3", "empty"));
}

TEST_F(RefusedAudio, PictureHasNoAudio) {
  write_bytes(directory_ / "a.png",
              encode_png({.width = 4, .height = 4, .pixels = std::vector<std::uint8_t>(48)}));
  EXPECT_THAT(decoding("a.png"), refusal("a.png", "it has no audio stream"));
}

TEST_F(RefusedAudio, PlaylistsOpenNothing) {
  audio::encode(directory_ / "real.mp3", make_tone(440, 1, 22050), 22050);
  write_bytes(directory_ / "a.mp3", "ffconcat version 1.0\nfile real.mp3\n");
  EXPECT_THROW(decoding("a.mp3")(), DecodeError);
  write_bytes(directory_ / "a.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:1,\n" +
                                         (directory_ / "real.mp3").string() + "\n#EXT-X-ENDLIST\n");
  EXPECT_THROW(decoding("a.m3u8")(), DecodeError);
}

TEST_F(RefusedAudio, ZeroLength) {
  for (const char* name : {"a.wav", "a.flac"}) {
    audio::encode(directory_ / name, {}, 44100);
    EXPECT_THROW(decoding(name)(), DecodeError) << name;
  }
  EXPECT_THAT(decoding("a.wav"), refusal("a.wav", "it has no samples"));
}

TEST_F(RefusedAudio, SamplesThatAreNotFinite) {
  for (float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    std::string data(4000, '\0');
    data += little_endian(std::bit_cast<std::uint32_t>(bad), 4);
    write_bytes(directory_ / "a.wav", WavFile{.format_tag = 3, .bits = 32, .data = data}.bytes());
    EXPECT_THAT(decoding("a.wav"), refusal("a.wav", "is not a finite number"));
  }
}

TEST_F(RefusedAudio, AbsurdSamplingRate) {
  write_bytes(directory_ / "a.wav", WavFile{.sample_rate_hz = 10, .data = std::string(4000, '\0')}.bytes());
  EXPECT_THAT(decoding("a.wav", {.max_duration_s = 1e6}), refusal("a.wav", "its sampling rate is 10 Hz"));
}

TEST_F(RefusedAudio, MoreChannelsThanTheLimit) {
  const auto many = [](int n_channels) {
    return WavFile{.n_channels = n_channels, .data = std::string(std::size_t(n_channels) * 2 * 4000, '\0')}
        .bytes();
  };
  write_bytes(directory_ / "a.wav", many(64));
  EXPECT_NO_THROW(decoding("a.wav")());
  write_bytes(directory_ / "a.wav", many(65));
  EXPECT_THAT(decoding("a.wav"), refusal("a.wav", "it has 65 channels, but at most 64 are accepted"));
}

TEST_F(RefusedAudio, LongerThanTheLimit) {
  const std::vector<float> tone = make_tone(440, 3, 22050);
  audio::encode(directory_ / "declared.flac", tone, 22050);
  EXPECT_THAT(decoding("declared.flac", {.max_duration_s = 2}),
              refusal("declared.flac", "it lasts 3 s or more, but at most 2 s are accepted"));
  EXPECT_NO_THROW(decoding("declared.flac", {.max_duration_s = 3})());

  audio::StreamToWrite stream = stream_of("mp3", "libmp3lame", tone, 22050);
  stream.muxer_options = {{"write_xing", "0"}};
  audio::write_stream(directory_ / "undeclared.mp3", stream);
  EXPECT_THAT(decoding("undeclared.mp3", {.max_duration_s = 2}),
              refusal("undeclared.mp3", "at most 2 s are accepted"));
}

TEST_F(RefusedAudio, BadOptionsAreNamed) {
  for (double rate_hz : {-1.0, 10.0, 1e7, std::nan("")}) {
    EXPECT_THAT(
        decoding("a.wav", {.sample_rate_hz = rate_hz}),
        ThrowsMessage<ParameterError>(HasSubstr("must be 0 (the file's own) or from 1000 to 768000 Hz")));
  }
  for (double duration_s : {0.0, -1.0, std::nan(""), std::numeric_limits<double>::infinity()}) {
    EXPECT_THAT(decoding("a.wav", {.max_duration_s = duration_s}),
                ThrowsMessage<ParameterError>(HasSubstr("must be finite and above 0 s")));
  }
}

// Whatever the bytes are, the answer is a recording or a DecodeError, and it comes.
TEST_F(RefusedAudio, DamagedBytesNeverDoWorse) {
  const std::vector<float> tone = make_tone(440, 0.5, 44100);
  Random random(7);
  for (const auto& [container, encoder] : {std::pair{"mp3", "libmp3lame"},
                                           {"ipod", "aac"},
                                           {"flac", "flac"},
                                           {"ogg", "libvorbis"},
                                           {"wav", "pcm_s16le"},
                                           {"matroska", "libopus"}}) {
    const int rate_hz = 48000;
    audio::write_stream(directory_ / "whole", stream_of(container, encoder, tone, rate_hz));
    const std::string whole = read_bytes(directory_ / "whole");
    for (int round = 0; round < 20; ++round) {
      std::string bytes = whole;
      for (int i = 0; i < 1 + round; ++i)
        bytes[random.below(bytes.size())] = static_cast<char>(random.below(256));
      // Headers decide most, so half of the damage goes there.
      for (int i = 0; i < round / 2; ++i) bytes[random.below(200)] = static_cast<char>(random.below(256));
      write_bytes(directory_ / "damaged", bytes);
      try {
        const audio::Recording got = audio::decode(directory_ / "damaged", {.max_duration_s = 60});
        EXPECT_FALSE(got.signal().empty());
        EXPECT_EQ(got.outcome == Outcome::partial, !got.reason.empty());
      } catch (const DecodeError& refused) {
        EXPECT_THAT(refused.what(), HasSubstr("damaged"));
      }
    }
  }
}

}  // namespace
}  // namespace gamut::test
