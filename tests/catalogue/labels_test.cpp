#include "gamut/catalogue/labels.h"

#include <gmock/gmock.h>

#include "gamut/core/error.h"
#include "tests/catalogue/library.h"

namespace gamut::catalogue {
namespace {

using test::make_song;
using test::message_of;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<Song> library() {
  return {make_song("1", "", "", {"Rock", "Pop"}), make_song("2", "", "", {"Rock"}),
          make_song("3", "", "", {"Jazz"}), make_song("4", "", "", {"Pop"}), make_song("5", "", "", {})};
}

TEST(ChooseGenres, TakesTheLargestTiesByName) {
  EXPECT_THAT(choose_genres(library(), {.top = 2, .list = {}, .exclude = {}}), ElementsAre("Pop", "Rock"));
  EXPECT_THAT(choose_genres(library(), {.top = 2, .list = {}, .exclude = {"Pop", "Unheard"}}),
              ElementsAre("Rock", "Jazz"));
  EXPECT_THAT(choose_genres(library(), {}), ElementsAre("Pop", "Rock", "Jazz"));
}

TEST(ChooseGenres, KeepsTheOrderOfAList) {
  EXPECT_THAT(choose_genres(library(), {.list = {"Rock", "Jazz", "Pop"}, .exclude = {"Jazz"}}),
              ElementsAre("Rock", "Pop"));
}

TEST(ChooseGenres, RefusesWhatCannotBe) {
  EXPECT_THAT(message_of<CatalogueError>([] {
                choose_genres(library(), {.list = {"Rock", "Rcok"}, .exclude = {}});
              }),
              HasSubstr("no song has the genre \"Rcok\""));
  EXPECT_THAT(message_of<ParameterError>([] {
                choose_genres(library(), {.list = {"Rock", "Rock"}, .exclude = {}});
              }),
              HasSubstr("\"Rock\" is listed twice"));
  EXPECT_THAT(
      message_of<ParameterError>([] { choose_genres(library(), {.top = 0, .list = {}, .exclude = {}}); }),
      HasSubstr("genres.top = 0"));
  EXPECT_THAT(message_of<CatalogueError>([] {
                choose_genres(library(), {.list = {}, .exclude = {"Rock", "Pop", "Jazz"}});
              }),
              HasSubstr("no genre is left"));
}

TEST(ChooseGenres, LeavesOutGenresOfTooFewSongs) {
  EXPECT_THAT(choose_genres(library(), {.min_songs = 2, .list = {}, .exclude = {}}),
              ElementsAre("Pop", "Rock"));
  EXPECT_THAT(choose_genres(library(), {.min_songs = 2, .list = {"Jazz", "Rock"}, .exclude = {}}),
              ElementsAre("Rock"));
  EXPECT_THAT(message_of<CatalogueError>(
                  [] { choose_genres(library(), {.min_songs = 3, .list = {}, .exclude = {}}); }),
              HasSubstr("no genre is left of 5 songs after `exclude` and min_songs = 3"));
  EXPECT_THAT(message_of<ParameterError>(
                  [] { choose_genres(library(), {.min_songs = 0, .list = {}, .exclude = {}}); }),
              HasSubstr("genres.min_songs = 0"));
}

TEST(ChooseGenres, ComparesWithoutCaseAndAnswersAsTheSongsWrite) {
  std::vector<Song> songs = library();
  songs[1].genres = {"ROCK", "rock"};
  EXPECT_THAT(choose_genres(songs, {.top = 2, .list = {}, .exclude = {}}), ElementsAre("Pop", "Rock"));
  EXPECT_THAT(choose_genres(songs, {.list = {"jazz", "rock"}, .exclude = {"JAZZ"}}), ElementsAre("Rock"));
  EXPECT_THAT(message_of<ParameterError>([&] {
                choose_genres(songs, {.list = {"rock", "Rock"}, .exclude = {}});
              }),
              HasSubstr("\"Rock\" is listed twice"));
  EXPECT_THAT(make_labels(songs, {"rOCK"}).values, ElementsAre(1, 1, 0, 0, 0));
  EXPECT_EQ(genre_consequences(songs, {"Rock"}).genres.at(0).songs, 2);
}

TEST(GenreConsequences, CountsWhatAChoiceLeaves) {
  const auto result = genre_consequences(library(), {"Rock", "Pop"});
  EXPECT_EQ(result.songs, 5);
  EXPECT_EQ(result.chosen, 3);
  EXPECT_EQ(result.left_without, 1);
  EXPECT_EQ(result.without_genre, 1);
  EXPECT_DOUBLE_EQ(result.cardinality, 4.0 / 3);
  EXPECT_EQ(result.label_sets, 3);
  EXPECT_EQ(result.single_song_sets, 3);
  ASSERT_EQ(result.left_out.size(), 1U);
  EXPECT_EQ(result.left_out[0].genre, "Jazz");
  EXPECT_EQ(result.left_out[0].songs, 1);
  EXPECT_EQ(describe(result),
            "2 genres of 3: from Pop with 2 songs to Rock with 2\n"
            "genres left out, with their songs: Jazz (1)\n"
            "3 of 5 songs have one of them or more; 1 have other genres only, 1 have none\n"
            "1.33 labels a song, 3 label sets, 3 of them of one song");
}

TEST(GenreConsequences, OfNothingAreZero) {
  const auto result = genre_consequences({}, {});
  EXPECT_EQ(result.cardinality, 0);
  EXPECT_EQ(describe(result),
            "0 of 0 songs have one of them or more; 0 have other genres only, 0 have none\n"
            "0.00 labels a song, 0 label sets, 0 of them of one song");
}

TEST(GenreConsequences, NameFiveOfTheGenresLeftOut) {
  std::vector<Song> songs;
  for (const char* genre : {"a", "b", "c", "d", "e", "f", "g", "h"}) {
    songs.push_back(make_song(genre, "", "", {genre, "Rock"}));
  }
  EXPECT_THAT(describe(genre_consequences(songs, {"Rock"})),
              HasSubstr("genres left out, with their songs: a (1), b (1), c (1), d (1), e (1), 3 more\n"));
}

TEST(MakeLabels, HasOneRowASongAndDropsOtherGenres) {
  const auto labels = make_labels(library(), {"Rock", "Jazz"});
  EXPECT_THAT(labels.values, ElementsAre(1, 0, 1, 0, 0, 1, 0, 0, 0, 0));
  EXPECT_TRUE(labels.has(2, 1));
}

TEST(LabelSets, AreTheDistinctRows) {
  const auto labels = make_labels(library(), {"Rock", "Pop"});
  const std::vector<std::size_t> songs = {4, 3, 2, 1, 0};
  EXPECT_THAT(label_sets(labels, songs),
              ElementsAre(ElementsAre(4, 2), ElementsAre(3), ElementsAre(1), ElementsAre(0)));
}

}  // namespace
}  // namespace gamut::catalogue
