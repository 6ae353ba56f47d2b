// What the tag writer writes, the importer reads.
#include <gmock/gmock.h>

#include <cstdlib>

#include "gamut/catalogue/importers.h"
#include "gamut/tags/genre_fields.h"
#include "tests/catalogue/library.h"
#include "tests/support/test_data.h"

namespace gamut::catalogue {
namespace {

class ImportTaggedFiles : public testing::TestWithParam<const char*> {};

TEST_P(ImportTaggedFiles, ReadsSeveralGenresOfEveryContainer) {
  const gamut::test::TemporaryDirectory folder;
  std::filesystem::create_directory(folder / "music");
  const std::filesystem::path file = folder / ("music/song" + std::string(GetParam()));
  const std::string command = "ffmpeg -v error -nostdin -f lavfi -i sine=d=0.2 -write_id3v2 1 '" +
                              file.string() + "' 2>/dev/null || " +
                              "ffmpeg -v error -nostdin -y -f lavfi -i sine=d=0.2 '" + file.string() + "'";
  ASSERT_EQ(std::system(command.c_str()), 0);
  std::vector<tags::GenreFields> fields = tags::load_genre_fields(file);
  fields[0].exists = true;
  fields[0].genres = {"Rock", "R&B/Soul", "Jazz; Funk"};
  tags::save_genre_fields(file, fields);
  Catalogue catalogue(folder / "workspace");
  find_importer("tags").import(catalogue, folder / "music", {});
  ASSERT_EQ(catalogue.song_count(), 1);
  EXPECT_THAT(catalogue.songs()[0].genres, testing::ElementsAre("Funk", "Jazz", "R&B", "Rock", "Soul"));
}

INSTANTIATE_TEST_SUITE_P(Containers, ImportTaggedFiles,
                         testing::Values(".mp3", ".flac", ".ogg", ".opus", ".m4a", ".wv", ".wma", ".wav",
                                         ".aiff"),
                         [](const auto& info) { return std::string(info.param).substr(1); });

}  // namespace
}  // namespace gamut::catalogue
