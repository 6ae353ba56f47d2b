#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>

#include "gamut/catalogue/catalogue.h"
#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "tests/catalogue/library.h"
#include "tests/support/test_data.h"

namespace gamut::catalogue {
namespace {

using gamut::test::TemporaryDirectory;
using test::make_song;
using test::message_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A catalogue of three songs with one picture set.
class PictureRecords : public testing::Test {
 protected:
  PictureRecords() : catalogue_(workspace_.path()) {
    ImportReport report;
    catalogue_.put_songs({make_song("1", "", "", {}), make_song("2", "", "", {}), make_song("3", "", "", {})},
                         report);
    for (const Song& song : catalogue_.songs()) songs_.push_back(song.id);
    set_ = catalogue_.picture_set("mel-nearest-1234", {{"scale", "mel"}, {"n_fft", 2048}});
  }

  PictureRecord ok(std::size_t song, std::int64_t row, double start_s = 0) const {
    return {songs_[song], row, start_s, "c" + std::to_string(row), Outcome::ok, 217.25, ""};
  }
  PictureRecord failed(std::size_t song) const {
    return {songs_[song], std::nullopt, 0, "", Outcome::failed, 0, "no audio \"here\""};
  }
  std::vector<std::int64_t> songs_in_order() const {
    std::vector<std::int64_t> songs;
    for (const auto& record : catalogue_.picture_records(set_)) songs.push_back(record.song_id);
    return songs;
  }

  TemporaryDirectory workspace_;
  Catalogue catalogue_;
  std::vector<std::int64_t> songs_;
  std::int64_t set_ = 0;
};

TEST_F(PictureRecords, ComeBackInOrderOfRowFailuresLast) {
  catalogue_.put_picture_records(set_, {failed(0), ok(2, 1), ok(1, 0), ok(1, 2, 30.5)});
  const auto records = catalogue_.picture_records(set_);
  ASSERT_EQ(records.size(), 4u);
  EXPECT_THAT(songs_in_order(), ElementsAre(songs_[1], songs_[2], songs_[1], songs_[0]));
  EXPECT_EQ(records[2].row, 2);
  EXPECT_EQ(records[2].start_s, 30.5);
  EXPECT_EQ(records[2].checksum, "c2");
  EXPECT_EQ(records[2].duration_s, 217.25);
  EXPECT_FALSE(records[3].row.has_value());
  EXPECT_EQ(records[3].outcome, Outcome::failed);
  EXPECT_EQ(records[3].reason, "no audio \"here\"");
}

TEST_F(PictureRecords, ReplaceASongsEarlierOnes) {
  catalogue_.put_picture_records(set_, {failed(0), ok(1, 0), ok(1, 1, 30)});
  catalogue_.put_picture_records(set_, {ok(0, 2), ok(1, 3)});
  EXPECT_THAT(songs_in_order(), ElementsAre(songs_[0], songs_[1]));
  catalogue_.erase_picture_records(set_, {songs_[0], 12345});
  EXPECT_THAT(songs_in_order(), ElementsAre(songs_[1]));
}

TEST_F(PictureRecords, OfOneSetStayOutOfAnother) {
  const auto other = catalogue_.picture_set("linear-nearest-1234", {{"scale", "linear"}});
  catalogue_.put_picture_records(set_, {ok(0, 0)});
  catalogue_.put_picture_records(other, {ok(0, 0)});
  catalogue_.erase_picture_records(other, {songs_[0]});
  EXPECT_EQ(catalogue_.picture_records(set_).size(), 1u);
  EXPECT_THAT(catalogue_.picture_records(other), IsEmpty());
}

TEST_F(PictureRecords, RefuseARowThatAnotherSongHolds) {
  catalogue_.put_picture_records(set_, {ok(0, 0)});
  EXPECT_THAT(message_of<CatalogueError>([&] {
                catalogue_.put_picture_records(set_, {ok(1, 1), ok(2, 0)});
              }),
              HasSubstr("contradicts the catalogue"));
  EXPECT_THAT(songs_in_order(), ElementsAre(songs_[0]));
}

TEST_F(PictureRecords, RefuseAnUnknownSong) {
  PictureRecord stray = ok(0, 0);
  stray.song_id = 999;
  EXPECT_THAT(message_of<CatalogueError>([&] { catalogue_.put_picture_records(set_, {stray}); }),
              HasSubstr("contradicts the catalogue"));
}

TEST_F(PictureRecords, SetIsFoundAgainWhateverTheOrderOfItsKeys) {
  EXPECT_EQ(Catalogue(workspace_.path()).picture_set("mel-nearest-1234", {{"n_fft", 2048}, {"scale", "mel"}}),
            set_);
}

TEST_F(PictureRecords, SetIsFoundWhileAnotherProcessWrites) {
  SQLite::Database writer((workspace_ / "catalogue.db").string(), SQLite::OPEN_READWRITE);
  const SQLite::Transaction writing(writer, SQLite::TransactionBehavior::IMMEDIATE);
  EXPECT_EQ(catalogue_.picture_set("mel-nearest-1234", {{"scale", "mel"}, {"n_fft", 2048}}), set_);
}

TEST_F(PictureRecords, SetWithOtherOptionsIsRefused) {
  EXPECT_THAT(
      message_of<CatalogueError>([&] {
        catalogue_.picture_set("mel-nearest-1234", {{"scale", "mel"}, {"n_fft", 4096}});
      }),
      HasSubstr("mel-nearest-1234 was made with other options: {\"scale\":\"mel\",\"n_fft\":2048}, now"));
}

}  // namespace
}  // namespace gamut::catalogue
