#include "gamut/catalogue/taxonomy_check.h"

#include <gmock/gmock.h>

#include "gamut/catalogue/taxonomy.h"
#include "tests/catalogue/library.h"
#include "tests/support/test_data.h"

namespace gamut::catalogue {
namespace {

using gamut::test::TemporaryDirectory;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// "kind: message" of each finding in a taxonomy with these rows after the header, in line 1.
std::vector<std::string> findings(const std::string& rows) {
  TemporaryDirectory folder;
  test::write(folder / "t.csv", "subgenre,genre,aliases\n" + rows);
  std::vector<std::string> list;
  for (const TaxonomyFinding& finding : check_taxonomy(read_taxonomy_rows(folder / "t.csv"))) {
    list.push_back(std::string(to_string(finding.fault)) + ": " + finding.message);
  }
  return list;
}

TEST(CheckTaxonomy, FindsNothingInTheDefault) {
  std::vector<std::string> messages;
  for (const auto& finding : check_taxonomy(read_taxonomy_rows("default"))) {
    messages.push_back(finding.message);
  }
  EXPECT_THAT(messages, IsEmpty());
}

TEST(CheckTaxonomy, FindsNothingInNamesWithThemselves) {
  EXPECT_THAT(findings("Rock,Rock,\nPost-Rock,Rock,post rock;Postrock\n"), IsEmpty());
}

TEST(CheckTaxonomy, FindsRowsThatSayNothing) {
  EXPECT_THAT(findings("a,b\n,Rock,\n\"x;y\",Rock,\n"),
              ElementsAre("malformed: line 2: 2 fields where the header has 3",
                          "malformed: line 3: the subgenre is empty",
                          HasSubstr("malformed: line 4: a name contains \";\"")));
}

TEST(CheckTaxonomy, FindsOrphans) {
  EXPECT_THAT(findings("Lost,,\nBop,Jazz,\n"), ElementsAre("orphan: line 2: \"Lost\" has no genre"));
}

TEST(CheckTaxonomy, FindsCyclesWhateverTheCase) {
  const auto two = findings("A,B,\nb,a,\n");
  ASSERT_FALSE(two.empty());
  EXPECT_EQ(two[0], "cycle: line 2: \"A\" → \"b\" → \"A\"; a name cannot be a genre of itself");
  const auto three = findings("a,b,\nb,c,\nc,a,\nd,a,\n");
  EXPECT_EQ(three[0], "cycle: line 2: \"a\" → \"b\" → \"c\" → \"a\"; a name cannot be a genre of itself");
}

TEST(CheckTaxonomy, FindsACycleOfAHundredThousandNames) {
  std::string rows;
  constexpr int kNames = 100'000;
  for (int i = 0; i < kNames; ++i) {
    rows += "n" + std::to_string(i) + "x,n" + std::to_string((i + 1) % kNames) + "x,\n";
  }
  const auto list = findings(rows);
  EXPECT_THAT(list[0], AllOf(HasSubstr("cycle: line 2: \"n0x\" → "), HasSubstr("… (99992 more) → \"n0x\"")));
}

TEST(CheckTaxonomy, FindsGenresThatAreOnlySubgenres) {
  EXPECT_THAT(findings("Techno,Electronic,\nDub Techno,Techno,\n"),
              ElementsAre("nested: line 2: \"Techno\" is a subgenre of \"Electronic\" and a genre of \"Dub "
                          "Techno\", which do not become \"Electronic\" by that; give each its genres, and "
                          "where \"Techno\" is a broad genre too, write \"Techno\",\"Techno\""));
  EXPECT_THAT(findings("Techno,Electronic,\nTechno,Techno,\nDub Techno,Techno,\n"), IsEmpty());
}

TEST(CheckTaxonomy, FindsMoreThanTwoGenres) {
  EXPECT_THAT(findings("x,A,\nx,B,\nX,C,\n"),
              ElementsAre("too many: line 2: \"x\" has 3 genres; the paper's limit is 2",
                          HasSubstr("near-duplicate: line 4: \"X\" is written \"x\" in line 2")));
}

TEST(CheckTaxonomy, FindsNamesThatDifferInCaseHyphenAccentAmpersandOrBlanks) {
  const auto list = findings(
      "Trip Hop,Electronic,\ntrip-hop,Electronic,\nM\u00e9lodie,Pop,\nMelodie,Pop,\nRock & Roll,Rock,\n"
      "Rock and Roll,Rock,\nDub,Electronic,\nDUB,electronic,\n");
  EXPECT_THAT(list, SizeIs(5));
  for (const char* pair :
       {"line 3: \"trip-hop\" is written \"Trip Hop\" in line 2",
        "line 5: \"Melodie\" is written \"M\u00e9lodie\"",
        "line 7: \"Rock and Roll\" is written \"Rock & Roll\" in line 6",
        "line 9: \"DUB\" is written \"Dub\"", "line 9: \"electronic\" is written \"Electronic\" in line 2"}) {
    EXPECT_THAT(list, testing::Contains(HasSubstr(pair)));
  }
}

TEST(CheckTaxonomy, FindsAliasesOfTwo) {
  EXPECT_THAT(
      findings("Bop,Jazz,Swing\nSwing,Jazz,\nRap,Hip-Hop,em-cee\nGrime,Hip-Hop,Em Cee\n"),
      ElementsAre("ambiguous: line 3: \"Swing\" is also a name of line 2; a name belongs to one subgenre",
                  HasSubstr("near-duplicate: line 5: \"Em Cee\" is written \"em-cee\" in line 4")));
}

TEST(CheckTaxonomy, TakesHostileNames) {
  const std::string megabyte(1 << 20, 'x');
  const auto list =
      findings(megabyte + ",Rock,\n" + megabyte + ",,\n\xff\xfe,Rock,\nRock,\xc3(,\n!!!,Rock,...\n");
  EXPECT_THAT(list, ElementsAre(HasSubstr("line 2: the subgenre has 1048576 bytes"),
                                HasSubstr("line 3: the subgenre has 1048576 bytes"),
                                HasSubstr("line 4: the subgenre is not UTF-8"),
                                HasSubstr("line 5: the genre is not UTF-8")));
}

}  // namespace
}  // namespace gamut::catalogue
