#include "gamut/doctor/audit.h"
#include "gamut/core/json.h"

#include <gmock/gmock.h>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "tests/doctor/music.h"

namespace gamut::doctor {
namespace {

using catalogue::Catalogue;
using catalogue::Part;
using catalogue::Song;
using gamut::test::TemporaryDirectory;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

constexpr Part kTrain = Part::train, kValidation = Part::validation, kTest = Part::test;

Song tagged(const std::string& name, const std::string& artist, const std::string& album,
            const std::vector<std::string>& genres) {
  Song song = test::make_song("/music/" + album + "/" + name);
  song.artist = artist;
  song.album = album;
  song.genres = genres;
  return song;
}

/// Six songs on three albums of two artists.
std::vector<Song> six_songs() {
  return {tagged("a1", "Anna", "One", {"Jazz"}),         tagged("a2", "Anna", "One", {"Jazz"}),
          tagged("a3", "Anna", "Two", {"Jazz", "Rock"}), tagged("a4", "Anna", "Two", {"Jazz", "Rock"}),
          tagged("b1", "Ben", "Three", {"Rock"}),        tagged("b2", "Ben", "Three", {"Rock"})};
}

Splits make_splits(const std::vector<Song>& songs, std::vector<catalogue::FoldParts> of_folds) {
  return {songs, make_labels(songs, {"Jazz", "Rock"}), std::move(of_folds)};
}

TEST(SplitFindings, NameTheGroupsThatCrossAndCountTheTestSongsTheyReach) {
  const auto songs = six_songs();
  const Splits splits = make_splits(songs, {});
  const SplitFindings findings = find_in_split(
      songs, splits.labels, {0, 0, {kTrain, kTest, kValidation, kTest, kTrain, kTrain}}, Copies());
  ASSERT_THAT(findings.albums, SizeIs(2));
  EXPECT_EQ(findings.albums[0].first_song, 0u);
  EXPECT_THAT(findings.albums[0].songs, ElementsAre(1, 0, 1));
  EXPECT_THAT(findings.albums[1].songs, ElementsAre(0, 1, 1));
  EXPECT_EQ(findings.counts.test_songs_with_album_mates, 2);
  EXPECT_EQ(findings.counts.test_songs_with_album_mates_in_training, 1);
  ASSERT_THAT(findings.artists, SizeIs(1));
  EXPECT_EQ(findings.counts.test_songs_with_artist_mates_in_training, 2);
}

TEST(SplitFindings, SayWhichLabelSetsAPartLacksAndWhetherItHadTo) {
  auto songs = six_songs();
  const Splits splits = make_splits(songs, {});
  const SplitFindings findings =
      find_in_split(songs, splits.labels, {0, 0, {kTrain, kTrain, kTest, kTest, kTrain, kTest}}, Copies());
  EXPECT_EQ(findings.label_sets, 3);
  ASSERT_THAT(findings.gaps, SizeIs(2));  // nobody asked for validation songs, so Rock lacks nothing
  EXPECT_THAT(findings.gaps[0].genres, ElementsAre("Jazz"));
  EXPECT_TRUE(findings.gaps[0].too_few) << "one album cannot be in two parts";
  EXPECT_THAT(findings.gaps[1].genres, ElementsAre("Jazz", "Rock"));
  EXPECT_THAT(findings.gaps[1].songs, ElementsAre(0, 0, 2));
  EXPECT_EQ(findings.unseen_test_songs, 2);

  songs[1].album = "Other";
  const SplitFindings two_albums =
      find_in_split(songs, splits.labels, {0, 0, {kTrain, kTrain, kTest, kTest, kTrain, kTest}}, Copies());
  EXPECT_FALSE(two_albums.gaps[0].too_few);
}

TEST(SplitFindings, CopiesCountWhereTheyCrossParts) {
  const auto songs = six_songs();
  const Splits splits = make_splits(songs, {});
  Copies copies;
  copies.sets = {{{0, 1}, true}, {{2, 4, 5}, false}};
  const SplitFindings findings = find_in_split(
      songs, splits.labels, {0, 0, {kTrain, kTrain, kTrain, kValidation, kTest, kTest}}, copies);
  ASSERT_THAT(findings.copies, SizeIs(1));
  EXPECT_EQ(findings.copies[0].set, 1u);
  EXPECT_THAT(findings.copies[0].songs, ElementsAre(1, 0, 2));
  EXPECT_EQ(findings.test_songs_with_copies_in_training, 2);
}

class AuditTest : public testing::Test {
 protected:
  TemporaryDirectory workspace_;
};

TEST_F(AuditTest, CopiesAcrossPartsAreTheFirstThingSaid) {
  Catalogue library(workspace_.path());
  const std::vector<demo::Samples> music = test::compose(3, 12);
  test::write(workspace_ / "original.flac", music[0]);
  test::write(workspace_ / "copy.mp3", music[0]);
  test::write(workspace_ / "same.wav", music[0]);
  test::write(workspace_ / "other.flac", music[1]);
  test::write(workspace_ / "third.flac", music[2]);
  save_atomically(workspace_ / "broken.mp3", "not music");
  std::vector<std::filesystem::path> paths;
  for (const char* name :
       {"original.flac", "copy.mp3", "same.wav", "other.flac", "third.flac", "broken.mp3", "gone.flac"}) {
    paths.push_back(workspace_ / name);
  }
  const auto songs = test::put_library(library, paths);
  const Splits splits = {
      songs, make_labels(songs, {"Music"}), {{0, 0, {kTrain, kTest, kTrain, kTest, kTrain, kTrain, kTrain}}}};
  const Audit audit = audit_splits(library, splits, {.audio = true, .jobs = 2});
  EXPECT_EQ(audit.audio->computed, 6);
  EXPECT_EQ(audit.splits[0].test_songs_with_copies_in_training, 1);

  const std::string text = to_text(audit, "the run x");
  EXPECT_THAT(text,
              StartsWith("Audit of the run x: 7 songs. IT LEAKS: 0 of 2 test songs (0.0 %) have album-mates "
                         "in training, and 1 a copy.\n"));
  EXPECT_THAT(text,
              HasSubstr("copies: 1 recording has songs in more than one part; 1 of 2 test songs (50.0 %)"));
  EXPECT_THAT(text, HasSubstr("same recording: original.flac, copy.mp3, same.wav (bit error rate 0.0"));
  EXPECT_THAT(text, HasSubstr("1 file is not there:\n    gone.flac"));
  EXPECT_THAT(text, HasSubstr("1 file cannot be decoded:\n    broken.mp3: "));

  const Json json = to_json(audit);
  EXPECT_EQ(json["splits"][0]["copies_crossing"][0]["songs"]["test"], 1);
  EXPECT_THAT(json["audio"]["copy_sets"][0]["songs"], SizeIs(3));
  EXPECT_EQ(json["audio"]["near_pairs"][0]["second"], "copy.mp3");
  EXPECT_EQ(json["audio"]["missing"], Json({"gone.flac"}));
  EXPECT_EQ(audit_library(library, {.audio = true, .jobs = 1}).audio->computed, 0);
}

TEST_F(AuditTest, WithoutAudioItSaysWhatWasNotLookedAt) {
  Catalogue library(workspace_.path());
  const auto songs = six_songs();
  const Audit audit =
      audit_splits(library, make_splits(songs, {{0, 0, {kTrain, kTrain, kTrain, kTrain, kTest, kTest}}}),
                   {.audio = false, .jobs = 1});
  const std::string text = to_text(audit, "it");
  EXPECT_THAT(text,
              HasSubstr("No album-mate of a test song was found in training; copies were not looked for"));
  EXPECT_THAT(text, HasSubstr("albums: none has songs in more than one part"));
  EXPECT_TRUE(to_json(audit)["audio"].is_null());
}

TEST_F(AuditTest, SongsWithoutTagsAreNotCalledClean) {
  Catalogue library(workspace_.path());
  auto songs = six_songs();
  for (Song& song : songs) song.artist.clear();
  songs[0].album.clear();
  const Audit audit =
      audit_splits(library, make_splits(songs, {{0, 0, {kTrain, kTrain, kTrain, kTrain, kTest, kTest}}}),
                   {.audio = false, .jobs = 1});
  const std::string text = to_text(audit, "it");
  EXPECT_THAT(text, HasSubstr("artists: known of no song, so nothing can be said"));
  EXPECT_THAT(text, HasSubstr("1 song has no album; of these nothing can be said"));
}

class RunSplits : public AuditTest {
 protected:
  void SetUp() override {
    songs_ = six_songs();
    save_atomically(run_ / "experiment.toml", "[data]\ngenres = [\"Rock\", \"Jazz\"]\n");
    save(run_ / "split.csv", {kTrain, kTrain, kTrain, kTrain, kTest, kTest});
  }
  void save(const std::filesystem::path& path, const std::vector<Part>& parts) {
    catalogue::save_split(path, songs_, catalogue::make_labels(songs_, {"Rock", "Jazz"}), parts);
  }

