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
  EXPECT_FALSE(taxonomy.contains("Dub"));
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

}  // namespace
}  // namespace gamut::catalogue
