// The data sets whose importers need little to be seen at work.
#include <gmock/gmock.h>

#include "gamut/catalogue/importers.h"
#include "gamut/core/error.h"
#include "tests/catalogue/library.h"
#include "tests/support/test_data.h"

namespace gamut::catalogue {
namespace {

using gamut::test::TemporaryDirectory;
using test::message_of;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;

class DataSets : public testing::Test {
 protected:
  DataSets() : catalogue_(folder_ / "workspace") {}

  void write(const std::string& name, const std::string& text = "") { test::write(folder_ / name, text); }

  /// Imports `source`, which must be seen to be of `format`.
  ImportReport import(const std::string& format, const std::string& source,
                      const ImportOptions& options = {}) {
    const Importer& importer = detect_importer(folder_ / source);
    EXPECT_EQ(importer.name, format);
    return importer.import(catalogue_, folder_ / source, options);
  }
  std::vector<std::string> names() const {
    std::vector<std::string> list;
    for (const Song& song : catalogue_.songs()) list.push_back(song.name);
    return list;
  }

  TemporaryDirectory folder_;
  Catalogue catalogue_;
};

using ImportGtzan = DataSets;

TEST_F(ImportGtzan, ReportsTheBadFileAndTakesOverTheFaultFilteredLists) {
  for (const char* name : {"blues/blues.00000", "blues/blues.00001", "jazz/jazz.00053", "jazz/jazz.00054",
                           "hiphop/hiphop.00000", "hiphop/cover"}) {
    write("gtzan/genres/" + std::string(name) + ".wav");
  }
  write("train.txt", "blues/blues.00000.wav\r\nblues/blues.00001.wav\r\n");
  write("validation.txt", "hiphop.00000\n");
  write("test.txt", "jazz/jazz.00053.wav\n");
  const auto report =
      import("gtzan", "gtzan",
             {.published_split = {folder_ / "train.txt", folder_ / "validation.txt", folder_ / "test.txt"},
              .write_split = folder_ / "split.csv"});
  EXPECT_THAT(report.faults,
              ElementsAre(EndsWith("cover.wav: not named <genre>.<five digits> after its folder"),
                          HasSubstr("jazz.00054.wav: known to be unreadable")));
  EXPECT_THAT(report.warnings, IsEmpty());
  EXPECT_THAT(names(), ElementsAre("blues/blues.00000.wav", "blues/blues.00001.wav",
                                   "hiphop/hiphop.00000.wav", "jazz/jazz.00053.wav"));
  EXPECT_THAT(catalogue_.songs()[2].genres, ElementsAre("hiphop"));
  EXPECT_THAT(load_split(folder_ / "split.csv", catalogue_.songs()),
              ElementsAre(Part::train, Part::train, Part::validation, Part::test));
}

using ImportAuthors = DataSets;

TEST_F(ImportAuthors, LabelsSongsByAlbumAndTakesOverTheParts) {
  write("library/Labels/Rock.txt", "1\r\n2\r\n");
  write("library/Labels/Hip-Hop.txt", "2\n9\n");
  for (const char* name : {"1_1", "1_2", "2_1", "3_1", "intro"}) {
    write("library/songs/" + std::string(name) + ".mp3");
  }
  write("library/lengths.txt", "1_1.mp3^201.5\n1_3.mp3^17\n1_2.mp3\n2_1.mp3^long\n");
  write("library/test_labels.csv", "2_1.png,0_1\n");
  write("library/mel/Rock/Train/Positive/1_1.png");
  write("library/mel/Rock/Valid/Positive/1_2.png");
  write("library/mel/Hip-Hop/Valid/Negative/1_1.png");
  const auto report = import("authors", "library", {.write_split = folder_ / "split.csv"});
  EXPECT_THAT(report.faults, ElementsAre(EndsWith("lengths.txt:2: no audio file is called 1_3"),
                                         EndsWith("intro.mp3: not named <album>_<track>")));
  EXPECT_THAT(report.warnings,
              ElementsAre(EndsWith("lengths.txt:4: \"long\""), "1 albums in Labels have no song",
                          HasSubstr("1 songs are in several parts")));
  auto songs = catalogue_.songs();
  ASSERT_EQ(songs.size(), 4u);
  EXPECT_EQ(songs[0].album, "1");
  EXPECT_THAT(songs[0].genres, ElementsAre("Rock"));
  EXPECT_THAT(songs[2].genres, ElementsAre("Hip-Hop", "Rock"));
  EXPECT_THAT(songs[3].genres, IsEmpty());
  EXPECT_EQ(songs[0].declared_s, 201.5);
  EXPECT_EQ(songs[1].declared_s, std::nullopt);
  EXPECT_EQ(songs[2].declared_s, std::nullopt);
  songs.pop_back();
  EXPECT_THAT(load_split(folder_ / "split.csv", songs),
              ElementsAre(Part::train, Part::validation, Part::test));
}

TEST_F(ImportAuthors, WithoutAudioTheLengthsNameTheSongs) {
  write("library/Labels/Rock.txt", "1\n");
  write("library/lengths.txt", "1_1.mp3^201.5\n1_2.mp3^17\n");
  EXPECT_EQ(import("authors", "library", {.check_files = false}).added, 2);
  EXPECT_EQ(catalogue_.songs()[1].declared_s, 17);
}

using ImportMagnaTagATune = DataSets;

TEST_F(ImportMagnaTagATune, ReadsTagsClipsAndTheCommonSplit) {
  write("mtat/annotations_final.csv",
        "\"clip_id\"\t\"no voice\"\t\"jazz\"\t\"rock\"\t\"mp3_path\"\n"
        "\"2\"\t\"1\"\t\"1\"\t\"0\"\t\"f/a-29-58.mp3\"\n"
        "\"6\"\t\"0\"\t\"0\"\t\"1\"\t\"c/b-0-29.mp3\"\n"
        "\"7\"\t\"0\"\t\"0\"\t\"1\"\t\"0/gone-0-29.mp3\"\n"
        "\"8\"\t\"0\"\t\"0\"\n");
  write("mtat/clip_info_final.csv",
        "\"clip_id\"\t\"track_number\"\t\"title\"\t\"artist\"\t\"album\"\n"
        "\"2\"\t\"1\"\t\"A\"\t\"American Bach Soloists\"\t\"Cantatas\"\n");
  write("mtat/f/a-29-58.mp3");
  write("mtat/c/b-0-29.mp3");
  write("aliases.csv", "value,label\njazz,Jazz\nrock,Rock\n");
  const auto report = import("magnatagatune", "mtat",
                             {.aliases = folder_ / "aliases.csv", .write_split = folder_ / "split.csv"});
  EXPECT_THAT(report.faults,
              ElementsAre(HasSubstr("annotations_final.csv:5: 3 fields where the header has 5"),
                          HasSubstr("annotations_final.csv:4: clip 7: no such file")));
  EXPECT_THAT(report.unmapped, ElementsAre(testing::Pair("no voice", 1)));
  const auto songs = catalogue_.songs();
  ASSERT_EQ(songs.size(), 2u);
  EXPECT_EQ(songs[0].artist, "American Bach Soloists");
  EXPECT_EQ(songs[0].album, "Cantatas");
  EXPECT_THAT(songs[0].genres, ElementsAre("Jazz"));
  EXPECT_EQ(songs[1].artist, "");
  EXPECT_THAT(load_split(folder_ / "split.csv", songs), ElementsAre(Part::test, Part::validation));
}

using ImportJams = DataSets;

constexpr const char* kJams = R"({
  "file_metadata": {"title": "T", "artist": "A", "release": "R", "duration": 30.01},
  "annotations": [
    {"annotation_metadata": {}, "namespace": "beat", "data": [{"time": 0, "duration": 0, "value": 1, "confidence": null}]},
    {"annotation_metadata": {}, "namespace": "tag_open",
     "data": [{"time": 0, "duration": 30, "value": "Jazz", "confidence": 1},
              {"time": 0, "duration": 30, "value": "Rock", "confidence": 1}]},
    {"annotation_metadata": {}, "namespace": "tag_gtzan",
     "data": [{"time": 0, "duration": 30, "value": "Jazz", "confidence": null}]}],
  "sandbox": {}})";

