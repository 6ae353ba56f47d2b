#include <gmock/gmock.h>

#include "gamut/catalogue/importers.h"
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

constexpr const char* kHeader = "TRACK_ID\tARTIST_ID\tALBUM_ID\tPATH\tDURATION\tTAGS\n";

class ImportJamendo : public testing::Test {
 protected:
  ImportJamendo() : catalogue_(folder_ / "workspace") {
    test::write(
        folder_ / "data/autotagging.tsv",
        kHeader + std::string("track_0000214\tartist_000014\talbum_000031\t14/214.mp3\t124.6\t"
                              "genre---punkrock\tgenre---rock\tinstrument---guitar\n"
                              "track_0000215\tartist_000014\talbum_000031\t15/215.mp3\t151.4\t"
                              "mood/theme---\"dark\"\n"
                              "track_0000216\tartist_000015\talbum_000032\t16/216.mp3\t1.0\n"
                              "track_0000217\tartist_000016\talbum_000033\t17/217.mp3\t1.0\tgenre---rock\n"
                              "track_0000218\tartist_000016\talbum_000033\t18/218.mp3\t1.0\tgenre---rock\n"));
    test::write(folder_ / "audio/14/214.mp3", "");
    test::write(folder_ / "audio/15/215.low.mp3", "");
    test::write(folder_ / "audio/17/217.mp3", "");
  }

  ImportReport import(ImportOptions options = {}) {
    const auto source = folder_ / "data/autotagging.tsv";
    EXPECT_EQ(detect_importer(source).name, "jamendo");
    options.audio = folder_ / "audio";
    return find_importer("jamendo").import(catalogue_, source, options);
  }

  TemporaryDirectory folder_;
  Catalogue catalogue_;
};

TEST_F(ImportJamendo, TakesGenresFromTheSixthFieldOn) {
  const auto report = import();
  const std::string tsv = (folder_ / "data/autotagging.tsv").string();
  EXPECT_THAT(
      report.faults,
      ElementsAre(tsv + ":4: 5 fields where the header has 6",
                  tsv + ":6: track_0000218: no such file: " + (folder_ / "audio/18/218.mp3").string()));
  const auto songs = catalogue_.songs();
  ASSERT_EQ(songs.size(), 3u);
  EXPECT_EQ(songs[0].name, "14/214.mp3");
  EXPECT_EQ(songs[0].artist, "artist_000014");
  EXPECT_EQ(songs[0].album, "album_000031");
  EXPECT_THAT(songs[0].genres, ElementsAre("punkrock", "rock"));
  EXPECT_EQ(songs[1].path, folder_ / "audio/15/215.low.mp3");
  EXPECT_THAT(songs[1].genres, IsEmpty());
  EXPECT_EQ(report.without_labels, 1);
  EXPECT_EQ(songs[0].declared_s, 124.6);
  EXPECT_EQ(songs[1].declared_s, 151.4);
  EXPECT_THAT(report.warnings, IsEmpty());
}

TEST_F(ImportJamendo, ALengthThatIsNoneIsLeftOutAndCounted) {
  test::write(
      folder_ / "data/autotagging.tsv",
      kHeader + std::string("track_0000214\tartist_000014\talbum_000031\t14/214.mp3\t-1.0\tgenre---rock\n"
                            "track_0000215\tartist_000014\talbum_000031\t15/215.mp3\t0.0\tgenre---rock\n"));
  const auto report = import();
  EXPECT_EQ(report.added, 2);
  EXPECT_THAT(report.warnings, ElementsAre(testing::EndsWith("autotagging.tsv:2: \"-1.0\"")));
  for (const Song& song : catalogue_.songs()) EXPECT_EQ(song.declared_s, std::nullopt);
}

TEST_F(ImportJamendo, TakesOverAPublishedSplit) {
  const std::string rest = "\tartist_000014\talbum_000031\t14/214.mp3\t124.6\tgenre---rock\n";
  test::write(folder_ / "train.tsv", kHeader + ("track_0000217" + rest));
  test::write(folder_ / "validation.tsv", kHeader + ("track_0000999" + rest));
  test::write(folder_ / "test.tsv", kHeader + ("track_0000214" + rest));
  const std::vector<std::filesystem::path> lists = {folder_ / "train.tsv", folder_ / "validation.tsv",
                                                    folder_ / "test.tsv"};
  const auto report = import({.published_split = lists, .write_split = folder_ / "split.csv"});
  EXPECT_EQ(report.split_songs, 2);
  EXPECT_THAT(report.warnings,
              ElementsAre("1 songs of the published split are not in this source; the first is " +
                              (folder_ / "validation.tsv").string() + ":2: track_0000999",
                          "2 songs are not in the published split"));
  auto songs = catalogue_.songs();
  songs.erase(songs.begin() + 1);
  EXPECT_THAT(load_split(folder_ / "split.csv", songs), ElementsAre(Part::test, Part::train));

  test::write(folder_ / "test.tsv", "track_0000217\n");
  EXPECT_THAT(message_of<CatalogueError>([&] { import({.published_split = lists}); }),
              HasSubstr("test.tsv:1: in the split already: track_0000217"));
}

}  // namespace
}  // namespace gamut::catalogue
