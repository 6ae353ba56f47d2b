#include "gamut/catalogue/label_map.h"

#include <gmock/gmock.h>

#include "tests/catalogue/library.h"
#include "tests/support/test_data.h"

namespace gamut::catalogue {
namespace {

using gamut::test::TemporaryDirectory;
using testing::ElementsAre;
using testing::IsEmpty;

Song labelled(LabelMap& map, const std::string& value) {
  Song song;
  EXPECT_TRUE(map.label(song, value)) << value;
  return song;
}

TEST(LabelMap, ComparesAllLettersWithoutCaseAndInAnyNormalForm) {
  Taxonomy taxonomy;
  taxonomy.add("Música Popular", "Latin");
  LabelMap map(taxonomy, {"ČESKÁ HUDBA"}, std::nullopt);
  EXPECT_THAT(labelled(map, "MÚSICA  popular").subgenres, ElementsAre("Música Popular"));
  EXPECT_THAT(labelled(map, "Mu\xcc\x81sica Popular").genres, ElementsAre("Latin"));
  EXPECT_THAT(labelled(map, "česká hudba").genres, ElementsAre("ČESKÁ HUDBA"));
  EXPECT_FALSE(map.knows("Musica Popular"));
}

TEST(LabelMap, KnowsTheTaxonomysAliases) {
  LabelMap map(Taxonomy::load("default"), {}, std::nullopt);
  const Song song = labelled(map, "kankyo ongaku");
  EXPECT_THAT(song.subgenres, ElementsAre("Environmental Music"));
  EXPECT_THAT(song.genres, ElementsAre("Ambient"));
}

TEST(LabelMap, AGenresNameMeansTheGenreThoughASubgenreGoesByItToo) {
  Taxonomy taxonomy;
  taxonomy.add("Roots", "Reggae");
  ASSERT_TRUE(taxonomy.add_alias("Roots", "reggae"));
  LabelMap map(taxonomy, {}, std::nullopt);
  EXPECT_THAT(labelled(map, "Reggae").subgenres, IsEmpty());
}

TEST(LabelMap, AnAliasFileMayNameATaxonomysAliasAndOverrulesIt) {
  TemporaryDirectory folder;
  Taxonomy taxonomy;
  taxonomy.add("Drum & Bass", "Electronic");
  taxonomy.add("Jungle", "Electronic");
  ASSERT_TRUE(taxonomy.add_alias("Drum & Bass", "DnB"));
  test::write(folder / "aliases.csv", "value,label\nd'n'b,dnb\nDNB,jungle\n");
  LabelMap map(taxonomy, {}, folder / "aliases.csv");
  EXPECT_THAT(labelled(map, "D'N'B").subgenres, ElementsAre("Drum & Bass"));
  EXPECT_THAT(labelled(map, "dnb").subgenres, ElementsAre("Jungle"));
}

}  // namespace
}  // namespace gamut::catalogue
