#include "gamut/catalogue/export.h"
#include "gamut/core/json.h"

#include <gmock/gmock.h>

#include "gamut/catalogue/importers.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "tests/catalogue/library.h"
#include "tests/support/test_data.h"

namespace gamut::catalogue {
namespace {

using gamut::test::TemporaryDirectory;
using test::message_of;
using testing::HasSubstr;

/// Songs with everything that text can hold.
std::vector<Song> library() {
  std::vector<Song> songs = {
      test::make_song("a/1, \"one\".mp3", "Bj\xc3\xb6rk", "Debut", {"Electronic", "Pop"}),
      test::make_song("a/2\nlines.mp3", "", "", {}), test::make_song("b/3.mp3", "Somebody", "Debut", {"R&B"}),
      test::make_song("b/4.mp3", "Somebody", "Debut", {"R&B"})};
  songs[0].title = "Human; Behaviour";
  songs[0].subgenres = {"trip hop", "house"};
  songs[0].declared_s = 201.53;
  songs[2].declared_s = 17;
  return songs;
}

std::string described(const std::vector<Song>& songs) {
  Json list = Json::array();
  for (const Song& song : songs) {
    list.push_back({song.name, song.path.string(), song.artist, song.album, song.title, song.genres,
                    song.subgenres, song.declared_s.value_or(-1)});
  }
  return dump_json(list, 1);
}

TEST(Export, CsvReadsBackAsTheSameSongs) {
  TemporaryDirectory folder;
  const auto songs = library();
  save_atomically(folder / "songs.csv", songs_as_csv(songs));
  Catalogue catalogue(folder / "workspace");
  const auto report = find_importer("csv").import(catalogue, folder / "songs.csv", {.check_files = false});
  EXPECT_THAT(report.faults, testing::IsEmpty());
  EXPECT_EQ(described(catalogue.songs()), described(songs));
}

TEST(Export, CsvRefusesALabelWithItsSeparator) {
  const std::vector<Song> songs = {test::make_song("1", "", "", {"Rock;Pop"})};
  EXPECT_THAT(message_of<CatalogueError>([&] { songs_as_csv(songs); }),
              HasSubstr("\"Rock;Pop\" contains \";\""));
}

TEST(Export, JamsReadsBackAsTheSameSongs) {
  TemporaryDirectory folder;
  const auto songs = library();
  for (std::size_t i = 0; i < songs.size(); ++i) {
    save_json(folder / ("jams/" + std::to_string(i) + ".jams"), song_as_jams(songs[i]));
  }
  Catalogue catalogue(folder / "workspace");
  const auto report = find_importer("jams").import(catalogue, folder / "jams", {.check_files = false});
  EXPECT_THAT(report.faults, testing::IsEmpty());
  EXPECT_EQ(described(catalogue.songs()), described(songs));
}

TEST(Export, JamendoReadsBackWithTheSameLabelsAndGroups) {
  TemporaryDirectory folder;
  auto songs = library();
  songs.erase(songs.begin() + 1);
  for (std::size_t i = 0; i < songs.size(); ++i) songs[i].id = static_cast<std::int64_t>(i) + 1;
  save_atomically(folder / "songs.tsv", songs_as_jamendo(songs, "/music"));
  Catalogue catalogue(folder / "workspace");
  ImportOptions options{.check_files = false};
  std::filesystem::create_directory(folder / "audio");
  options.audio = folder / "audio";
  find_importer("jamendo").import(catalogue, folder / "songs.tsv", options);
  const auto back = catalogue.songs();
  ASSERT_EQ(back.size(), 3u);
  for (std::size_t i = 0; i < back.size(); ++i) {
    EXPECT_EQ(back[i].name, songs[i].name);
    EXPECT_EQ(back[i].genres, songs[i].genres);
  }
  EXPECT_EQ(back[0].declared_s, 201.5);
  EXPECT_EQ(back[1].declared_s, 17);
  EXPECT_EQ(back[2].declared_s, std::nullopt);
  EXPECT_EQ(back[0].artist, "artist_000001");
  EXPECT_EQ(back[1].artist, "artist_000002");
  EXPECT_EQ(back[2].artist, "artist_000002");
  EXPECT_NE(back[0].album, back[1].album) << "one title, two artists";
  EXPECT_EQ(back[1].album, back[2].album);
  EXPECT_EQ(songs_as_jamendo(back, folder / "audio"), songs_as_jamendo(songs, "/music"));
  EXPECT_THAT(songs_as_jamendo(songs, "/music"), HasSubstr("\t17.0\t"));
  EXPECT_THAT(songs_as_jamendo(songs, "/music", {{2, 217.34}}), HasSubstr("\t217.3\t"))
      << "measured goes first";
}

TEST(Export, JamendoRefusesWhatATsvCannotHold) {
  const auto songs = library();
  EXPECT_THAT(message_of<CatalogueError>([&] { songs_as_jamendo(songs, "/music"); }),
              HasSubstr("contains a tab or a newline"));
  EXPECT_THAT(message_of<CatalogueError>([&] { songs_as_jamendo(songs, "/elsewhere"); }),
              HasSubstr("is not below /elsewhere"));
}

}  // namespace
}  // namespace gamut::catalogue
