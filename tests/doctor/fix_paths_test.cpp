#include "gamut/doctor/fix_paths.h"
#include "gamut/core/json.h"

#include <gmock/gmock.h>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/doctor/identify.h"
#include "tests/doctor/music.h"

namespace gamut::doctor {
namespace {

namespace fs = std::filesystem;
using catalogue::Catalogue;
using catalogue::Song;
using gamut::test::TemporaryDirectory;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class FixPaths : public testing::Test {
 protected:
  /// Three songs in `old` that were heard, and then moved to `new`.
  void SetUp() override {
    const std::vector<demo::Samples> music = test::compose(3, 5);
    std::vector<fs::path> paths;
    for (std::size_t i = 0; i < 3; ++i) {
      paths.push_back(folder_ / ("old/" + std::to_string(i) + ".flac"));
      test::write(paths.back(), music[i]);
    }
    songs_ = test::put_library(library_, paths);
    identify_songs(library_, songs_, 1);
    fs::rename(folder_ / "old", folder_ / "new");
  }

  FixPathsReport fix(bool dry_run = false) {
    return fix_paths(library_, {.from = folder_ / "old", .to = folder_ / "new", .dry_run = dry_run});
  }
  fs::path path(std::size_t song) { return library_.songs()[song].path; }

  TemporaryDirectory folder_;
  Catalogue library_{folder_.path()};
  std::vector<Song> songs_;
};

TEST_F(FixPaths, SongsKeepEverythingButTheirPath) {
  const FixPathsReport report = fix();
  EXPECT_THAT(report.changed, SizeIs(3));
  EXPECT_THAT(report.left, IsEmpty());
  const std::vector<Song> songs = library_.songs();
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(songs[i].path, folder_ / ("new/" + std::to_string(i) + ".flac"));
    EXPECT_EQ(songs[i].id, songs_[i].id);
    EXPECT_EQ(songs[i].name, songs_[i].name);
    EXPECT_EQ(songs[i].genres, songs_[i].genres);
  }
  EXPECT_EQ(identify_songs(library_, songs, 1).computed, 0) << "what was heard of them stays known";
  EXPECT_THAT(to_text(report), HasSubstr("3 paths changed:\n"));
}

TEST_F(FixPaths, ADryRunChangesNothing) {
  const FixPathsReport report = fix(true);
  EXPECT_THAT(report.changed, SizeIs(3));
  EXPECT_EQ(path(0), songs_[0].path);
  EXPECT_THAT(to_text(report), HasSubstr("Nothing was changed."));
  EXPECT_TRUE(to_json(report)["dry_run"]);
}

TEST_F(FixPaths, OnlyTheSongsWhoseFileIsThereAreChanged) {
  fs::remove(folder_ / "new/1.flac");
  fs::remove(folder_ / "new/2.flac");
  fs::create_directory(folder_ / "new/2.flac");
  const FixPathsReport report = fix();
  EXPECT_THAT(report.changed, SizeIs(1));
  ASSERT_THAT(report.left, SizeIs(2));
  EXPECT_EQ(path(1), songs_[1].path);
  EXPECT_THAT(report.left[0].reason, HasSubstr("1.flac"));
}

TEST_F(FixPaths, AnotherRecordingIsNotTakenForTheSong) {
  fs::rename(folder_ / "new/0.flac", folder_ / "zero");
  fs::rename(folder_ / "new/1.flac", folder_ / "new/0.flac");
  fs::rename(folder_ / "zero", folder_ / "new/1.flac");
  save_atomically(folder_ / "new/2.flac", "no music at all");
  const FixPathsReport report = fix();
  EXPECT_THAT(report.changed, IsEmpty());
  ASSERT_THAT(report.left, SizeIs(3));
  EXPECT_EQ(report.left[0].reason, "it has other audio than the song had");
  EXPECT_THAT(report.left[2].reason, HasSubstr("2.flac"));
}

TEST_F(FixPaths, ARetaggedFileIsTheSameSong) {
  // Another container, size and time of the same samples.
  test::write(folder_ / "again.wav", test::compose(1, 5)[0]);
  fs::remove(folder_ / "new/0.flac");
  fs::rename(folder_ / "again.wav", folder_ / "new/0.flac");
  EXPECT_THAT(fix().changed, SizeIs(3));
  EXPECT_EQ(identify_songs(library_, library_.songs(), 1).computed, 0) << "it was heard just now";
}

TEST_F(FixPaths, SongsThatWereNeverHeardAreTakenByTheirPath) {
  std::vector<Song> songs = test::put_library(library_, {folder_ / "old/new.flac"});
  test::write(folder_ / "new/new.flac", test::compose(1, 5)[0]);
  EXPECT_THAT(fix().changed, SizeIs(4));
}

TEST_F(FixPaths, AFileOfAnotherSongIsLeftToIt) {
  test::put_library(library_, {folder_ / "new/0.flac"});
  const FixPathsReport report = fix();
  EXPECT_THAT(report.changed, SizeIs(2));
  ASSERT_THAT(report.left, SizeIs(1));
  EXPECT_THAT(report.left[0].reason, HasSubstr("another song"));
}

TEST_F(FixPaths, AFolderIsNoPrefixOfANameOnly) {
  EXPECT_THAT(fix_paths(library_, {.from = folder_ / "ol", .to = folder_ / "new"}).changed, IsEmpty());
}

TEST_F(FixPaths, OldAndNewMayContainTheSignBetweenThem) {
  const std::string old = (folder_ / "old").string();
  const FixPathsOptions plain = parse_fix_paths(old + "/=/x/a=b/", library_.songs());
  EXPECT_EQ(plain.from, folder_ / "old");
  EXPECT_EQ(plain.to, fs::path("/x/a=b"));
  const std::vector<Song> songs = {test::make_song("/a=b/1.flac")};
  EXPECT_EQ(parse_fix_paths("/a=b=/c", songs).to, fs::path("/c"));
  for (const char* text : {"", "=", "/a", "/a=", "=/b", "/elsewhere=/b"}) {
    EXPECT_THROW(parse_fix_paths(text, library_.songs()), ParameterError) << text;
  }
}

TEST_F(FixPaths, TheCatalogueRefusesAPathThatIsTakenAsAWhole) {
  EXPECT_THROW(library_.put_song_paths({{songs_[0].id, "/free"}, {songs_[1].id, songs_[2].path}}),
               CatalogueError);
  EXPECT_EQ(path(0), songs_[0].path);
  EXPECT_THROW(library_.put_song_paths({{songs_[0].id, "relative"}}), CatalogueError);
}

}  // namespace
}  // namespace gamut::doctor
