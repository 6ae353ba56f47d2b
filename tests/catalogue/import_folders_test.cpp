#include <gmock/gmock.h>
#include <id3v2tag.h>
#include <tag.h>
#include <wavfile.h>

#include "gamut/catalogue/import.h"
#include "gamut/core/error.h"
#include "gamut/tags/tags.h"
#include "tests/catalogue/library.h"
#include "tests/support/test_data.h"

namespace gamut::catalogue {
namespace {

using gamut::test::TemporaryDirectory;
using test::message_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A WAV file of ten silent samples with tags.
void write_tagged(const std::filesystem::path& path, const std::string& artist, const std::string& album,
                  const std::string& title) {
  const std::string head(
      "RIFF\x38\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x22\x56\0\0\x44\xac\0\0\2\0\x10\0data\x14\0\0\0", 44);
  test::write(path, head + std::string(20, '\0'));
  TagLib::RIFF::WAV::File file(path.c_str());
  auto text = [](const std::string& bytes) { return TagLib::String(bytes, TagLib::String::UTF8); };
  file.ID3v2Tag()->setArtist(text(artist));
  file.ID3v2Tag()->setAlbum(text(album));
  file.ID3v2Tag()->setTitle(text(title));
  ASSERT_TRUE(file.save());
}

std::vector<std::string> names(const Catalogue& catalogue) {
  std::vector<std::string> list;
  for (const Song& song : catalogue.songs()) list.push_back(song.name);
  return list;
}

TEST(ImportFolders, TakesTheGenreFromTheFolderAndTheRestFromTags) {
  TemporaryDirectory folder;
  write_tagged(folder / "music/Hip-Hop/album/2.WAV", "Bj\xc3\xb6rk ", "「Début」", "Two");
  test::write(folder / "music/Hip-Hop/album/1.mp3", "a text file");
  test::write(folder / "music/Hip-Hop/album/cover.jpg", "");
  test::write(folder / "music/Hip-Hop/.hidden.mp3", "");
  test::write(folder / "music/R&B/x.flac", "");
  test::write(folder / "music/loose.mp3", "");
  Catalogue catalogue(folder / "workspace");
  const auto report = import_folders(catalogue, folder / "music/", {});
  EXPECT_THAT(report.faults, IsEmpty());
  EXPECT_EQ(report.added, 4);
  EXPECT_EQ(report.without_labels, 1);
  EXPECT_THAT(names(catalogue),
              ElementsAre("Hip-Hop/album/1.mp3", "Hip-Hop/album/2.WAV", "R&B/x.flac", "loose.mp3"));
  const auto songs = catalogue.songs();
  EXPECT_EQ(songs[0].artist, "");
  EXPECT_EQ(songs[1].artist, "Bj\xc3\xb6rk");
  EXPECT_EQ(songs[1].album, "「Début」");
  EXPECT_EQ(songs[1].title, "Two");
  EXPECT_EQ(songs[1].path, folder / "music/Hip-Hop/album/2.WAV");
  EXPECT_THAT(songs[1].genres, ElementsAre("Hip-Hop"));
  EXPECT_THAT(songs[2].genres, ElementsAre("R&B"));
  EXPECT_THAT(songs[3].genres, IsEmpty());

  EXPECT_EQ(import_folders(catalogue, folder / "music", {}).unchanged, 4);
  write_tagged(folder / "music/Hip-Hop/album/2.WAV", "Bj\xc3\xb6rk", "Post", "Two");
  EXPECT_EQ(import_folders(catalogue, folder / "music", {}).changed, 1);
}

TEST(ImportFolders, WithATaxonomyFoldersAreSubgenres) {
  TemporaryDirectory folder;
  test::write(folder / "taxonomy.csv", "subgenre,genre\ndub,Reggae\ndub,Electronic\n");
  test::write(folder / "music/dub/1.mp3", "");
  test::write(folder / "music/polka/1.mp3", "");
  test::write(folder / "music/polka/2.mp3", "");
  test::write(folder / "music/scans/1.jpg", "");
  Catalogue catalogue(folder / "workspace");
  const auto report = import_folders(catalogue, folder / "music", {.taxonomy = folder / "taxonomy.csv"});
  ASSERT_EQ(report.faults.size(), 1u);
  EXPECT_THAT(report.faults[0], HasSubstr("unknown subgenre \"polka\""));
  EXPECT_THAT(report.faults[0], HasSubstr("its 2 audio files were not imported"));
  ASSERT_THAT(names(catalogue), ElementsAre("dub/1.mp3"));
  EXPECT_THAT(catalogue.songs()[0].subgenres, ElementsAre("dub"));
  EXPECT_THAT(catalogue.songs()[0].genres, ElementsAre("Electronic", "Reggae"));
}

TEST(ImportFolders, LinksInACircleEnd) {
  TemporaryDirectory folder;
  test::write(folder / "music/dub/1.mp3", "");
  std::filesystem::create_directory_symlink(folder / "music", folder / "music/dub/up");
  Catalogue catalogue(folder / "workspace");
  EXPECT_EQ(import_folders(catalogue, folder / "music", {}).added, 1);
}

TEST(ImportFolders, BrokenLinksAreFaults) {
  TemporaryDirectory folder;
  test::write(folder / "music/dub/1.mp3", "");
  std::filesystem::create_symlink(folder / "gone.mp3", folder / "music/dub/2.mp3");
  Catalogue catalogue(folder / "workspace");
  const auto report = import_folders(catalogue, folder / "music", {});
  EXPECT_EQ(report.added, 1);
  ASSERT_EQ(report.faults.size(), 1u);
  EXPECT_THAT(report.faults[0], HasSubstr("not a regular file: "));
}

TEST(ImportFolders, RefusesFilesAndFoldersWithoutAudio) {
  TemporaryDirectory folder;
  Catalogue catalogue(folder / "workspace");
  test::write(folder / "music/readme.txt", "");
  EXPECT_THAT(message_of<CatalogueError>([&] { import_folders(catalogue, folder / "music", {}); }),
              HasSubstr("no audio files under"));
  EXPECT_THAT(message_of<CatalogueError>([&] { import_folders(catalogue, folder / "music/readme.txt", {}); }),
              HasSubstr("is not a directory"));
}

TEST(Tags, AFileThatIsNoAudioHasNone) {
  TemporaryDirectory folder;
  test::write(folder / "text.mp3", "hello");
  test::write(folder / "empty.flac", "");
  for (const char* name : {"text.mp3", "empty.flac", "absent.m4a"}) {
    const tags::Tags tags = tags::load_tags(folder / name);
    EXPECT_EQ(tags.artist + tags.album + tags.title, "") << name;
  }
}

}  // namespace
}  // namespace gamut::catalogue
