#include <gmock/gmock.h>

#include "gamut/catalogue/import.h"
#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "tests/catalogue/library.h"
#include "tests/support/test_data.h"

namespace gamut::catalogue {
namespace {

using gamut::test::TemporaryDirectory;
using test::message_of;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;

class ImportCsv : public testing::Test {
 protected:
  ImportCsv() : catalogue_(folder_ / "workspace") {
    test::write(
        taxonomy(),
        "subgenre,genre\ntrip hop,Hip-Hop\ntrip hop,Electronic\nshoegaze,Rock\npunk,Punk\nemo,Punk\n");
    for (const char* name : {"1.mp3", "2.mp3", "3.mp3", "4.mp3"})
      test::write(folder_ / name, "not yet judged");
  }

  std::filesystem::path taxonomy() const { return folder_ / "taxonomy.csv"; }
  std::filesystem::path csv() const { return folder_ / "songs.csv"; }

  ImportReport import(const std::string& text, bool check_files = true, bool with_taxonomy = true) {
    test::write(csv(), text);
    ImportOptions options{.taxonomy = {}, .check_files = check_files};
    if (with_taxonomy) options.taxonomy = taxonomy();
    return import_csv(catalogue_, csv(), options);
  }

  TemporaryDirectory folder_;
  Catalogue catalogue_;
};

TEST_F(ImportCsv, ReadsColumnsInAnyOrderAndIgnoresOthers) {
  const auto report = import(
      "year,subgenres,title,path,album,artist\n1998, trip hop ; shoegaze;trip hop,Teardrop,1.mp3,Mezzanine, "
      "Massive Attack \n");
  EXPECT_EQ(report.added, 1);
  EXPECT_THAT(report.faults, IsEmpty());
  const Song song = catalogue_.songs().at(0);
  EXPECT_EQ(song.name, "1.mp3");
  EXPECT_EQ(song.path, folder_ / "1.mp3");
  EXPECT_EQ(song.artist, "Massive Attack");
  EXPECT_EQ(song.album, "Mezzanine");
  EXPECT_EQ(song.title, "Teardrop");
  EXPECT_THAT(song.subgenres, ElementsAre("trip hop", "shoegaze"));
  EXPECT_THAT(song.genres, ElementsAre("Electronic", "Hip-Hop", "Rock"));
}

TEST_F(ImportCsv, ListsEveryFaultWithItsLineAndImportsTheRest) {
  std::filesystem::create_directory(folder_ / "folder.mp3");
  const auto report = import(
      "path,subgenres\n"
      "1.mp3,punk\n"            // 2
      "2.mp3,polka;schlager\n"  // 3
      "./1.mp3,punk\n"          // 4: the same file
      "absent.mp3,punk\n"       // 5
      "3.mp3,punk,surplus\n"    // 6
      ",punk\n"                 // 7
      "folder.mp3,punk\n"       // 8
      "gone.mp3,polka\n"        // 9: two faults, one line
      "4.mp3,\n"                // 10
      "\"3.mp3,punk\n");        // 11: the quote stays open
  const std::string csv_name = csv().string();
  ASSERT_EQ(report.faults.size(), 8u);
  EXPECT_EQ(report.faults[0],
            csv_name + ":3: unknown subgenre \"polka\" and \"schlager\", not in " + taxonomy().string());
  EXPECT_EQ(report.faults[1], csv_name + ":4: duplicate path, first on line 2: ./1.mp3");
  EXPECT_EQ(report.faults[2], csv_name + ":5: no such file: " + (folder_ / "absent.mp3").string());
  EXPECT_EQ(report.faults[3], csv_name + ":6: 3 fields where the header has 2");
  EXPECT_EQ(report.faults[4], csv_name + ":7: the path is empty");
  EXPECT_EQ(report.faults[5], csv_name + ":8: a directory, not a file: " + (folder_ / "folder.mp3").string());
  EXPECT_THAT(report.faults[6], HasSubstr(":9: no such file: "));
  EXPECT_THAT(report.faults[6], HasSubstr("; unknown subgenre \"polka\""));
  EXPECT_EQ(report.faults[7], csv_name + ":11: a quote is never closed");
  EXPECT_EQ(report.added, 2);
  EXPECT_EQ(report.without_labels, 1);
  EXPECT_EQ(catalogue_.song_count(), 2);
}

TEST_F(ImportCsv, TwiceChangesNothing) {
  const std::string text = "path,artist,subgenres\n1.mp3,A,punk\n2.mp3,B,\n";
  import(text);
  const auto before = catalogue_.songs();
  const auto report = import(text);
  EXPECT_EQ(report.added, 0);
  EXPECT_EQ(report.changed, 0);
  EXPECT_EQ(report.unchanged, 2);
  EXPECT_EQ(report.without_labels, 1);
  EXPECT_EQ(catalogue_.songs().size(), before.size());
}

TEST_F(ImportCsv, UpdatesChangedLabels) {
  import("path,subgenres\n1.mp3,punk\n2.mp3,punk\n");
  const auto report = import("path,subgenres\n1.mp3,shoegaze\n2.mp3,punk\n");
  EXPECT_EQ(report.changed, 1);
  EXPECT_EQ(report.unchanged, 1);
  EXPECT_THAT(catalogue_.songs().at(0).genres, ElementsAre("Rock"));
}

TEST_F(ImportCsv, UpdatesGenresWhenTheTaxonomyChanges) {
  import("path,subgenres\n1.mp3,emo\n");
  test::write(taxonomy(), "subgenre,genre\nemo,Rock\n");
  EXPECT_EQ(import("path,subgenres\n1.mp3,emo\n").changed, 1);
  EXPECT_THAT(catalogue_.songs().at(0).genres, ElementsAre("Rock"));
}

TEST_F(ImportCsv, ReadsLengthsAndCountsWhatIsNone) {
  const auto report =
      import("path,duration,subgenres\n1.mp3, 217.5 ,punk\n2.mp3,,punk\n3.mp3,3:45,punk\n4.mp3,-1,punk\n");
  EXPECT_EQ(report.added, 4);
  EXPECT_THAT(report.faults, IsEmpty());
  EXPECT_THAT(report.warnings,
              ElementsAre(testing::AllOf(testing::StartsWith("2 declared lengths are no numbers"),
                                         EndsWith("songs.csv:4: \"3:45\""))));
  EXPECT_EQ(catalogue_.songs().at(0).declared_s, 217.5);
  for (std::size_t i : {1u, 2u, 3u}) EXPECT_EQ(catalogue_.songs().at(i).declared_s, std::nullopt);
}

TEST_F(ImportCsv, ALengthAloneIsAChange) {
  import("path,subgenres\n1.mp3,punk\n2.mp3,punk\n");
  const std::string text = "path,subgenres,duration_s\n1.mp3,punk,200\n2.mp3,punk,\n";
  const auto report = import(text);
  EXPECT_EQ(report.changed, 1);
  EXPECT_EQ(report.unchanged, 1);
  EXPECT_EQ(catalogue_.songs().at(0).declared_s, 200);
  EXPECT_EQ(import(text).unchanged, 2);
}

TEST_F(ImportCsv, StrangePathsSurvive) {
  const std::string name = "a \"b\", c\nd 「e」 \xe9\xff .mp3";
  test::write(folder_ / name, "x");
  const auto report = import("path,genres\n" + csv_row({name, "Rock"}), true, false);
  EXPECT_THAT(report.faults, IsEmpty());
  EXPECT_EQ(catalogue_.songs().at(0).name, name);
  EXPECT_TRUE(std::filesystem::exists(catalogue_.songs().at(0).path));
}

TEST_F(ImportCsv, MessagesStayOnOneLine) {
  const auto report = import("path,genres\n\"no\nsuch\",Rock\n");
  ASSERT_EQ(report.faults.size(), 1u);
  EXPECT_THAT(report.faults[0], EndsWith("no\\nsuch"));
  EXPECT_THAT(report.faults[0], HasSubstr(":2: "));
}

TEST_F(ImportCsv, WithoutFileChecksNeedsNoFiles) {
  EXPECT_EQ(import("path,genres\nabsent/1.flac,Rock\n/else where/2.flac,Rock\n", false).added, 2);
  EXPECT_EQ(catalogue_.songs().at(0).path, folder_ / "absent/1.flac");
  EXPECT_EQ(catalogue_.songs().at(1).path, "/else where/2.flac");
}

TEST_F(ImportCsv, UsesBothSubgenresAndGenres) {
  import("path,subgenres,genres\n1.mp3,punk,Rock;Punk\n");
  EXPECT_THAT(catalogue_.songs().at(0).genres, ElementsAre("Punk", "Rock"));
}

TEST_F(ImportCsv, WarnsPastThePapersLimits) {
  test::write(taxonomy(), "subgenre,genre\na,X\na,Y\na,Z\nb,X\nc,X\nd,X\n");
  const auto report = import("path,subgenres\n1.mp3,a;b;c\n2.mp3,a;b;c;d\n");
  EXPECT_THAT(report.warnings,
              ElementsAre(taxonomy().string() + ": the subgenre \"a\" has 3 genres; the paper's limit is 2",
                          csv().string() + ":3: 4 subgenres; the paper's limit is 3 a song"));
  EXPECT_EQ(report.added, 2);
}

TEST_F(ImportCsv, SubgenresNeedATaxonomyUnlessTheyAreEmpty) {
  EXPECT_THAT(
      message_of<CatalogueError>([&] { import("path,subgenres\n1.mp3,\n2.mp3,punk\n", true, false); }),
      HasSubstr("songs.csv:3: subgenres need a taxonomy"));
  EXPECT_THAT(message_of<CatalogueError>([&] { import("path,subgenres\n1.mp3,punk\n", true, false); }),
              HasSubstr("--taxonomy FILE"));
  EXPECT_EQ(catalogue_.song_count(), 0);
  EXPECT_EQ(import("path,subgenres,genres\n1.mp3,,Rock\n2.mp3,,\n", true, false).added, 2);
}

TEST_F(ImportCsv, NamesTheColumnsThatAreThere) {
  EXPECT_THAT(message_of<CatalogueError>([&] { import("file,genres\n1.mp3,Rock\n"); }),
              HasSubstr("needs the columns `path` and `subgenres` or `genres`; this file has file,genres"));
  EXPECT_THAT(message_of<CatalogueError>([&] { import("path,artist\n1.mp3,Rock\n"); }),
              HasSubstr("path,artist"));
}

TEST_F(ImportCsv, RefusesWhatIsNotThere) {
  EXPECT_THROW(import_csv(catalogue_, folder_ / "absent.csv", {}), FileError);
  EXPECT_THROW(import(""), FileError);
  std::filesystem::remove(taxonomy());
  EXPECT_THROW(import("path,genres\n1.mp3,Rock\n"), FileError);
}

}  // namespace
}  // namespace gamut::catalogue