TEST_F(ImportJams, TakesGenreNamespacesAndTheAudioOfTheSameName) {
  write("jams/1.jams", kJams);
  write("jams/1.flac");
  write("jams/2.jams", kJams);
  write("jams/3.jams", "[]");
  write("jams/4.jams", R"({"annotations": [{"namespace": "tag_open", "data": [{"value": 3}]}]})");
  write("jams/5.jams", R"({"annotations": [], "sandbox": [1]})");
  write("jams/6.jams", "{");
  const auto report = import("jams", "jams");
  EXPECT_THAT(report.faults, ElementsAre(HasSubstr("2.jams: no audio file of this name"),
                                         HasSubstr("3.jams: no list `annot"),
                                         HasSubstr("4.jams: a tag of tag_open has no text"),
                                         HasSubstr("5.jams: "), HasSubstr("6.jams")));
  const auto songs = catalogue_.songs();
  ASSERT_EQ(songs.size(), 1u);
  EXPECT_EQ(songs[0].name, "1.flac");
  EXPECT_EQ(songs[0].artist + songs[0].album + songs[0].title, "ART");
  EXPECT_EQ(songs[0].declared_s, 30.01);
  EXPECT_THAT(songs[0].genres, ElementsAre("Jazz", "Rock"));
}

using ImportMirdata = DataSets;

