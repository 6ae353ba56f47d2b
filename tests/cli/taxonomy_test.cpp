#include <gmock/gmock.h>

#include "gamut/core/json.h"
#include "tests/cli/program_test.h"

namespace gamut::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class TaxonomyVerb : public ProgramTest {};

TEST_F(TaxonomyVerb, ShowsTheDefault) {
  const Result all = gamut({"taxonomy", "show"});
  EXPECT_EQ(all.code, 0) << all.err;
  EXPECT_THAT(all.out, AllOf(StartsWith("Ambient  ("), HasSubstr("\nSinger-Songwriter  ("),
                             HasSubstr("\n  Bebop  [Be-Bop; Bop]\n")));
  const Result one = gamut({"taxonomy", "show", "--genre", "JAZZ"});
  EXPECT_THAT(one.out, AllOf(StartsWith("Jazz  ("), Not(HasSubstr("Techno"))));
  const Result none = gamut({"taxonomy", "show", "--genre", "Jaz"});
  EXPECT_EQ(none.code, 2);
  EXPECT_THAT(none.err, HasSubstr("--genre Jaz: the taxonomy has no such genre; it has Ambient, Classical"));
}

TEST_F(TaxonomyVerb, ShowsJsonAndTheFileItself) {
  const Json json = Json::parse(gamut({"taxonomy", "show", "--json"}).out);
  EXPECT_EQ(json.size(), 16U);
  EXPECT_EQ(json["Jazz"]["Bebop"], Json({"Be-Bop", "Bop"}));
  const Result csv = gamut({"taxonomy", "show", "--csv"});
  EXPECT_EQ(csv.out, load_text(GAMUT_SOURCE_DIR "/data/taxonomy.csv"));
}

TEST_F(TaxonomyVerb, ChecksAndSaysSoByItsExitCode) {
  const Result good = gamut({"taxonomy", "check"});
  EXPECT_EQ(good.code, 0) << good.out;
  EXPECT_THAT(good.out, IsEmpty());
  write("t.csv", "subgenre,genre\na,b\nb,a\n");
  const Result bad = gamut({"taxonomy", "check", "t.csv"});
  EXPECT_EQ(bad.code, 1);
  EXPECT_THAT(bad.out, StartsWith("cycle: line 2: \"a\" → \"b\" → \"a\""));
  EXPECT_EQ(Json::parse(gamut({"taxonomy", "check", "t.csv", "--json"}).out).at(0).at("fault"), "cycle");
}

TEST_F(TaxonomyVerb, SuggestsForALibraryAndMapsNothing) {
  write("songs.csv", "path,genres\na.mp3,Rock;triphop\nb.mp3,TripHop\nc.mp3,Xylophagy\n");
  ASSERT_EQ(gamut({"import", "songs.csv", "--no-check-files"}).code, 0);
  const std::string before = gamut({"genres"}).out;
  const Result result = gamut({"taxonomy", "suggest"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("       2  triphop  ->  Trip-Hop (1.00)"));
  EXPECT_THAT(result.out, HasSubstr("\n       1  Xylophagy  ->  nothing alike\n"));
  EXPECT_THAT(result.err, HasSubstr("2 of 3 labels are not in the taxonomy; nothing was mapped"));
  EXPECT_EQ(gamut({"genres"}).out, before);
}

TEST_F(TaxonomyVerb, SuggestsForAListOfLabels) {
  write("labels.txt", "Tehcno\n\nRock\r\nTehcno\n");
  const Json json = Json::parse(gamut({"taxonomy", "suggest", "--labels", "labels.txt", "--json"}).out);
  ASSERT_EQ(json.size(), 1U);
  EXPECT_EQ(json[0]["label"], "Tehcno");
  EXPECT_EQ(json[0]["songs"], 2);
  EXPECT_EQ(json[0]["nearest"][0]["subgenre"], "Techno");
}

TEST_F(TaxonomyVerb, ImportTakesTheDefault) {
  write("songs.csv", "path,subgenres\na.mp3,DnB;be-bop\nb.mp3,ROCK\n");
  const Result result = gamut({"import", "songs.csv", "--no-check-files", "--taxonomy", "default"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(gamut({"genres"}).out,
              AllOf(HasSubstr("Dance"), HasSubstr("Electronic"), HasSubstr("Jazz"), HasSubstr("Rock")));
}

}  // namespace
}  // namespace gamut::test
