#include <gmock/gmock.h>

#include <cmath>

#include "gamut/audio/encode.h"
#include "gamut/core/json.h"
#include "tests/cli/program_test.h"

namespace gamut::test {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

class DoctorVerb : public ProgramTest {
 protected:
  void SetUp() override {
    encode("music/a.flac", 300, 80, 0.5f);
    encode("music/b.flac", 2000, -170, 0.5f);
    write("songs.csv", "path,genres\nmusic/a.flac,Jazz\nmusic/b.flac,Rock\n");
    ASSERT_EQ(gamut({"import", "songs.csv"}).code, 0);
  }

  /// A tone that rises or falls, which gives it a fingerprint of its own.
  void encode(const std::string& name, float from_hz, float hz_per_s, float amplitude) {
    std::vector<float> samples(8 * 22050);
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const float t = static_cast<float>(i) / 22050;
      samples[i] = amplitude * std::sin(6.2831853f * (from_hz * t + hz_per_s / 2 * t * t));
    }
    audio::encode(directory_ / name, samples, 22050);
  }
};

TEST_F(DoctorVerb, AfterAnExtractNothingIsDecodedAndNothingFound) {
  ASSERT_EQ(gamut({"extract", "--scale", "mel", "--picture-size", "16x16"}).code, 0);
  const Result result = gamut({"doctor"});
  EXPECT_EQ(result.code, 0) << result.out << result.err;
  EXPECT_EQ(result.out, "2 songs looked at, 0 decoded now; nothing was found.\n");
}

TEST_F(DoctorVerb, AfterAnExtractNeitherIsWhatWasUndecodable) {
  write("music/b.flac", "no music at all");
  ASSERT_EQ(gamut({"extract", "--scale", "mel", "--picture-size", "16x16"}).code, 3);
  for (const char* round : {"first", "second"}) {
    const Result result = gamut({"doctor"});
    EXPECT_EQ(result.code, 3) << round;
    EXPECT_THAT(result.out, AllOf(StartsWith("2 songs looked at, 0 decoded now."),
                                  HasSubstr("1 file cannot be decoded:\n    music/b.flac: cannot decode")));
  }
  EXPECT_THAT(gamut({"doctor", "--retry-failed"}).out, StartsWith("2 songs looked at, 1 decoded now."));
  encode("music/b.flac", 2000, -170, 0.5f);
  EXPECT_EQ(gamut({"doctor"}).out, "2 songs looked at, 1 decoded now; nothing was found.\n");
}

TEST_F(DoctorVerb, FindingsAreExitCodeThree) {
  encode("music/a.flac", 300, 80, 0.0001f);
  const Result result = gamut({"doctor"});
  EXPECT_EQ(result.code, 3) << result.err;
  EXPECT_THAT(result.out, AllOf(StartsWith("2 songs looked at, 2 decoded now. Nothing was changed.\n"),
                                HasSubstr("1 file is silent:\n    music/a.flac: -83.")));
  EXPECT_EQ(gamut({"doctor", "--silence", "-90"}).code, 0);
  const Result json = gamut({"doctor", "--json"});
  EXPECT_EQ(json.code, 3);
  EXPECT_EQ(Json::parse(json.out)["silent"][0]["song"], "music/a.flac");
  EXPECT_EQ(gamut({"doctor", "--silence", "3"}).code, 2);
}

TEST_F(DoctorVerb, AMovedFolderIsFoundAndItsCommandMendsIt) {
  ASSERT_EQ(gamut({"doctor"}).code, 0);
  fs::rename(directory_ / "music", directory_ / "moved");
  const Result result = gamut({"doctor"});
  EXPECT_EQ(result.code, 3) << result.err;
  EXPECT_THAT(result.out, HasSubstr("2 files have moved:\n    music/a.flac: now "));
  const std::string change = (directory_ / "music").string() + "=" + (directory_ / "moved").string();
  EXPECT_THAT(result.out, HasSubstr("gamut doctor --fix-paths '" + change + "'   # 2 songs"));

  EXPECT_THAT(gamut({"doctor", "--fix-paths", change, "--dry-run"}).out,
              HasSubstr("2 paths would be changed:"));
  EXPECT_EQ(gamut({"doctor"}).code, 3);
  const Result fixed = gamut({"doctor", "--fix-paths", change});
  EXPECT_EQ(fixed.code, 0) << fixed.err;
  EXPECT_THAT(fixed.out, HasSubstr("2 paths changed:"));
  EXPECT_EQ(gamut({"doctor"}).code, 0);
}

TEST_F(DoctorVerb, WhatCannotBeFixedIsSaid) {
  const std::string change = (directory_ / "music").string() + "=" + (directory_ / "absent").string();
  const Result result = gamut({"doctor", "--fix-paths", change, "--json"});
  EXPECT_EQ(result.code, 3) << result.err;
  EXPECT_EQ(Json::parse(result.out)["left"].size(), 2u);
  EXPECT_EQ(gamut({"doctor", "--fix-paths", "/no-such=/b"}).code, 2);
  EXPECT_EQ(gamut({"doctor", "--dry-run"}).code, 2) << "without --fix-paths";
}

}  // namespace
}  // namespace gamut::test