  std::vector<Song> songs_;
  std::filesystem::path run_ = workspace_ / "run";
};

TEST_F(RunSplits, EveryFoldAndRepeatIsRead) {
  save(run_ / "splits" / "1.0.csv", {kTest, kTest, kTrain, kTrain, kTrain, kTrain});
  save(run_ / "splits" / "0.1.csv", {kTrain, kTrain, kTest, kTest, kTrain, kTrain});
  save_atomically(run_ / "splits" / "notes.txt", "not a split");
  songs_.push_back(tagged("new", "Cleo", "Four", {"Rock"}));  // imported since
  const Splits splits = load_run_splits(songs_, run_);
  EXPECT_THAT(splits.songs, SizeIs(6));
  EXPECT_THAT(splits.labels.genres, ElementsAre("Rock", "Jazz"));
  ASSERT_THAT(splits.of_folds, SizeIs(3));
  EXPECT_EQ(splits.of_folds[1].fold, 1);
  EXPECT_EQ(splits.of_folds[2].repeat, 1);
  EXPECT_EQ(splits.of_folds[2].parts[2], kTest);
  Catalogue library(workspace_.path());
  EXPECT_THAT(to_text(audit_splits(library, splits, {.audio = false, .jobs = 1}), "it"),
              HasSubstr("\nFold 0, repeat 1: 4 in train, 0 in validation, 2 in test\n"));
}

TEST_F(RunSplits, SongsThatTheCatalogueLostAreCountedAndLeftOut) {
  songs_.pop_back();
  const Splits splits = load_run_splits(songs_, run_);
  EXPECT_THAT(splits.songs, SizeIs(5));
  EXPECT_EQ(splits.gone, 1);
  EXPECT_THAT(splits.of_folds[0].parts, SizeIs(5));
  Catalogue library(workspace_.path());
  EXPECT_THAT(to_text(audit_splits(library, splits, {.audio = false, .jobs = 1}), "it"),
              HasSubstr("\n1 songs of it are no longer in the catalogue"));
  EXPECT_THROW(load_split_file({}, run_ / "split.csv"), CatalogueError);
}

TEST_F(RunSplits, ARunWithoutSplitSaysWhatToDo) {
  try {
    load_run_splits(songs_, workspace_ / "absent");
    FAIL() << "it was read";
  } catch (const FileError& error) {
    EXPECT_THAT(error.what(), HasSubstr("gamut audit --split"));
  }
}

TEST_F(RunSplits, ASplitAloneHasEveryGenreOfItsSongs) {
  EXPECT_THAT(load_split_file(songs_, run_ / "split.csv").labels.genres, ElementsAre("Jazz", "Rock"));
}

}  // namespace
}  // namespace gamut::doctor
