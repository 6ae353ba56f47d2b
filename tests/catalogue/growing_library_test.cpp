#include <gmock/gmock.h>

#include "gamut/catalogue/import.h"
#include "gamut/catalogue/importers.h"
#include "gamut/core/json.h"
#include "tests/catalogue/library.h"
#include "tests/support/test_data.h"

namespace gamut::catalogue {
namespace {

using gamut::test::TemporaryDirectory;
using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

class GrowingLibrary : public testing::Test {
 protected:
  GrowingLibrary() : catalogue_(folder_ / "workspace") {
    for (const char* name : {"1.mp3", "2.mp3", "3.mp3"}) test::write(folder_ / name, "");
  }

  ImportReport import(const std::string& file, const std::string& rows, const ImportOptions& options = {}) {
    test::write(folder_ / file, "path,artist,genres\n" + rows);
    return import_csv(catalogue_, folder_ / file, options);
  }
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const Song& song : catalogue_.songs()) names.push_back(song.name);
    return names;
  }
  std::vector<std::string> genres() const {
    std::vector<std::string> genres;
    for (const GenreCount& count : catalogue_.genre_counts()) genres.push_back(count.genre);
    return genres;
  }

  TemporaryDirectory folder_;
  Catalogue catalogue_;
};

TEST_F(GrowingLibrary, SongsAreAddedChangedAndMissed) {
  EXPECT_THAT(import("a.csv", "1.mp3,X,Rock\n2.mp3,X,Rock\n").missing, IsEmpty());
  const std::int64_t id = catalogue_.songs()[1].id;
  const ImportReport report = import("a.csv", "2.mp3,Y,Rock\n3.mp3,Y,Pop\n");
  EXPECT_EQ(report.added, 1);
  EXPECT_EQ(report.changed, 1);
  EXPECT_EQ(report.unchanged, 0);
  EXPECT_THAT(report.missing, ElementsAre("1.mp3"));
  EXPECT_FALSE(report.missing_removed);
  EXPECT_THAT(names(), ElementsAre("1.mp3", "2.mp3", "3.mp3"));
  EXPECT_EQ(catalogue_.songs()[1].id, id);
}

TEST_F(GrowingLibrary, MissingSongsAreRemovedWithTheirPicturesOnDemandOnly) {
  import("a.csv", "1.mp3,X,Rock\n2.mp3,X,Rock\n");
  const std::int64_t set = catalogue_.picture_set("mel", {{"scale", "mel"}});
  const auto songs = catalogue_.songs();
  catalogue_.put_picture_records(set, {{.song_id = songs[0].id, .row = 0, .checksum = {}, .reason = {}},
                                       {.song_id = songs[1].id, .row = 1, .checksum = {}, .reason = {}}});
  const ImportReport report = import("a.csv", "2.mp3,X,Rock\n", {.remove_missing = true});
  EXPECT_THAT(report.missing, ElementsAre("1.mp3"));
  EXPECT_TRUE(report.missing_removed);
  EXPECT_THAT(names(), ElementsAre("2.mp3"));
  const auto records = catalogue_.picture_records(set);
  ASSERT_EQ(records.size(), 1);
  EXPECT_EQ(records[0].row, 1);
  EXPECT_THAT(import("a.csv", "2.mp3,X,Rock\n").missing, IsEmpty());
}

TEST_F(GrowingLibrary, SongsOfOtherSourcesAreNotMissed) {
  import("a.csv", "1.mp3,X,Rock\n");
  EXPECT_THAT(import("b.csv", "2.mp3,X,Rock\n", {.remove_missing = true}).missing, IsEmpty());
  EXPECT_THAT(names(), ElementsAre("1.mp3", "2.mp3"));
}

