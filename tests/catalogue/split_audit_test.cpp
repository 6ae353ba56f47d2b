#include <gmock/gmock.h>

#include "gamut/catalogue/split.h"
#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "tests/catalogue/library.h"

namespace gamut::catalogue {
namespace {

using test::make_song;

TEST(SplitAudit, CountsSharesAndWhatCrosses) {
  const std::vector<Song> songs = {
      make_song("x/1", "A", "X", {"Rock"}), make_song("x/2", "A", "X", {"Rock", "Pop"}),
      make_song("y/1", "A", "Y", {"Pop"}),  make_song("z/1", "B", "Z", {"Pop"}),
      make_song("z/2", "B", "Z", {"Pop"}),  make_song("w/1", "", "", {"Rock"}),
      make_song("v/1", "C", "V", {"Rock"}), make_song("v/2", "C", "V", {"Rock"})};
  const auto labels = make_labels(songs, {"Rock", "Pop"});
  using enum Part;
  const std::vector<Part> parts = {train, test, test, validation, test, test, test, test};
  const auto audit = audit_split(songs, labels, parts);
  ASSERT_EQ(audit.rows.size(), 3u);
  EXPECT_EQ(audit.rows[0].genre, "(all)");
  EXPECT_EQ(audit.rows[0].test, 6);
  EXPECT_EQ(audit.rows[1].genre, "Rock");
  EXPECT_EQ(audit.rows[1].train, 1);
  EXPECT_EQ(audit.rows[1].test, 4);
  EXPECT_EQ(audit.rows[2].validation, 1);
  EXPECT_EQ(audit.albums_crossing, 2);              // X and Z
  EXPECT_EQ(audit.artists_crossing, 2);             // A and B
  EXPECT_EQ(audit.test_songs_with_album_mates, 2);  // x/2 and z/2
  EXPECT_EQ(audit.test_songs_with_artist_mates, 3);
  EXPECT_EQ(audit.songs_without_album, 1);
  EXPECT_EQ(audit.songs_without_artist, 1);

  const char* expected =
      R"json({"rows":[{"genre":"(all)","train":1,"validation":1,"test":6},)json"
      R"json({"genre":"Rock","train":1,"validation":0,"test":4},)json"
      R"json({"genre":"Pop","train":0,"validation":1,"test":3}],)json"
      R"json("albums_crossing":2,"artists_crossing":2,"test_songs_with_album_mates":2,)json"
      R"json("test_songs_with_artist_mates":3,"test_songs_with_album_mates_in_training":1,)json"
      R"json("test_songs_with_artist_mates_in_training":2,"songs_without_album":1,"songs_without_artist":1})json";
  EXPECT_EQ(dump_json(to_json(audit)), expected);
}

TEST(SplitAudit, RefusesPartsOfOtherSongs) {
  const std::vector<Song> songs = {make_song("1", "", "", {"Rock"})};
  EXPECT_THROW(audit_split(songs, make_labels(songs, {"Rock"}), {}), ParameterError);
}

}  // namespace
}  // namespace gamut::catalogue
