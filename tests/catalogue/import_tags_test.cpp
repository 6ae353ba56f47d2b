#include <apetag.h>
#include <gmock/gmock.h>
#include <id3v2tag.h>
#include <mpegfile.h>
#include <tag.h>
#include <textidentificationframe.h>

#include "gamut/catalogue/importers.h"
#include "gamut/core/error.h"
#include "tests/catalogue/library.h"
#include "tests/support/test_data.h"

namespace gamut::catalogue {
namespace {

using gamut::test::TemporaryDirectory;
using test::message_of;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

/// An MP3 file of no audio with an ID3v2 tag of one genre frame that holds `fields` as they are.
void write_mp3(const std::filesystem::path& path, const std::vector<std::string>& fields, int version = 4) {
  test::write(path, "");
  TagLib::MPEG::File file(path.c_str());
  auto* frame = new TagLib::ID3v2::TextIdentificationFrame("TCON", TagLib::String::UTF8);  // the tag owns it
  TagLib::StringList list;
  for (const std::string& field : fields) list.append(TagLib::String(field, TagLib::String::UTF8));
  frame->setText(list);
  file.ID3v2Tag(true)->addFrame(frame);
  ASSERT_TRUE(file.save(TagLib::MPEG::File::ID3v2, TagLib::File::StripNone,
                        version == 4 ? TagLib::ID3v2::v4 : TagLib::ID3v2::v3));
}

class ImportTags : public testing::Test {
 protected:
  ImportTags() : catalogue_(folder_ / "workspace") {}

  ImportReport import(const ImportOptions& options = {}) {
    return find_importer("tags").import(catalogue_, folder_ / "music", options);
  }
  std::vector<std::string> genres_of(const std::string& name) const {
    for (const Song& song : catalogue_.songs()) {
      if (song.name == name) return song.genres;
    }
    return {"no such song"};
  }

  TemporaryDirectory folder_;
  Catalogue catalogue_;
};

TEST_F(ImportTags, ReadsEveryWayOfWritingSeveralGenres) {
  write_mp3(folder_ / "music/nul.mp3", {"Rock", "Jazz"});
  write_mp3(folder_ / "music/slash.mp3", {"Rock/Jazz"}, 3);
  write_mp3(folder_ / "music/semicolon.mp3", {"Rock; Jazz;"}, 3);
  write_mp3(folder_ / "music/deep/numbers.mp3", {"(17)(8)"}, 3);
  write_mp3(folder_ / "music/refined.mp3", {"(17)Shoegaze"}, 3);
  write_mp3(folder_ / "music/bare.mp3", {"17", "8"});
  write_mp3(folder_ / "music/none.mp3", {});
  const auto report = import();
  EXPECT_THAT(report.faults, IsEmpty());
  EXPECT_EQ(report.added, 7);
  EXPECT_EQ(report.without_labels, 1);
  for (const char* name : {"nul.mp3", "slash.mp3", "semicolon.mp3", "deep/numbers.mp3", "bare.mp3"}) {
    EXPECT_THAT(genres_of(name), ElementsAre("Jazz", "Rock")) << name;
  }
  EXPECT_THAT(genres_of("refined.mp3"), ElementsAre("Rock", "Shoegaze"));
  EXPECT_EQ(import().unchanged, 7);
}

TEST_F(ImportTags, ReadsApeTagsToo) {
  test::write(folder_ / "music/1.mp3", std::string(1000, '\0'));
  {
    TagLib::MPEG::File file((folder_ / "music/1.mp3").c_str());
    TagLib::StringList values;
    values.append("Rock");
    values.append("Jazz");
    file.APETag(true)->setItem("Genre", TagLib::APE::Item("Genre", values));
    file.APETag()->setArtist("Somebody");
    ASSERT_TRUE(file.save(TagLib::MPEG::File::APE));
  }  // which writes the rest
  import();
  EXPECT_THAT(genres_of("1.mp3"), ElementsAre("Jazz", "Rock"));
  EXPECT_EQ(catalogue_.songs()[0].artist, "Somebody");
}

TEST_F(ImportTags, SpellingsThatDifferInCaseAndBlanksAreOneGenre) {
  write_mp3(folder_ / "music/1.mp3", {"Trip Hop"});
  write_mp3(folder_ / "music/2.mp3", {"trip  hop"});
  import();
  EXPECT_THAT(genres_of("2.mp3"), ElementsAre("Trip Hop"));
}

TEST_F(ImportTags, MapsThroughAliasesToTheTaxonomyAndCountsTheRest) {
  test::write(folder_ / "taxonomy.csv", "subgenre,genre\ntrip hop,Hip-Hop\ntrip hop,Electronic\nsoul,R&B\n");
  test::write(folder_ / "aliases.csv",
              "value,label\ntriphop,trip hop\nR&B/Soul,R&B\nR&B/Soul,soul\nOther,\nelectronica,electronic\n");
  write_mp3(folder_ / "music/1.mp3", {"TripHop;polka"});
  write_mp3(folder_ / "music/2.mp3", {"r&b/soul"});
  write_mp3(folder_ / "music/3.mp3", {"other", "Polka", "Electronica"});
  write_mp3(folder_ / "music/4.mp3", {"polka", "polka"});
  const auto report = import({.taxonomy = folder_ / "taxonomy.csv", .aliases = folder_ / "aliases.csv"});
  EXPECT_THAT(report.unmapped, ElementsAre(Pair("polka", 3)));
  EXPECT_EQ(report.without_labels, 1);
  const auto songs = catalogue_.songs();
  EXPECT_THAT(songs[0].subgenres, ElementsAre("trip hop"));
  EXPECT_THAT(songs[0].genres, ElementsAre("Electronic", "Hip-Hop"));
  EXPECT_THAT(songs[1].subgenres, ElementsAre("soul"));
  EXPECT_THAT(songs[1].genres, ElementsAre("R&B"));
  EXPECT_THAT(songs[2].genres, ElementsAre("Electronic"));
}

TEST_F(ImportTags, FaultyAliasesAreNamedWithTheirLinesAndNothingIsImported) {
  test::write(folder_ / "taxonomy.csv", "subgenre,genre\nsoul,R&B\n");
  test::write(folder_ / "aliases.csv", "value,label\nx,Soul\ny,Polka\n,soul\nz\n");
  write_mp3(folder_ / "music/1.mp3", {"x"});
  const std::string message = message_of<CatalogueError>(
      [&] { import({.taxonomy = folder_ / "taxonomy.csv", .aliases = folder_ / "aliases.csv"}); });
  EXPECT_THAT(message, AllOf(HasSubstr("aliases.csv:3: the label \"Polka\" is no subgenre"),
                             HasSubstr("aliases.csv:4: the value is empty"),
                             HasSubstr("aliases.csv:5: 1 fields where the header has 2")));
  EXPECT_EQ(catalogue_.song_count(), 0);
}

TEST_F(ImportTags, HasNoPublishedSplitToWrite) {
  write_mp3(folder_ / "music/1.mp3", {"x"});
  EXPECT_THAT(message_of<CatalogueError>([&] { import({.write_split = folder_ / "split.csv"}); }),
              HasSubstr("--published-split"));
  EXPECT_EQ(catalogue_.song_count(), 0);
}

}  // namespace
}  // namespace gamut::catalogue
