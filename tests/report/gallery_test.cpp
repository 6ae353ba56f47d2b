#include "gamut/report/gallery.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "tests/support/test_data.h"

namespace gamut::report {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// Songs "0", "1", … of one genre.
evaluation::Predictions predictions(const std::vector<std::uint8_t>& labels,
                                    const std::vector<double>& scores) {
  evaluation::Predictions result{.genres = {"Rock"}, .labels = labels, .scores = scores};
  for (std::size_t i = 0; i < labels.size(); ++i) result.songs.push_back(std::to_string(i));
  return result;
}

std::vector<std::string> songs(const std::vector<Showpiece>& showpieces, bool hits) {
  std::vector<std::string> names;
  for (const Showpiece& s : showpieces) {
    if (s.is_hit == hits) names.push_back(s.song);
  }
  return names;
}

TEST(Gallery, HitsAreTheGenresSongsByScoreAndMissesByDistanceFromTheTruth) {
  const auto chosen = choose_showpieces(
      predictions({1, 1, 1, 1, 1, 0, 0, 0, 0}, {0.6, 0.9, 0.8, 0.7, 0.2, 0.55, 0.95, 0.1, 0.7}));
  EXPECT_THAT(songs(chosen, true), ElementsAre("1", "2", "3"));
  EXPECT_THAT(songs(chosen, false), ElementsAre("6", "4", "8"));
  EXPECT_TRUE(chosen[0].has_genre);
  EXPECT_FALSE(chosen[3].has_genre);
  EXPECT_EQ(chosen[3].score, 0.95);
  EXPECT_EQ(chosen[3].genre, "Rock");
}

TEST(Gallery, NeverCallsAWrongDecisionAHitOrARightOneAMiss) {
  const auto chosen = choose_showpieces(predictions({1, 0, 1}, {0.5, 0.5, 0.51}));
  EXPECT_THAT(songs(chosen, true), ElementsAre("2"));
  EXPECT_THAT(songs(chosen, false), ElementsAre("0"));
}

TEST(Gallery, EqualScoresKeepTheOrderOfTheFile) {
  EXPECT_THAT(songs(choose_showpieces(predictions({1, 1, 1, 1}, {0.9, 0.9, 0.9, 0.9}), 2), true),
              ElementsAre("0", "1"));
}

TEST(Gallery, ReadsBackWhatItWrote) {
  test::TemporaryDirectory directory;
  auto written = choose_showpieces(predictions({1}, {0.75}));
  written[0].title = "Ein Stück";
  written[0].artist = "日本";
  written[0].picture = "1.png";
  written[0].audio = "../../a.mp3";
  save_gallery(directory.path(), written);
  const auto read = load_gallery(directory.path());
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(read[0].title, "Ein Stück");
  EXPECT_EQ(read[0].artist, "日本");
  EXPECT_EQ(read[0].picture, "1.png");
  EXPECT_EQ(read[0].audio, "../../a.mp3");
  EXPECT_EQ(read[0].score, 0.75);
  EXPECT_TRUE(read[0].is_hit && read[0].has_genre);
}

TEST(Gallery, IsEmptyWhereTheRunHasNone) {
  test::TemporaryDirectory directory;
  EXPECT_TRUE(load_gallery(directory.path()).empty());
}

TEST(Gallery, RefusesAPictureOutsideItsFolderAndWhatIsNoGallery) {
  test::TemporaryDirectory directory;
  const auto message = [&] {
    try {
      load_gallery(directory.path());
    } catch (const FileError& error) {
      return std::string(error.what());
    }
    return std::string("nothing thrown");
  };
  auto written = choose_showpieces(predictions({1}, {0.75}));
  written[0].picture = "../../secret.png";
  save_gallery(directory.path(), written);
  EXPECT_THAT(message(), HasSubstr("the picture ../../secret.png is not a file name"));
  save_atomically(gallery_directory(directory.path()) / "gallery.json", "{\"songs\": [{}]}");
  EXPECT_THAT(message(), HasSubstr("is not a gallery"));
}

TEST(RelativeLink, LeadsFromThePageToTheFile) {
  EXPECT_EQ(relative_link("/home/ann/gamut/runs/a", "/home/ann/music/x.mp3"), "../../../music/x.mp3");
  EXPECT_EQ(relative_link("/home/ann", "/home/ann/x.mp3"), "x.mp3");
  EXPECT_EQ(relative_link("runs/a/", "runs/b/../x.mp3"), "../x.mp3");
}

TEST(RelativeLink, EncodesWhatAnAddressCannotHold) {
  EXPECT_EQ(relative_link("/m", "/m/R&B #1?/\"50 %\" ü.mp3"), "R%26B%20%231%3F/%2250%20%25%22%20%C3%BC.mp3");
}

TEST(RelativeLink, DoesNotSpellOutThePlaceOnTheMachine) {
  EXPECT_EQ(relative_link("/home/ann/runs", "/media/disk/x.mp3"), "");
  EXPECT_EQ(relative_link("/home/ann/runs/", "/media/disk/x.mp3"), "");
}

}  // namespace
}  // namespace gamut::report
