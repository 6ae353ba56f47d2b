#include <gmock/gmock.h>

#include "gamut/catalogue/split.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "tests/catalogue/library.h"
#include "tests/support/test_data.h"

namespace gamut::catalogue {
namespace {

using gamut::test::TemporaryDirectory;
using test::make_song;
using test::message_of;
using testing::HasSubstr;

class SplitFile : public testing::Test {
 protected:
  std::filesystem::path file() const { return folder_ / "runs/x/split.csv"; }
  std::string load_message(const std::string& text) const {
    test::write(file(), text);
    return message_of<CatalogueError>([&] { load_split(file(), songs_); });
  }

  TemporaryDirectory folder_;
  std::vector<Song> songs_ = {make_song("a, \"b\"\n「c」 \xff.mp3", "A", "X, Y", {}),
                              make_song("2.mp3", "", "", {}), make_song("3.mp3", "B", "Z", {"Rock"})};
};

TEST_F(SplitFile, RoundTripsInAnyOrderOfSongs) {
  const std::vector<Part> parts = {Part::test, Part::train, Part::validation};
  save_split(file(), songs_, make_labels(songs_, {"Rock", "R&B, Soul"}), parts);
  EXPECT_EQ(load_split(file(), songs_), parts);
  EXPECT_THAT(load_text(file()), HasSubstr("song,part,fold,album,artist,label:Rock,\"label:R&B, Soul\"\n"));
  EXPECT_THAT(load_text(file()), HasSubstr("\n3.mp3,validation,0,Z,B,1,0\n"));
  std::swap(songs_[0], songs_[2]);
  EXPECT_EQ(load_split(file(), songs_), (std::vector<Part>{Part::validation, Part::train, Part::test}));
}

TEST_F(SplitFile, AlbumsOfOneTitleHaveNamesOfTheirOwn) {
  songs_ = {make_song("a/1.mp3", "Abba", "Greatest Hits", {}),
            make_song("q/1.mp3", "Queen", "Greatest Hits", {}), make_song("q/2.mp3", "Queen", "Jazz", {})};
  save_split(file(), songs_, make_labels(songs_, {"Rock"}), std::vector<Part>(3, Part::train));
  const std::string text = load_text(file());
  EXPECT_THAT(text, HasSubstr("a/1.mp3,train,0,Greatest Hits (Abba),Abba,0"));
  EXPECT_THAT(text, HasSubstr("q/1.mp3,train,0,Greatest Hits (Queen),Queen,0"));
  EXPECT_THAT(text, HasSubstr("q/2.mp3,train,0,Jazz,Queen,0"));
}

TEST_F(SplitFile, NamesSongsThatOneSideLacks) {
  save_split(file(), songs_, make_labels(songs_, {"Rock"}), std::vector<Part>(3));
  const auto fewer = std::span(songs_).first(2);
  EXPECT_THAT(message_of<CatalogueError>([&] { load_split(file(), fewer); }),
              HasSubstr("has 1 songs (3.mp3) that the experiment does not have"));
  songs_.push_back(make_song("4.mp3", "", "", {}));
  EXPECT_THAT(message_of<CatalogueError>([&] { load_split(file(), songs_); }),
              HasSubstr("lacks 1 songs (4.mp3) of the experiment"));
}

TEST_F(SplitFile, NamesSongsWithOtherLabelsWhereItIsAsked) {
  const LabelMatrix labels = make_labels(songs_, {"Rock", "Jazz"});
  save_split(file(), songs_, labels, std::vector<Part>(3));
  EXPECT_NO_THROW(load_split(file(), songs_, &labels));
  const LabelMatrix respelt{{"ROCK", "jazz"}, labels.values};
  EXPECT_NO_THROW(load_split(file(), songs_, &respelt));
  songs_[1].genres = {"Jazz"};
  const LabelMatrix corrected = make_labels(songs_, {"Rock", "Jazz"});
  EXPECT_NO_THROW(load_split(file(), songs_));
  EXPECT_THAT(message_of<CatalogueError>([&] { load_split(file(), songs_, &corrected); }),
              HasSubstr("has other labels for 1 songs (2.mp3) than the experiment; the catalogue or the "
                        "choice of genres has changed since"));
  const LabelMatrix other_order = make_labels(songs_, {"Jazz", "Rock"});
  EXPECT_EQ(load_earlier_split(file(), songs_, &other_order).relabelled.size(), 3u);
}

TEST_F(SplitFile, OfAnEarlierLibrarySaysWhatItHas) {
  save_split(file(), songs_, make_labels(songs_, {"Rock"}), std::vector<Part>(3, Part::test));
  const std::vector<Song> now{make_song("4.mp3", "", "", {}), songs_[1]};
  const EarlierSplit earlier = load_earlier_split(file(), now);
  EXPECT_EQ(earlier.parts, (std::vector<std::optional<Part>>{std::nullopt, Part::test}));
  EXPECT_THAT(earlier.strangers, testing::ElementsAre(songs_[0].name, songs_[2].name));
}

TEST_F(SplitFile, ListsFaultyRowsWithTheirLines) {
  const std::string message = load_message("song,part\n2.mp3,train\n2.mp3,test\n3.mp3,tset\n3.mp3\n");
  EXPECT_THAT(message, HasSubstr("split.csv:3: the song is listed twice: 2.mp3"));
  EXPECT_THAT(message, HasSubstr("split.csv:4: unknown part \"tset\""));
  EXPECT_THAT(message, HasSubstr("split.csv:5: 1 fields where the header has 2"));
  EXPECT_THAT(load_message("song,fold\n"), HasSubstr("no column `part`"));
}

}  // namespace
}  // namespace gamut::catalogue
