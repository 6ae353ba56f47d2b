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
