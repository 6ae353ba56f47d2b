#include <gmock/gmock.h>

#include "gamut/core/json.h"
#include "tests/cli/program_test.h"

namespace gamut::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

class AuditVerb : public ProgramTest {
 protected:
  /// Four songs without audio on two albums, and two splits: one cuts through both albums.
  void SetUp() override {
    write("songs.csv",
          "path,artist,album,genres\n"
          "a1.flac,Anna,One,Jazz\na2.flac,Anna,One,Jazz\nb1.flac,Ben,Two,Rock\nb2.flac,Ben,Two,Rock\n");
    ASSERT_EQ(gamut({"import", "songs.csv", "--no-check-files"}).code, 0);
    write("leaking.csv", split("train", "test", "train", "test"));
    write("grouped.csv", split("train", "train", "test", "test"));
  }

  static std::string split(const std::string& a1, const std::string& a2, const std::string& b1,
                           const std::string& b2) {
    return "song,part,fold,album,artist\na1.flac," + a1 + ",0,One,Anna\na2.flac," + a2 +
           ",0,One,Anna\nb1.flac," + b1 + ",0,Two,Ben\nb2.flac," + b2 + ",0,Two,Ben\n";
  }
};

TEST_F(AuditVerb, SaysThatASplitLeaks) {
  const Result result = gamut({"audit", "--split", "leaking.csv"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out,
              StartsWith("Audit of the split leaking.csv: 4 songs. IT LEAKS: 2 of 2 test songs (100.0 %) "
                         "have album-mates in training, and 0 a copy.\n"));
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("One by Anna: 1 in train, 0 in validation, 1 in test"),
                    HasSubstr("4 files are not there"), HasSubstr("nothing can be said of copies")));
}

TEST_F(AuditVerb, SaysThatASplitDoesNot) {
  const Result result = gamut({"audit", "--split", "grouped.csv", "--no-audio"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("No album-mate of a test song was found in training"));
}

TEST_F(AuditVerb, JsonIsOneDocument) {
  write("runs/x/split.csv", split("train", "test", "train", "test"));
  write("runs/x/experiment.toml", "[data]\ngenres = [\"Jazz\", \"Rock\"]\n");
  const Result result = gamut({"audit", "x", "--json"});
  ASSERT_EQ(result.code, 0) << result.err;
  const Json json = Json::parse(result.out);
  EXPECT_EQ(json["splits"][0]["counts"]["test_songs_with_album_mates_in_training"], 2);
  EXPECT_EQ(json["audio"]["missing"].size(), 4u);
  EXPECT_TRUE(json["leak_costs"].empty());
}

TEST_F(AuditVerb, WithoutASplitTheLibraryIsSearchedForCopies) {
  const Result result = gamut({"audit"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, StartsWith("Audit of the library: 4 songs\n"));
}

TEST_F(AuditVerb, ARunThatIsNotThereIsAFault) {
  const Result result = gamut({"audit", "absent"});
  EXPECT_EQ(result.code, 1);
  EXPECT_THAT(result.err, HasSubstr("no such run"));
}

}  // namespace
}  // namespace gamut::test
