#include "gamut/catalogue/catalogue.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>

#include <cmath>

#include "gamut/catalogue/schema.h"
#include "gamut/core/error.h"
#include "tests/catalogue/library.h"
#include "tests/support/test_data.h"

namespace gamut::catalogue {
namespace {

using gamut::test::TemporaryDirectory;
using test::make_song;
using test::message_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Catalogue, KeepsEveryFieldOfASong) {
  TemporaryDirectory workspace;
  // Quotes, a comma, a newline, Japanese brackets and bytes that are not UTF-8.
  Song song = make_song("a \"b\", c\nd「e」 \xff\xfe.mp3", "Artist \x80", "Album", {"Rock", "Pop"});
  song.title = "Title";
  song.subgenres = {"shoegaze", "dream pop"};
  song.declared_s = 0.1 + 0.2;
  ImportReport report;
  Catalogue(workspace.path()).put_songs({song, make_song("plain.mp3", "", "", {})}, report);
  EXPECT_EQ(report.added, 2);
  EXPECT_EQ(report.without_labels, 1);

  const auto songs = Catalogue(workspace.path()).songs();
  ASSERT_EQ(songs.size(), 2u);
  EXPECT_EQ(songs[0].name, song.name);
  EXPECT_EQ(songs[0].path, song.path);
  EXPECT_EQ(songs[0].artist, song.artist);
  EXPECT_EQ(songs[0].album, "Album");
  EXPECT_EQ(songs[0].title, "Title");
  EXPECT_THAT(songs[0].subgenres, ElementsAre("shoegaze", "dream pop"));
  EXPECT_THAT(songs[0].genres, ElementsAre("Pop", "Rock"));
  EXPECT_EQ(songs[0].declared_s, song.declared_s);
  EXPECT_EQ(songs[1].artist, "");
  EXPECT_EQ(songs[1].album, "");
  EXPECT_THAT(songs[1].genres, IsEmpty());
  EXPECT_EQ(songs[1].declared_s, std::nullopt);
  EXPECT_LT(songs[0].id, songs[1].id);
}

TEST(Catalogue, UpdatesWhatChangedAndKeepsIdAndName) {
  TemporaryDirectory workspace;
  Catalogue catalogue(workspace.path());
  ImportReport first;
  catalogue.put_songs({make_song("1.mp3", "A", "B", {"Rock"}), make_song("2.mp3", "A", "B", {"Rock"})},
                      first);
  const auto before = catalogue.songs();
  Song changed = make_song("1.mp3", "A", "B", {"Pop", "Jazz"});
  changed.name = "another name for the same file";
  ImportReport second;
  catalogue.put_songs({changed, make_song("2.mp3", "A", "B", {"Rock"})}, second);
  EXPECT_EQ(second.added, 0);
  EXPECT_EQ(second.changed, 1);
  EXPECT_EQ(second.unchanged, 1);
  const auto after = catalogue.songs();
  EXPECT_EQ(after[0].id, before[0].id);
  EXPECT_EQ(after[0].name, "1.mp3");
  EXPECT_THAT(after[0].genres, ElementsAre("Jazz", "Pop"));
}

TEST(Catalogue, ADeclaredLengthThatIsNewOtherOrGoneIsAChange) {
  TemporaryDirectory workspace;
  Catalogue catalogue(workspace.path());
  Song song = make_song("1.mp3", "A", "B", {"Rock"});
  const auto put = [&](std::optional<double> declared_s) {
    song.declared_s = declared_s;
    ImportReport report;
    catalogue.put_songs({song}, report);
    EXPECT_EQ(catalogue.songs().at(0).declared_s, declared_s);
    EXPECT_EQ(catalogue.songs().at(0).artist, "A");
    return report.changed;
  };
  EXPECT_EQ(put(std::nullopt), 0);
  EXPECT_EQ(put(217.5), 1);
  EXPECT_EQ(put(217.5), 0);
  EXPECT_EQ(put(217.4), 1);
  EXPECT_EQ(put(std::nullopt), 1);
}

TEST(Catalogue, RefusesALengthThatIsNoneAndThenWritesNothing) {
  TemporaryDirectory workspace;
  Catalogue catalogue(workspace.path());
  for (const double seconds : {0.0, -1.0, 1e300, std::nan(""), HUGE_VAL}) {
    Song song = make_song("1.mp3", "", "", {});
    song.declared_s = seconds;
    ImportReport report;
    EXPECT_THAT(message_of<CatalogueError>([&] {
                  catalogue.put_songs({make_song("2.mp3", "", "", {}), song}, report);
                }),
                HasSubstr("s, but must be above 0 s and at most 1000000 s"))
        << seconds;
  }
  EXPECT_EQ(catalogue.song_count(), 0);
}

TEST(Catalogue, AddsWhatCameLaterToAnOlderFile) {
  TemporaryDirectory workspace;
  const std::string file = (workspace / "catalogue.db").string();
  const auto open = [&](int flags = 0) { return SQLite::Database(file, SQLite::OPEN_READWRITE | flags); };
  // As every version so far left it: the first; with sources and files; with lengths.
  open(SQLite::OPEN_CREATE).exec(kSchema);
  open().exec(
      "PRAGMA user_version = 1; INSERT INTO songs(name, path, title) VALUES ('1.mp3', '/music/1.mp3', "
      "'One')");
  for (const LaterColumns& later : kLaterColumns) {
    Song song = make_song("1.mp3", "", "", {});
    song.title = "One";
    song.declared_s = 217.5;
    {
      Catalogue catalogue(workspace.path());
      ASSERT_EQ(catalogue.song_count(), 1);
      EXPECT_EQ(catalogue.songs()[0].title, "One");
      EXPECT_EQ(catalogue.songs()[0].declared_s, std::nullopt);
      ImportReport report;
      catalogue.put_songs({song}, report, {.path = "/music/list.csv"});
      EXPECT_EQ(report.changed, 1);
    }
    EXPECT_EQ(Catalogue(workspace.path()).songs()[0].declared_s, 217.5) << later.last_column;
    open().exec("ALTER TABLE songs DROP COLUMN declared_s");
  }
}

TEST(Catalogue, KeepsTheFirstSpellingOfALabel) {
  TemporaryDirectory workspace;
  Song first = make_song("1.mp3", "", "", {"Rock"});
  first.subgenres = {"Caf\u00e9"};
  Song second = make_song("2.mp3", "", "", {"ROCK", "rock", "Pop"});
  second.subgenres = {"CAFE\u0301", "caf\u00e9"};
  ImportReport report;
  Catalogue(workspace.path()).put_songs({first}, report);
  Catalogue catalogue(workspace.path());
  catalogue.put_songs({second}, report);
  EXPECT_THAT(catalogue.songs()[1].genres, ElementsAre("Pop", "Rock"));
  EXPECT_THAT(catalogue.songs()[1].subgenres, ElementsAre("Caf\u00e9"));
  ImportReport again;
  catalogue.put_songs({first, second}, again);
  EXPECT_EQ(again.unchanged, 2);
}

TEST(Catalogue, AbsolutePathIsTheNameWhereTheNameIsTaken) {
  TemporaryDirectory workspace;
  Catalogue catalogue(workspace.path());
  Song other = make_song("1.mp3", "", "", {});
  other.path = "/elsewhere/1.mp3";
  for (int i = 0; i < 2; ++i) {
    ImportReport report;
    catalogue.put_songs({make_song("1.mp3", "", "", {}), other}, report);
    EXPECT_EQ(report.unchanged, 2 * i);
  }
  const auto songs = catalogue.songs();
  EXPECT_EQ(songs[0].name, "1.mp3");
  EXPECT_EQ(songs[1].name, "/elsewhere/1.mp3");
}

TEST(Catalogue, RefusesRelativePathsAndThenWritesNothing) {
  TemporaryDirectory workspace;
  Catalogue catalogue(workspace.path());
  Song relative = make_song("2.mp3", "", "", {});
  relative.path = "music/../2.mp3";
  ImportReport report;
  EXPECT_THAT(message_of<CatalogueError>([&] {
                catalogue.put_songs({make_song("1.mp3", "", "", {}), relative}, report);
              }),
              HasSubstr("\"music/../2.mp3\" is not absolute and normal"));
  EXPECT_EQ(catalogue.song_count(), 0);
  EXPECT_EQ(report.added, 0);
}

TEST(Catalogue, CountsGenresMostSongsFirst) {
  TemporaryDirectory workspace;
  Catalogue catalogue(workspace.path());
  ImportReport report;
  catalogue.put_songs({make_song("a/1", "A", "X", {"Rock", "Pop"}),
                       make_song("a/2", "A", "X", {"Rock", "Pop"}), make_song("b/1", "B", "X", {"Rock"}),
                       make_song("b/2", "B", "", {"Jazz"}), make_song("b/3", "B", "", {})},
                      report);
  const auto counts = catalogue.genre_counts();
  ASSERT_EQ(counts.size(), 3u);
  EXPECT_EQ(counts[0].genre, "Rock");
  EXPECT_EQ(counts[0].songs, 3);
  EXPECT_EQ(counts[0].albums, 2);
  EXPECT_EQ(counts[1].genre, "Pop");
  EXPECT_EQ(counts[1].albums, 1);
  EXPECT_EQ(counts[2].genre, "Jazz");
  EXPECT_EQ(counts[2].albums, 0);
  EXPECT_EQ(catalogue.song_count(), 5);
  EXPECT_EQ(catalogue.album_count(), 2);
  EXPECT_EQ(catalogue.unlabelled_count(), 1);
}

TEST(Catalogue, EmptyLibraryHasNothing) {
  TemporaryDirectory workspace;
  Catalogue catalogue(workspace / "made/on/the/way");
  EXPECT_THAT(catalogue.songs(), IsEmpty());
  EXPECT_THAT(catalogue.genre_counts(), IsEmpty());
  EXPECT_EQ(catalogue.unlabelled_count(), 0);
}

TEST(Catalogue, RefusesANewerVersion) {
  TemporaryDirectory workspace;
  { Catalogue made(workspace.path()); }
  SQLite::Database((workspace / "catalogue.db").string(), SQLite::OPEN_READWRITE)
      .exec("PRAGMA user_version = 99");
  EXPECT_THAT(message_of<CatalogueError>([&] { Catalogue again(workspace.path()); }),
              HasSubstr("written by a newer gamut (catalogue version 99, this one knows 1)"));
}

TEST(Catalogue, RefusesAnotherProgramsDatabase) {
  TemporaryDirectory workspace;
  SQLite::Database((workspace / "catalogue.db").string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
      .exec("CREATE TABLE theirs (x)");
  EXPECT_THAT(message_of<CatalogueError>([&] { Catalogue theirs(workspace.path()); }),
              HasSubstr("is a database of another program"));
}

TEST(Catalogue, RefusesAFileThatIsNoDatabase) {
  TemporaryDirectory workspace;
  test::write(workspace / "catalogue.db", std::string(4096, 'x'));
  EXPECT_THAT(message_of<FileError>([&] { Catalogue broken(workspace.path()); }),
              HasSubstr("catalogue.db: file is not a database"));
}

TEST(Catalogue, RefusesAWorkspaceThatIsAFile) {
  TemporaryDirectory folder;
  test::write(folder / "file", "");
  EXPECT_THAT(message_of<FileError>([&] { Catalogue broken(folder / "file"); }), HasSubstr("cannot be made"));
}

TEST(Catalogue, ReadsWhileAnotherWrites) {
  TemporaryDirectory workspace;
  Catalogue catalogue(workspace.path());
  ImportReport report;
  catalogue.put_songs({make_song("1", "", "", {"Rock"})}, report);
  SQLite::Database writer((workspace / "catalogue.db").string(), SQLite::OPEN_READWRITE);
  SQLite::Transaction writing(writer, SQLite::TransactionBehavior::IMMEDIATE);
  writer.exec("UPDATE songs SET title = 'half done'");
  EXPECT_EQ(Catalogue(workspace.path()).songs().at(0).title, "");
}

}  // namespace
}  // namespace gamut::catalogue
