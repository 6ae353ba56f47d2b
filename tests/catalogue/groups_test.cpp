#include "gamut/catalogue/groups.h"

#include <gmock/gmock.h>

#include "gamut/core/error.h"
#include "tests/catalogue/library.h"

namespace gamut::catalogue {
namespace {

using test::make_song;
using test::message_of;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(AlbumGroups, OneTitleByTwoArtistsIsTwoAlbums) {
  const std::vector<Song> songs = {make_song("a/1.mp3", "Abba", "Greatest Hits", {}),
                                   make_song("q/1.mp3", "Queen", "Greatest Hits", {}),
                                   make_song("a/2.mp3", "Abba", "Greatest Hits", {})};
  EXPECT_THAT(album_groups(songs).of_song, ElementsAre(0, 1, 0));
}

TEST(AlbumGroups, CompilationInOneFolderIsOneAlbum) {
  const std::vector<Song> songs = {make_song("now/1.mp3", "Abba", "Now 1", {}),
                                   make_song("now/2.mp3", "Queen", "Now 1", {}),
                                   make_song("now/3.mp3", "", "Now 1", {})};
  const Groups groups = album_groups(songs);
  EXPECT_THAT(groups.of_song, ElementsAre(0, 0, 0));
  EXPECT_EQ(groups.count, 1u);
}

TEST(AlbumGroups, DiscsInFoldersOfTheirOwnHangTogetherThroughAnArtist) {
  const std::vector<Song> songs = {
      make_song("cd1/1.mp3", "Abba", "Set", {}), make_song("cd1/2.mp3", "Queen", "Set", {}),
      make_song("cd2/1.mp3", "Queen", "Set", {}), make_song("cd2/2.mp3", "Kiss", "Set", {})};
  EXPECT_THAT(album_groups(songs).of_song, ElementsAre(0, 0, 0, 0));
}

TEST(AlbumGroups, WithoutArtistTheTitleDecides) {
  const std::vector<Song> songs = {make_song("x/1.mp3", "", "Live", {}), make_song("y/1.mp3", "", "Live", {}),
                                   make_song("y/2.mp3", "", "", {})};
  EXPECT_THAT(album_groups(songs).of_song, ElementsAre(0, 0, kNoGroup));
}

TEST(AlbumNames, TellAlbumsOfOneTitleApart) {
  const std::vector<Song> songs = {
      make_song("a/1.mp3", "Abba", "Greatest Hits", {}), make_song("q/1.mp3", "Queen", "Greatest Hits", {}),
      make_song("x/1.mp3", "", "Greatest Hits", {}),     make_song("a/2.mp3", "Abba", "Greatest Hits", {}),
      make_song("q/2.mp3", "Queen", "Jazz", {}),         make_song("q/3.mp3", "Queen", "", {})};
  EXPECT_THAT(album_names(songs), ElementsAre("Greatest Hits (Abba)", "Greatest Hits (Queen)",
                                              "Greatest Hits", "Greatest Hits (Abba)", "Jazz", ""));
}

TEST(AlbumNames, ACompilationHasOneName) {
  const std::vector<Song> songs = {make_song("now/1.mp3", "Abba", "Now", {}),
                                   make_song("now/2.mp3", "Queen", "Now", {}),
                                   make_song("k/1.mp3", "Kiss", "Now", {})};
  EXPECT_THAT(album_names(songs), ElementsAre("Now (Abba)", "Now (Abba)", "Now (Kiss)"));
}

TEST(ArtistGroups, UnknownArtistHasNoGroup) {
  const std::vector<Song> songs = {make_song("1", "B", "", {}), make_song("2", "", "", {}),
                                   make_song("3", "A", "", {}), make_song("4", "B", "", {})};
  EXPECT_THAT(artist_groups(songs).of_song, ElementsAre(0, kNoGroup, 1, 0));
  EXPECT_THAT(make_groups(songs, GroupBy::none).of_song, ElementsAre(0, 1, 2, 3));
}

TEST(GroupBy, WordsRoundTripAndOthersAreRefused) {
  for (GroupBy group_by : {GroupBy::none, GroupBy::album, GroupBy::artist}) {
    EXPECT_EQ(parse_group_by(to_string(group_by)), group_by);
  }
  EXPECT_THAT(message_of<ParameterError>([] { parse_group_by("label"); }),
              HasSubstr("unknown group_by \"label\"; known are none, album and artist"));
}

}  // namespace
}  // namespace gamut::catalogue
