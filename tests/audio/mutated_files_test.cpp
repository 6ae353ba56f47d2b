#include <gmock/gmock.h>
#include <sys/resource.h>

#include <algorithm>
#include <ctime>

#include "gamut/audio/decode.h"
#include "gamut/core/error.h"
#include "gamut/core/random.h"
#include "tests/audio/test_audio.h"
#include "tests/support/test_data.h"

namespace gamut::test {
namespace {

constexpr int kFiles = 200;
// Guards against a hang and a bomb; decoding takes milliseconds and a few megabytes.
constexpr double kMostSeconds = 10;
constexpr long kMostKilobytes = 512 * 1024;

double cpu_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

long peak_kilobytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

struct Format {
  const char *container, *encoder;
};
constexpr Format kMp3{"mp3", "libmp3lame"};
constexpr Format kM4a{"ipod", "aac"};
constexpr Format kFlac{"flac", "flac"};
constexpr Format kVorbis{"ogg", "libvorbis"};
constexpr Format kOpus{"ogg", "libopus"};

class MutatedAudio : public testing::Test {
 protected:
  std::string encode(const Format& format) {
    std::vector<float> music = make_tone(440, 2, 48000);
    Random random(11);
    for (float& sample : music) sample += static_cast<float>(0.1 * random.uniform(-1, 1));
    audio::StreamToWrite stream = stream_of(format.container, format.encoder, music, 48000);
    stream.channels.push_back(music);
    audio::write_stream(directory_ / "whole", stream);
    return read_bytes(directory_ / "whole");
  }

  /// A copy with one kind of damage, of a place and size that `random` gives.
  static std::string mutate(std::string bytes, const std::vector<std::string>& others, int kind,
                            Random& random) {
    const std::size_t start = random.below(bytes.size());
    // Small and large ranges alike: headers are dozens of bytes, frames hundreds.
    const std::size_t length =
        std::min<std::size_t>(bytes.size() - start, 1 + random.below(2 << random.below(14)));
    switch (kind % 5) {
      case 0:
        return bytes.substr(0, start);
      case 1:
        for (std::uint64_t n = 1 + random.below(64); n > 0; --n) {
          // Headers decide most, so half of the damage goes there.
          const std::size_t at = random.below(random.chance(0.5) ? 512 : bytes.size());
          bytes[at] = static_cast<char>(bytes[at] ^ 1 << random.below(8));
        }
        return bytes;
      case 2: {
        const std::string& other = others[random.below(others.size())];
        const std::size_t head = 4 + random.below(2 << random.below(10));
        return other.substr(0, head) + bytes.substr(random.chance(0.5) ? head : 0);
      }
      case 3:
        std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(start), length, '\0');
        return bytes;
      default:
        return bytes.insert(start, bytes.substr(start, length));
    }
  }

  void expect_an_outcome_of_each(const Format& format) {
    const std::string whole = encode(format);
    std::vector<std::string> others;
    for (const Format& other : {kMp3, kM4a, kFlac, kVorbis, kOpus}) others.push_back(encode(other));
    const long before_kilobytes = peak_kilobytes();
    Random random(2025, format.encoder);
    int n_recordings = 0;
    int n_refused = 0;
    for (int i = 0; i < kFiles; ++i) {
      write_bytes(directory_ / "damaged", mutate(whole, others, i, random));
      const double before_s = cpu_seconds();
      try {
        const audio::Recording got = audio::decode(directory_ / "damaged");
        EXPECT_FALSE(got.signal().empty()) << i;
        EXPECT_EQ(got.outcome == Outcome::partial, !got.reason.empty()) << i;
        ++n_recordings;
      } catch (const DecodeError& refused) {
        EXPECT_THAT(refused.what(), testing::StartsWith("cannot decode '")) << i;
        ++n_refused;
      }
      EXPECT_LT(cpu_seconds() - before_s, kMostSeconds) << i;
    }
    EXPECT_LT(peak_kilobytes() - before_kilobytes, kMostKilobytes);
    // Damage that always, or never, makes a file useless would show nothing.
    EXPECT_GT(n_recordings, kFiles / 10);
    EXPECT_GT(n_refused, 0);
  }

  TemporaryDirectory directory_;
};

TEST_F(MutatedAudio, OfMp3EndInAnOutcome) {
  expect_an_outcome_of_each(kMp3);
}
TEST_F(MutatedAudio, OfM4aEndInAnOutcome) {
  expect_an_outcome_of_each(kM4a);
}
TEST_F(MutatedAudio, OfFlacEndInAnOutcome) {
  expect_an_outcome_of_each(kFlac);
}
TEST_F(MutatedAudio, OfOggVorbisEndInAnOutcome) {
  expect_an_outcome_of_each(kVorbis);
}
TEST_F(MutatedAudio, OfOggOpusEndInAnOutcome) {
  expect_an_outcome_of_each(kOpus);
}

}  // namespace
}  // namespace gamut::test
