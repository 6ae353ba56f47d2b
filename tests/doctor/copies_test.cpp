#include "gamut/doctor/copies.h"

#include <gmock/gmock.h>

#include <cmath>

#include "gamut/identity/examiner.h"
#include "gamut/identity/identify.h"
#include "tests/doctor/music.h"

namespace gamut::doctor {
namespace {

using catalogue::AudioIdentity;
using gamut::test::TemporaryDirectory;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

demo::Samples quieter(demo::Samples samples) {
  for (float& sample : samples) sample *= 0.3f;
  return samples;
}

demo::Samples later(const demo::Samples& samples, double seconds) {
  demo::Samples shifted(static_cast<std::size_t>(demo::sample_of(seconds)));
  shifted.insert(shifted.end(), samples.begin(), samples.end());
  return shifted;
}

class CopiesTest : public testing::Test {
 protected:
  void add(const std::string& name, const demo::Samples& samples) {
    test::write(folder_ / name, samples);
    identities_.push_back(identity::identify_audio(folder_ / name));
  }

  /// Where the only near pair with these two songs is.
  Match match_of(const Copies& copies, std::size_t first, std::size_t second) {
    for (const Match& match : copies.matches) {
      if (match.first == first && match.second == second) return match;
    }
    ADD_FAILURE() << first << " and " << second << " are no pair";
    return {};
  }

  TemporaryDirectory folder_;
  std::vector<AudioIdentity> identities_;
};

TEST_F(CopiesTest, ExactAndNearCopiesOfASongAreFoundAndOtherSongsAreNot) {
  const std::vector<demo::Samples> songs = test::compose(12, 20);
  add("song.flac", songs[0]);
  add("song.wav", songs[0]);
  add("song.mp3", songs[0]);
  add("song.m4a", songs[0]);
  add("quiet.flac", quieter(songs[0]));
  add("later.flac", later(songs[0], 0.5));
  for (std::size_t i = 1; i < songs.size(); ++i) add(std::to_string(i) + ".flac", songs[i]);
  const Copies copies = find_copies(identities_, 2);
  ASSERT_THAT(copies.sets, SizeIs(1));
  EXPECT_THAT(copies.sets[0].songs, ElementsAre(0u, 1u, 2u, 3u, 4u, 5u));
  EXPECT_FALSE(copies.sets[0].exact);
  EXPECT_LT(match_of(copies, 0, 2).bit_error_rate, 0.1);
  EXPECT_LT(match_of(copies, 0, 4).bit_error_rate, 0.01);
  EXPECT_NEAR(-match_of(copies, 0, 5).offset_items * identity::fingerprint_item_s(), 0.5,
              identity::fingerprint_item_s());
}

TEST_F(CopiesTest, SameSamplesAloneAreAnExactSet) {
  const std::vector<demo::Samples> songs = test::compose(2, 5);
  add("a.flac", songs[0]);
  add("b.flac", songs[1]);
  add("a.wav", songs[0]);
  const Copies copies = find_copies(identities_, 1);
  ASSERT_THAT(copies.sets, SizeIs(1));
  EXPECT_THAT(copies.sets[0].songs, ElementsAre(0u, 2u));
  EXPECT_TRUE(copies.sets[0].exact);
  EXPECT_THAT(copies.matches, IsEmpty());
}

TEST_F(CopiesTest, AnExcerptIsACopy) {
  const demo::Samples song = test::compose(1, 40)[0];
  add("song.flac", song);
  add("excerpt.mp3", {song.begin() + demo::sample_of(12.3), song.begin() + demo::sample_of(30)});
  const Copies copies = find_copies(identities_, 1);
  ASSERT_THAT(copies.matches, SizeIs(1));
  EXPECT_NEAR(copies.matches[0].offset_items * identity::fingerprint_item_s(), 12.3, 0.2);
}

TEST_F(CopiesTest, SilenceAndFailedSongsAreCopiesOfNothing) {
  add("silence.wav", demo::Samples(400000));
  add("longer.wav", demo::Samples(500000));
  identities_.resize(4);  // two that could not be read
  const Copies copies = find_copies(identities_, 1);
  EXPECT_THAT(copies.sets, IsEmpty());
}

}  // namespace
}  // namespace gamut::doctor
