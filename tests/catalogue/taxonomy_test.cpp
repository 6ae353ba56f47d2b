#include "gamut/catalogue/taxonomy.h"

#include <gmock/gmock.h>

#include "gamut/core/error.h"
#include "tests/catalogue/library.h"
#include "tests/support/test_data.h"

namespace gamut::catalogue {
namespace {

using gamut::test::TemporaryDirectory;
using test::message_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

TEST(Taxonomy, LoadsPairsAndIgnoresOtherColumnsAndRepeats) {
  TemporaryDirectory folder;
  test::write(
      folder / "t.csv",
      "note,subgenre,genre\n,trip hop,Hip-Hop\n,trip hop,Electronic\n,trip hop,Hip-Hop\nx, dub ,Reggae\n");
  const auto taxonomy = Taxonomy::load(folder / "t.csv");
  EXPECT_THAT(taxonomy.subgenres().at("trip hop"), ElementsAre("Hip-Hop", "Electronic"));
  EXPECT_THAT(taxonomy.genres_of({"trip hop", "dub", "unheard of"}),
              ElementsAre("Electronic", "Hip-Hop", "Reggae"));
  EXPECT_TRUE(taxonomy.contains("dub"));
  EXPECT_FALSE(taxonomy.contains("dubstep"));
  EXPECT_THAT(taxonomy.genres_of({}), IsEmpty());
}

TEST(Taxonomy, ListsEveryMalformedRowWithItsLine) {
  TemporaryDirectory folder;
  test::write(folder / "t.csv", "subgenre,genre\nok,Rock\n,Rock\nx,\na,b,c\na;b,Rock\n");
  const std::string message = message_of<CatalogueError>([&] { Taxonomy::load(folder / "t.csv"); });
  EXPECT_THAT(message, HasSubstr("t.csv:3: the subgenre is empty"));
  EXPECT_THAT(message, HasSubstr("t.csv:4: the genre is empty"));
  EXPECT_THAT(message, HasSubstr("t.csv:5: 3 fields where the header has 2"));
  EXPECT_THAT(message, HasSubstr("t.csv:6: a name contains \";\""));
}

TEST(Taxonomy, NamesAMissingColumn) {
  TemporaryDirectory folder;
  test::write(folder / "t.csv", "subgenre,kind\nx,y\n");
  EXPECT_THAT(message_of<CatalogueError>([&] { Taxonomy::load(folder / "t.csv"); }),
              HasSubstr("no column `genre`"));
}

TEST(Taxonomy, ComparesNamesWithoutCaseAndNormalFormAndKeepsTheFirstSpelling) {
  TemporaryDirectory folder;
  test::write(folder / "t.csv",
              "subgenre,genre\nM\u00e9lodie,Classical\nME\u0301LODIE,classical\nMe\u0301lodie,POP\n");
  const auto taxonomy = Taxonomy::load(folder / "t.csv");
  EXPECT_THAT(taxonomy.subgenres(), ElementsAre(Pair("M\u00e9lodie", ElementsAre("Classical", "POP"))));
  EXPECT_EQ(taxonomy.find(" me\u0301lodie "), "M\u00e9lodie");
  EXPECT_EQ(taxonomy.find("melodie"), std::nullopt);
  EXPECT_EQ(taxonomy.find_genre("pop"), "POP");
  EXPECT_THAT(taxonomy.genres(), ElementsAre("Classical", "POP"));
}

TEST(Taxonomy, AliasesStandForTheirSubgenre) {
  TemporaryDirectory folder;
  test::write(folder / "t.csv",
              "subgenre,genre,aliases\nDrum & Bass,Electronic,DnB;D&B\nDrum & Bass,Dance,drum'n'bass;dnb\n");
  const auto taxonomy = Taxonomy::load(folder / "t.csv");
  EXPECT_EQ(taxonomy.find("DNB"), "Drum & Bass");
  EXPECT_THAT(taxonomy.genres_of({"Drum'n'Bass"}), ElementsAre("Dance", "Electronic"));
  EXPECT_THAT(taxonomy.aliases_of("Drum & Bass"), ElementsAre("DnB", "D&B", "drum'n'bass"));
  EXPECT_THAT(taxonomy.aliases_of("Jungle"), IsEmpty());
}

TEST(Taxonomy, RefusesAnAliasOfTwo) {
  TemporaryDirectory folder;
  test::write(folder / "t.csv",
              "subgenre,genre,aliases\nBop,Jazz,swing\nSwing,Jazz,\nRap,Hip-Hop,MC\nGrime,Hip-Hop,mc\n");
  EXPECT_EQ(message_of<CatalogueError>([&] { Taxonomy::load(folder / "t.csv"); }),
            (folder / "t.csv").string() +
                ":2: the alias \"swing\" of \"Bop\" is also a name of \"Swing\"; a name belongs to one\n" +
                (folder / "t.csv").string() +
                ":5: the alias \"mc\" of \"Grime\" is also a name of \"Rap\"; a name belongs to one");
}

TEST(Taxonomy, RefusesNamesThatAreNoText) {
  TemporaryDirectory folder;
  test::write(folder / "t.csv", "subgenre,genre,aliases\nM\xe9lodie,Pop,\n" + std::string(1 << 20, 'x') +
                                    ",Pop,\nok,Pop,\xff\n");
  const std::string message = message_of<CatalogueError>([&] { Taxonomy::load(folder / "t.csv"); });
  EXPECT_THAT(message, HasSubstr("t.csv:2: the subgenre is not UTF-8; save the file as UTF-8"));
  EXPECT_THAT(message, HasSubstr("t.csv:3: the subgenre has 1048576 bytes; at most 1000 bytes make a name"));
  EXPECT_THAT(message, HasSubstr("t.csv:4: the alias is not UTF-8"));
  EXPECT_LT(message.size(), 1000U);
}

TEST(DefaultTaxonomy, HasThePapersGenresAndThreeHundredSubgenres) {
  const auto taxonomy = Taxonomy::load("default");
  EXPECT_THAT(taxonomy.genres(), ElementsAre("Ambient", "Classical", "Dance", "Electronic", "Experimental",
                                             "Folk", "Hip-Hop", "Industrial & Noise", "Jazz", "Metal", "Pop",
                                             "Psychedelia", "Punk", "R&B", "Rock", "Singer-Songwriter"));
  EXPECT_GE(taxonomy.subgenres().size(), 16U + 300U);
  for (const std::string& genre : taxonomy.genres()) {
    EXPECT_THAT(taxonomy.genres_of({genre}), ElementsAre(genre));
  }
  EXPECT_THAT(taxonomy.genres_of({"trip hop"}), ElementsAre("Electronic", "Hip-Hop"));
  EXPECT_THAT(taxonomy.genres_of({"RnB", "DSBM"}), ElementsAre("Metal", "R&B"));
}

}  // namespace
}  // namespace gamut::catalogue
