#include <gmock/gmock.h>

#include "gamut/core/files.h"
#include "tests/cli/program_test.h"

namespace gamut::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class ImportVerb : public ProgramTest {
 protected:
  ImportVerb() {
    write("fma/fma_metadata/genres.csv",
          "genre_id,#tracks,parent,title,top_level\n12,2,0,Rock,12\n25,1,12,Punk,12\n");
    write("fma/fma_metadata/tracks.csv",
          ",set,set,track,track,track\n,split,subset,genre_top,genres,title\ntrack_id,,,,,\n"
          "2,training,small,Rock,[25],Food\n3,test,small,Rock,[12],More\n");
    write("fma/fma_small/000/000002.mp3", "");
    write("fma/fma_small/000/000003.mp3", "");
  }
};

TEST_F(ImportVerb, SaysWhatItSawAndWritesTheSplit) {
  const Result import = gamut({"import", "fma", "--write-split", "split.csv"});
  EXPECT_EQ(import.code, 0) << import.err;
  EXPECT_THAT(import.err, HasSubstr("fma: read as fma, "));
  EXPECT_THAT(import.out, AllOf(HasSubstr("2 songs added"),
                                HasSubstr("2 songs in the published split, written to split.csv")));
  EXPECT_EQ(
      load_text(directory_ / "split.csv"),
      "song,part,fold,album,artist,label:Rock\n000/000002.mp3,train,0,,,1\n000/000003.mp3,test,0,,,1\n");
}

TEST_F(ImportVerb, ListsUnmappedValuesByTheirSongs) {
  write("aliases.csv", "value,label\nRock,Rock\n");
  const Result import =
      gamut({"import", "fma", "--format", "fma", "--aliases", "aliases.csv", "--taxonomy", "t.csv"});
  EXPECT_EQ(import.code, 1);
  EXPECT_THAT(import.err, AllOf(HasSubstr("t.csv"), Not(HasSubstr("read as"))));
  write("t.csv", "subgenre,genre\nrock,Rock\n");
  const Result again = gamut({"import", "fma", "--aliases", "aliases.csv", "--taxonomy", "t.csv"});
  EXPECT_EQ(again.code, 0);
  EXPECT_THAT(again.err, AllOf(HasSubstr("1 label values are in no taxonomy"), HasSubstr("1  Punk")));
}

TEST_F(ImportVerb, ExportsWhatItCanImport) {
  ASSERT_EQ(gamut({"import", "fma"}).code, 0);
  const Result first = gamut({"export", "catalogue"});
  EXPECT_EQ(first.code, 0) << first.err;
  write("songs.csv", first.out);
  ASSERT_EQ(gamut({"import", "songs.csv", "--workspace", "copy"}).code, 0);
  EXPECT_EQ(gamut({"export", "catalogue", "--workspace", "copy"}).out, first.out);

  ASSERT_EQ(gamut({"export", "catalogue", "--format", "jams", "-o", "annotations"}).code, 0);
  ASSERT_EQ(gamut({"import", "annotations", "--workspace", "third"}).code, 0);
  EXPECT_EQ(gamut({"export", "catalogue", "--workspace", "third"}).out, first.out);

  EXPECT_THAT(gamut({"export", "catalogue", "--format", "jamendo", "--audio", "fma/fma_small"}).out,
              HasSubstr("\t000/000002.mp3\t30.0\tgenre---Rock\n"));
  EXPECT_EQ(gamut({"export", "catalogue", "--format", "jams"}).code, 2);
}

}  // namespace
}  // namespace gamut::test