TEST_F(ImportMirdata, ReadsAnIndexWithGenresByJamsOrByIdentifier) {
  write("home/index.json", R"({"version": "1.0", "tracks": {
    "blues.00000": {"audio": ["genres/blues/blues.00000.wav", "0123"], "tempo": null},
    "x": {"audio": ["x.mp3", null], "jams": ["x.jams", null]},
    "y": {"audio": null},
    "z": {"audio": ["z.mp3", null], "jams": ["z.jams", null]},
    "plain": {"audio": ["music/plain.mp3", null]}}})");
  write("home/genres/blues/blues.00000.wav");
  write("home/x.mp3");
  write("home/x.jams", kJams);
  write("home/music/plain.mp3");
  const auto report = import("mirdata", "home/index.json");
  EXPECT_THAT(report.faults, ElementsAre(EndsWith("track y: no audio"), HasSubstr("track z: ")));
  EXPECT_THAT(names(), ElementsAre("genres/blues/blues.00000.wav", "music/plain.mp3", "x.mp3"));
  EXPECT_THAT(catalogue_.songs()[0].genres, ElementsAre("blues"));
  EXPECT_THAT(catalogue_.songs()[2].genres, ElementsAre("Jazz", "Rock"));
  EXPECT_EQ(catalogue_.songs()[0].declared_s, std::nullopt);
  EXPECT_EQ(catalogue_.songs()[2].declared_s, 30.01);
  EXPECT_EQ(report.without_labels, 1);
  write("home/broken.json", "{\"tracks\": [");
  EXPECT_THAT(message_of<CatalogueError>([&] { import("mirdata", "home/broken.json"); }),
              HasSubstr("no object `tracks`"));
}

TEST_F(ImportMirdata, ComparesFilesWithTheIndexsChecksumsOnDemand) {
  // MD5 of nothing, and of "abc": RFC 1321, A.5.
  write("home/index.json", R"({"version": "1.0", "tracks": {
    "a": {"audio": ["a.mp3", "d41d8cd98f00b204e9800998ecf8427e"]},
    "b": {"audio": ["b.mp3", "d41d8cd98f00b204e9800998ecf8427e"]},
    "c": {"audio": ["c.mp3", "900150983cd24fb0d6963f7d28e17f72"]},
    "d": {"audio": ["d.mp3", null]}}})");
  for (const char* name : {"home/a.mp3", "home/d.mp3"}) write(name, "");
  for (const char* name : {"home/b.mp3", "home/c.mp3"}) write(name, "abc");
  const auto report = import("mirdata", "home/index.json", {.verify = true});
  EXPECT_THAT(report.faults, ElementsAre(HasSubstr("b.mp3 is not the file that the source describes")));
  EXPECT_THAT(names(), ElementsAre("a.mp3", "c.mp3", "d.mp3"));
  EXPECT_THAT(import("mirdata", "home/index.json").faults, testing::IsEmpty());
}

using Detection = DataSets;

TEST_F(Detection, FallsBackToCsvAndFoldersAndListsTheFormatsOtherwise) {
  write("songs.csv", "path,genres\n");
  write("music/Rock/1.mp3");
  write("notes.txt");
  EXPECT_EQ(detect_importer(folder_ / "songs.csv").name, "csv");
  EXPECT_EQ(detect_importer(folder_ / "music").name, "folders");
  EXPECT_THAT(message_of<CatalogueError>([&] { detect_importer(folder_ / "notes.txt"); }),
              testing::AllOf(HasSubstr("no format was recognised"), HasSubstr("magnatagatune")));
  EXPECT_THAT(message_of<FileError>([&] { detect_importer(folder_ / "gone"); }), HasSubstr("no such file"));
  EXPECT_THAT(message_of<ParameterError>([&] { find_importer("mp3"); }), HasSubstr("no format is called"));
  EXPECT_THAT(message_of<ParameterError>([&] { import("csv", "songs.csv", {.audio = folder_ / "music"}); }),
              HasSubstr("leave out --aliases"));
  EXPECT_THAT(message_of<ParameterError>(
                  [&] { find_importer("tags").import(catalogue_, folder_ / "music", {.subset = "small"}); }),
              HasSubstr("only fma has subsets"));
}

}  // namespace
}  // namespace gamut::catalogue