TEST_F(GrowingLibrary, ASongBelongsToTheSourceThatHadItLast) {
  import("a.csv", "1.mp3,X,Rock\n2.mp3,X,Rock\n");
  import("b.csv", "2.mp3,X,Rock\n");
  EXPECT_THAT(import("a.csv", "1.mp3,X,Rock\n").missing, IsEmpty());
  EXPECT_THAT(import("b.csv", "").missing, ElementsAre("2.mp3"));
}

TEST_F(GrowingLibrary, ASongWhoseRowIsFaultyStays) {
  import("a.csv", "1.mp3,X,Rock\n2.mp3,X,Rock\n");
  std::filesystem::remove(folder_ / "1.mp3");
  const ImportReport report = import("a.csv", "1.mp3,X,Rock\n2.mp3,X,Rock\n", {.remove_missing = true});
  EXPECT_EQ(report.faults.size(), 1);
  EXPECT_THAT(report.missing, IsEmpty());
  EXPECT_THAT(names(), ElementsAre("1.mp3", "2.mp3"));
}

TEST_F(GrowingLibrary, WhatAnUnreadableRowMayHaveNamedStaysWhileItsFileIsThere) {
  import("a.csv", "1.mp3,X,Rock\n2.mp3,X,Rock\n3.mp3,X,Rock\n");
  std::filesystem::remove(folder_ / "3.mp3");
  const ImportReport report = import("a.csv", "1.mp3,X\n2.mp3,X,Rock\n", {.remove_missing = true});
  EXPECT_THAT(report.missing, ElementsAre("3.mp3"));
  EXPECT_THAT(names(), ElementsAre("1.mp3", "2.mp3"));
}

TEST_F(GrowingLibrary, FoldersAreSeenToShrink) {
  test::write(folder_ / "music/Rock/1.mp3", "");
  test::write(folder_ / "music/Rock/2.mp3", "");
  for (const char* format : {"folders", "tags"}) {
    const Importer& importer = find_importer(format);
    test::write(folder_ / "music/Rock/2.mp3", "");
    importer.import(catalogue_, folder_ / "music", {});
    std::filesystem::remove(folder_ / "music/Rock/2.mp3");
    const ImportReport report = importer.import(catalogue_, folder_ / "music/", {.remove_missing = true});
    EXPECT_THAT(report.missing, ElementsAre("Rock/2.mp3")) << format;
    EXPECT_THAT(names(), ElementsAre("Rock/1.mp3")) << format;
  }
}

TEST_F(GrowingLibrary, ALabelIsRespeltWhereItsSourceCorrectsItEverywhere) {
  import("a.csv", "1.mp3,X,hip-hop\n2.mp3,X,hip-hop\n");
  const ImportReport report = import("a.csv", "1.mp3,X,Hip-Hop\n2.mp3,X,Hip-Hop\n");
  EXPECT_THAT(report.respelt,
              ElementsAre(AllOf(Field(&Respelling::before, "hip-hop"), Field(&Respelling::now, "Hip-Hop"))));
  EXPECT_EQ(report.unchanged, 2);
  EXPECT_THAT(genres(), ElementsAre("Hip-Hop"));
  EXPECT_THAT(import("a.csv", "1.mp3,X,Hip-Hop\n2.mp3,X,Hip-Hop\n").respelt, IsEmpty());
}

TEST_F(GrowingLibrary, ALabelIsNotRespeltByHalfOfItsSongsOrByAnotherSource) {
  import("a.csv", "1.mp3,X,hip-hop\n2.mp3,X,hip-hop\n");
  EXPECT_THAT(import("a.csv", "1.mp3,X,Hip-Hop\n2.mp3,X,hip-hop\n").respelt, IsEmpty());
  EXPECT_THAT(import("b.csv", "3.mp3,X,HIP-HOP\n").respelt, IsEmpty());
  EXPECT_THAT(import("b.csv", "3.mp3,X,HIP-HOP\n").respelt, IsEmpty());
  EXPECT_THAT(genres(), ElementsAre("hip-hop"));
}

}  // namespace
}  // namespace gamut::catalogue
