#include "gamut/identity/identify.h"

#include <gmock/gmock.h>

#include "gamut/core/files.h"
#include "gamut/identity/examiner.h"
#include "tests/doctor/music.h"

namespace gamut::identity {
namespace {

using catalogue::AudioIdentity;
using gamut::test::TemporaryDirectory;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(IdentifyAudio, SameSamplesInAnotherContainerAreTheSame) {
  TemporaryDirectory folder;
  const std::vector<demo::Samples> songs = doctor::test::compose(2, 6);
  doctor::test::write(folder / "a.flac", songs[0]);
  doctor::test::write(folder / "a.wav", songs[0]);
  doctor::test::write(folder / "b.flac", songs[1]);
  const AudioIdentity flac = identify_audio(folder / "a.flac");
  const AudioIdentity wav = identify_audio(folder / "a.wav");
  const AudioIdentity other = identify_audio(folder / "b.flac");
  EXPECT_EQ(flac.content.size(), 32u);
  EXPECT_EQ(flac.content, wav.content);
  EXPECT_EQ(flac.fingerprint, wav.fingerprint);
  EXPECT_NE(flac.content, other.content);
  EXPECT_NE(flac.fingerprint, other.fingerprint);
  EXPECT_NEAR(flac.duration_s, 6, 0.01);
  EXPECT_EQ(flac.outcome, Outcome::ok);
}

TEST(IdentifyAudio, TheSamplingRateBelongsToTheSound) {
  TemporaryDirectory folder;
  const demo::Samples samples = doctor::test::compose(1, 4)[0];
  audio::encode(folder / "a.wav", samples, 22050);
  audio::encode(folder / "b.wav", samples, 44100);
  EXPECT_NE(identify_audio(folder / "a.wav").content, identify_audio(folder / "b.wav").content);
}

TEST(IdentifyAudio, FingerprintsCoverTwoMinutesAtMost) {
  TemporaryDirectory folder;
  demo::Samples samples = doctor::test::compose(1, 65)[0];
  samples.insert(samples.end(), samples.begin(), samples.end());
  doctor::test::write(folder / "a.wav", samples);
  const AudioIdentity identity = identify_audio(folder / "a.wav");
  EXPECT_NEAR(double(identity.fingerprint.size()) * fingerprint_item_s(), kFingerprintSeconds, 4);
  EXPECT_NEAR(identity.duration_s, 130, 1);
}

TEST(IdentifyAudio, HostileFilesFailWithTheirReason) {
  TemporaryDirectory folder;
  save_atomically(folder / "noise.mp3", std::string(5000, '\xff'));
  save_atomically(folder / "empty.flac", "");
  for (const char* name : {"noise.mp3", "empty.flac", "absent.wav"}) {
    const AudioIdentity identity = identify_audio(folder / name);
    EXPECT_EQ(identity.outcome, Outcome::failed) << name;
    EXPECT_THAT(identity.reason, HasSubstr(name));
    EXPECT_THAT(identity.content, IsEmpty());
    EXPECT_THAT(identity.fingerprint, IsEmpty());
  }
}

TEST(IdentifyAudio, AudioTooShortForAFingerprintStillHasAHash) {
  TemporaryDirectory folder;
  doctor::test::write(folder / "a.wav", demo::Samples(500, 0.25f));
  const AudioIdentity identity = identify_audio(folder / "a.wav");
  EXPECT_EQ(identity.content.size(), 32u);
  EXPECT_THAT(identity.fingerprint, IsEmpty());
}

}  // namespace
}  // namespace gamut::identity
