#include "gamut/demo/demo.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <taglib/fileref.h>
#include <taglib/tag.h>

#include "gamut/audio/decode.h"
#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/hash.h"
#include "gamut/demo/library.h"
#include "gamut/demo/recipe.h"
#include "gamut/demo/sound.h"
#include "tests/support/test_data.h"

namespace gamut::demo {
namespace {

constexpr LibraryOptions kTiny{
    .artists_per_subgenre = 1, .albums_per_artist = 1, .songs_per_album = 1, .song_seconds = 3};

/// The tiny library, composed once for all tests of this file.
class ComposeLibrary : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    directory_ = std::make_unique<test::TemporaryDirectory>();
    compose_library(folder(), kTiny, 2);
  }
  static void TearDownTestSuite() { directory_.reset(); }
  static std::filesystem::path folder() { return *directory_ / "library"; }

 private:
  static inline std::unique_ptr<test::TemporaryDirectory> directory_;
};

TEST_F(ComposeLibrary, SongsCsvNamesEverySongAndItsLabels) {
  CsvReader csv(folder() / "songs.csv");
  EXPECT_THAT(csv.columns(), testing::ElementsAre("path", "artist", "album", "title", "subgenres"));
  std::size_t rows = 0;
  for (const Song& song : plan_library(kTiny)) {
    ASSERT_TRUE(csv.next());
    ++rows;
    EXPECT_EQ(csv["path"], song.file);
    EXPECT_EQ(csv["artist"], song.artist);
    EXPECT_EQ(csv["subgenres"].substr(0, csv["subgenres"].find(';')), song.subgenres.front());
    EXPECT_TRUE(std::filesystem::exists(folder() / csv["path"])) << csv["path"];
  }
  EXPECT_FALSE(csv.next());
  EXPECT_EQ(rows, recipes().size());
}

TEST_F(ComposeLibrary, TaxonomyCsvHasSubgenresOfTwoGenres) {
  CsvReader csv(folder() / "taxonomy.csv");
  EXPECT_THAT(csv.columns(), testing::ElementsAre("subgenre", "genre"));
  std::multiset<std::string> subgenres;
  while (csv.next()) subgenres.insert(csv["subgenre"]);
  EXPECT_EQ(subgenres.count("Techno"), 1);
  EXPECT_EQ(subgenres.count("Jazz Rap"), 2);
}

TEST_F(ComposeLibrary, EveryFileDecodesInFullAndCarriesItsTags) {
  for (const Song& song : plan_library(kTiny)) {
    const audio::Recording recording = audio::decode(folder() / song.file);
    EXPECT_EQ(recording.outcome, Outcome::ok) << song.file << ": " << recording.reason;
    EXPECT_NEAR(static_cast<double>(recording.signal().size()) / kSampleRateHz, kTiny.song_seconds, 0.15)
        << song.file;
    const TagLib::FileRef file((folder() / song.file).c_str());
    ASSERT_FALSE(file.isNull()) << song.file;
    EXPECT_EQ(file.tag()->artist().to8Bit(true), song.artist);
    EXPECT_EQ(file.tag()->album().to8Bit(true), song.album);
    EXPECT_EQ(file.tag()->title().to8Bit(true), song.title);
    EXPECT_THAT(file.tag()->genre().to8Bit(true), testing::HasSubstr(song.subgenres.front()));
  }
}

TEST_F(ComposeLibrary, LosslessFilesHoldTheComposedSamples) {
  int checked = 0;
  for (const Song& song : plan_library(kTiny)) {
    if (!song.file.ends_with(".flac")) continue;
    const Samples composed = compose_song(song, kTiny.song_seconds, kTiny.seed);
    const audio::Recording recording = audio::decode(folder() / song.file);
    ASSERT_EQ(recording.signal().size(), composed.size());
    for (std::size_t i = 0; i < composed.size(); ++i)
      ASSERT_NEAR(recording.signal()[i], composed[i], 1.0 / 32768);
    if (++checked == 2) break;
  }
  EXPECT_EQ(checked, 2);
}

TEST_F(ComposeLibrary, ASecondCallKeepsWhatIsThereAndMakesWhatIsMissing) {
  const std::string missing = plan_library(kTiny)[2].file, kept = plan_library(kTiny)[3].file;
  const std::string hash = sha256_file(folder() / missing);
  std::filesystem::remove(folder() / missing);
  save_atomically(folder() / kept, "mine");
  compose_library(folder(), kTiny, 1);
  EXPECT_EQ(sha256_file(folder() / missing), hash);
  EXPECT_EQ(load_text(folder() / kept), "mine");
  std::filesystem::remove(folder() / kept);
  compose_library(folder(), kTiny, 1);
}

TEST_F(ComposeLibrary, AFolderOfOtherOptionsIsRefused) {
  LibraryOptions other = kTiny;
  other.seed = 2;
  try {
    compose_library(folder(), other, 1);
    FAIL() << "accepted";
  } catch (const ParameterError& error) {
    EXPECT_THAT(error.what(),
                testing::AllOf(testing::HasSubstr("\"seed\":1"), testing::HasSubstr("\"seed\":2"),
                               testing::HasSubstr("choose another folder")));
  }
}

}  // namespace
}  // namespace gamut::demo
