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
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A data set of FMA's shape: four tracks of one subset each and one of the smallest whose audio is not
/// there.
class ImportFma : public testing::Test {
 protected:
  ImportFma() : catalogue_(folder_ / "workspace") {
    test::write(folder_ / "fma/fma_metadata/genres.csv",
                "genre_id,#tracks,parent,title,top_level\n"
                "12,32693,0,Rock,12\n"
                "25,9261,12,Punk,12\n"
                "109,457,25,Post-Punk,12\n"
                "15,34413,0,Electronic,15\n");
    test::write(folder_ / "fma/fma_metadata/tracks.csv",
                ",album,artist,set,set,track,track,track,track,track\n"
                ",title,name,split,subset,genre_top,genres,genres_all,title,duration\n"
                "track_id,,,,,,,,,\n"
                "2,AWOL,A Way,training,small,Rock,\"[25, 109]\",\"[12, 25, 109]\",Food,168\n"
                "1003,\"Hi, \"\"you\"\"\",B,test,medium,,\"[15, 25]\",\"[12, 15, 25]\",Two,237\n"
                "155320,C,C,validation,large,Electronic,[15],[15],Three,0\n"
                "4,D,D,training,small,Rock,[],[],Four,31\n"
                "5,D,D,training,small,Rock,[999],[],Five,-1\n"
                "x,D,D,training,small,Rock,[12],[],Six,1\n");
    for (const char* name : {"000/000002.mp3", "001/001003.mp3", "155/155320.mp3", "000/000005.mp3"}) {
      test::write(folder_ / "fma/fma_large" / name, "");
    }
  }

  ImportReport import(const ImportOptions& options = {}) {
    const Importer& importer = detect_importer(folder_ / "fma");
    EXPECT_EQ(importer.name, "fma");
    return importer.import(catalogue_, folder_ / "fma", options);
  }

  std::vector<std::optional<double>> lengths() const {
    std::vector<std::optional<double>> lengths;
    for (const Song& song : catalogue_.songs()) lengths.push_back(song.declared_s);
    return lengths;
  }

  TemporaryDirectory folder_;
  Catalogue catalogue_;
};

TEST_F(ImportFma, ReadsTracksGenresAndSplit) {
  const auto report = import({.write_split = folder_ / "split.csv"});
  const std::string tracks = (folder_ / "fma/fma_metadata/tracks.csv").string();
  ASSERT_EQ(report.faults.size(), 3u);
  EXPECT_EQ(report.faults[0], tracks + ":8: the genre is not in genres.csv: 999");
  EXPECT_EQ(report.faults[1], tracks + ":9: the track number is not one of up to six digits: x");
  EXPECT_EQ(report.faults[2],
            tracks + ":7: track 4: no such file: " + (folder_ / "fma/fma_large/000/000004.mp3").string());
  const auto songs = catalogue_.songs();
  ASSERT_EQ(songs.size(), 4u);
  EXPECT_EQ(songs[0].name, "000/000002.mp3");
  EXPECT_EQ(songs[0].path, folder_ / "fma/fma_large/000/000002.mp3");
  EXPECT_EQ(songs[0].artist, "A Way");
  EXPECT_EQ(songs[0].album, "AWOL");
  EXPECT_EQ(songs[0].title, "Food");
  EXPECT_THAT(songs[0].subgenres, ElementsAre("Punk", "Post-Punk"));
  EXPECT_THAT(songs[0].genres, ElementsAre("Rock"));
  EXPECT_EQ(songs[1].album, "Hi, \"you\"");
  EXPECT_THAT(songs[1].genres, ElementsAre("Electronic", "Rock"));
  EXPECT_EQ(songs[2].name, "155/155320.mp3");
  EXPECT_THAT(songs[2].subgenres, IsEmpty());
  EXPECT_THAT(songs[2].genres, ElementsAre("Electronic"));
  EXPECT_THAT(songs[3].genres, ElementsAre("Rock")) << "genre_top stands in";

  EXPECT_EQ(report.split_songs, 4);
  EXPECT_THAT(load_split(folder_ / "split.csv", songs),
              ElementsAre(Part::train, Part::test, Part::validation, Part::train));
}

TEST_F(ImportFma, ASubsetHoldsTheSmallerOnes) {
  EXPECT_EQ(import({.check_files = false, .subset = "medium"}).added, 4);
  EXPECT_THAT(message_of<ParameterError>([&] { import({.subset = "tiny"}); }),
              HasSubstr("small, medium and large"));
}

TEST_F(ImportFma, TheAudiosFolderSaysWhichSubset) {
  std::filesystem::rename(folder_ / "fma/fma_large", folder_ / "fma/fma_small");
  EXPECT_EQ(import({.check_files = false}).added, 3);
  EXPECT_EQ(catalogue_.songs()[0].path, folder_ / "fma/fma_small/000/000002.mp3");
}

TEST_F(ImportFma, ClipsAreOf30SecondsWhateverTheTracksLength) {
  EXPECT_THAT(import().warnings, IsEmpty());
  EXPECT_THAT(lengths(), testing::AllOf(testing::SizeIs(4), testing::Each(30.0)));
}

TEST_F(ImportFma, TheWholeTracksHaveTheirLengths) {
  std::filesystem::rename(folder_ / "fma/fma_large", folder_ / "fma/fma_full");
  EXPECT_THAT(import().warnings, ElementsAre(testing::EndsWith("tracks.csv:8: \"-1\"")));
  EXPECT_THAT(lengths(), ElementsAre(168.0, 237.0, std::nullopt, std::nullopt));
}

TEST_F(ImportFma, OfAFolderThatMayHoldEitherNothingIsDeclared) {
  std::filesystem::rename(folder_ / "fma/fma_large", folder_ / "audio");
  import({.audio = folder_ / "audio"});
  EXPECT_THAT(lengths(), testing::AllOf(testing::SizeIs(4), testing::Each(std::nullopt)));
}

}  // namespace
}  // namespace gamut::catalogue
