#include "gamut/features/extractor.h"
#include "gamut/core/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <csignal>
#include <limits>
#include <thread>

#include "gamut/audio/encode.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/features/picture_store.h"
#include "gamut/identity/identify.h"
#include "tests/support/test_data.h"

namespace gamut::features {
namespace {

using catalogue::Catalogue;
using catalogue::Song;

class ExtractorTest : public testing::Test {
 protected:
  /// `count` short tones, each of its own pitch, in the catalogue.
  void make_library(int count, double seconds = 0.5) {
    std::vector<Song> songs;
    for (int i = 0; i < count; ++i) {
      std::vector<float> tone(static_cast<std::size_t>(22050 * seconds));
      for (std::size_t t = 0; t < tone.size(); ++t) {
        tone[t] = 0.5f * std::sin(0.02f * static_cast<float>(i + 1) * static_cast<float>(t));
      }
      const std::string name = std::to_string(i) + ".flac";
      audio::encode(workspace_ / name, tone, 22050);
      songs.push_back(song(name));
    }
    put(songs);
  }

  Song song(const std::string& name) const {
    Song song;
    song.name = name;
    song.path = workspace_ / name;
    song.genres = {"Tones"};
    return song;
  }

  void put(const std::vector<Song>& songs) {
    Catalogue library(workspace_.path());
    catalogue::ImportReport report;
    library.put_songs(songs, report);
  }

  static ExtractOptions options(int jobs = 1) {
    ExtractOptions options{.front_ends = {}, .jobs = jobs};
    for (const char* scale : {"linear", "mel"}) {
      spectra::FrontEndOptions front_end;
      front_end.scale = scale;
      front_end.picture_width = front_end.picture_height = 16;
      options.front_ends.push_back(front_end);
    }
    return options;
  }

  ExtractReport extract_all(const ExtractOptions& options) {
    Catalogue library(workspace_.path());
    return extract(library, workspace_.path(), options);
  }

  std::filesystem::path store_folder(std::size_t set) const {
    return picture_directory(workspace_.path(), spectra::picture_set_name(options().front_ends[set]));
  }
  std::string store_bytes(std::size_t set) const { return load_text(store_folder(set) / "pictures.npy"); }

  /// Each of `count` songs has one row in both sets, its own, with the bytes that were recorded.
  void expect_sound(std::size_t count) const {
    Catalogue library(workspace_.path());
    for (const spectra::FrontEndOptions& front_end : options().front_ends) {
      const std::string name = spectra::picture_set_name(front_end);
      const PictureStore store(picture_directory(workspace_.path(), name));
      const auto records = library.picture_records(library.picture_set(name, set_specification(front_end)));
      EXPECT_EQ(records.size(), count);
      for (const catalogue::PictureRecord& record : records) {
        ASSERT_TRUE(record.row) << record.reason;
        EXPECT_EQ(store.checksum(static_cast<std::size_t>(*record.row)), record.checksum);
      }
    }
  }

  test::TemporaryDirectory workspace_;
};

TEST_F(ExtractorTest, FillsEverySetFromOneDecode) {
  make_library(4);
  const ExtractReport report = extract_all(options());
  EXPECT_EQ(report.computed, 4);
  EXPECT_THAT(report.faults, testing::IsEmpty());
  for (std::size_t set : {0u, 1u}) EXPECT_EQ(PictureStore(store_folder(set)).rows(), 4u);
}

TEST_F(ExtractorTest, TheSameDecodeTellsWhatTheAudioIs) {
  make_library(3, 4);
  ExtractOptions left = options(2);
  for (spectra::FrontEndOptions& front_end : left.front_ends) front_end.channels = Channels::left;
  extract_all(left);
  Catalogue library(workspace_.path());
  const std::vector<catalogue::AudioIdentity> known = library.audio_identities();
  ASSERT_EQ(known.size(), 3u);
  for (const Song& song : library.songs()) {
    const catalogue::AudioIdentity& heard = known[static_cast<std::size_t>(song.id - 1)];
    const catalogue::AudioIdentity alone = identity::identify_audio(song.path);
    EXPECT_EQ(heard.content, alone.content);
    EXPECT_EQ(heard.fingerprint, alone.fingerprint);
    EXPECT_EQ(heard.rms, alone.rms);
    EXPECT_NEAR(heard.peak, 0.5, 1e-4);
    EXPECT_NEAR(heard.declared_s, 4, 1e-6);
  }
}

TEST_F(ExtractorTest, WhatIsKnownOfTheAudioIsNotLearntAgain) {
  make_library(2);
  extract_all(options());
  Catalogue library(workspace_.path());
  std::vector<catalogue::AudioIdentity> known = library.audio_identities();
  for (catalogue::AudioIdentity& identity : known) identity.content = "known";
  known[1].modified_ns -= 1;
  library.put_audio_identities(known);
  ExtractOptions others = options();
  for (spectra::FrontEndOptions& front_end : others.front_ends) front_end.picture_width = 8;
  EXPECT_EQ(extract_all(others).computed, 2);
  known = library.audio_identities();
  EXPECT_EQ(known[0].content, "known");
  EXPECT_NE(known[1].content, "known") << "its file has changed";
}

TEST_F(ExtractorTest, ParallelEqualsSerial) {
  make_library(12);
  extract_all(options(1));
  const std::string serial = store_bytes(1);
  std::filesystem::remove_all(workspace_ / "pictures");
  std::filesystem::remove(workspace_ / "catalogue.db");
  std::vector<Song> songs;
  for (int i = 0; i < 12; ++i) songs.push_back(song(std::to_string(i) + ".flac"));
  put(songs);
  extract_all(options(4));
  EXPECT_EQ(store_bytes(1), serial);
}

TEST_F(ExtractorTest, SecondRunComputesNothing) {
  make_library(3);
  extract_all(options());
  const std::string before = store_bytes(0);
  const ExtractReport report = extract_all(options());
  EXPECT_EQ(report.computed, 0);
  EXPECT_EQ(report.complete, 3);
  EXPECT_EQ(store_bytes(0), before);
}

TEST_F(ExtractorTest, SegmentsAreRowsOfTheirSongWithTheirStart) {
  make_library(3, 1.1);
  ExtractOptions segmented = options(2);
  for (spectra::FrontEndOptions& front_end : segmented.front_ends) front_end.segment_s = 0.25;
  EXPECT_EQ(extract_all(segmented).computed, 3);
  EXPECT_EQ(extract_all(segmented).computed, 0);
  Catalogue library(workspace_.path());
  const spectra::FrontEndOptions& mel = segmented.front_ends[1];
  const std::int64_t set = library.picture_set(spectra::picture_set_name(mel), set_specification(mel));
  const std::vector<catalogue::PictureRecord> records = library.picture_records(set);
  ASSERT_EQ(records.size(), 12u);  // four whole quarters of a second a song
  for (std::size_t i = 0; i < records.size(); ++i) {
    EXPECT_EQ(records[i].row, static_cast<std::int64_t>(i));
    EXPECT_NEAR(records[i].start_s, 0.25 * static_cast<double>(i % 4), 1e-4);
    EXPECT_EQ(records[i].song_id, records[i / 4 * 4].song_id);
  }
}

TEST_F(ExtractorTest, ASongWithOneBrokenSegmentIsComputedAnew) {
  make_library(2, 1.1);
  ExtractOptions segmented = options();
  for (spectra::FrontEndOptions& front_end : segmented.front_ends) front_end.segment_s = 0.25;
  extract_all(segmented);
  const std::filesystem::path store =
      picture_directory(workspace_.path(), spectra::picture_set_name(segmented.front_ends[0])) /
      "pictures.npy";
  std::string bytes = load_text(store);
  bytes[128 + 2 * 256 + 5] =
      static_cast<char>(bytes[128 + 2 * 256 + 5] + 1);  // in the first song's third row
  save_atomically(store, bytes);
  EXPECT_EQ(extract_all(segmented).computed, 1);
  EXPECT_EQ(extract_all(segmented).computed, 0);
}

TEST_F(ExtractorTest, ANewScaleIsComputedAlone) {
  make_library(3);
  ExtractOptions one = options();
  one.front_ends.resize(1);
  extract_all(one);
  const std::string before = store_bytes(0);
  const ExtractReport report = extract_all(options());
  EXPECT_EQ(report.computed, 3);
  EXPECT_EQ(describe(report.plan), "3 without a picture of every set");
  EXPECT_EQ(store_bytes(0), before);
  EXPECT_EQ(PictureStore(store_folder(1)).rows(), 3u);
}

TEST_F(ExtractorTest, FailuresStandUntilTheyAreRetriedAndThenTheyAlone) {
  make_library(2);
  ExtractOptions short_songs = options();
  short_songs.max_duration_s = 0.1;
  EXPECT_EQ(extract_all(short_songs).failed(), 2);
  put({song("text.mp3")});
  save_atomically(workspace_ / "text.mp3", "not music");

  ExtractReport report = extract_all(options());
  EXPECT_EQ(report.plan.failed_before, 2);
  EXPECT_EQ(report.computed, 1);
  EXPECT_EQ(report.failed(), 3);

  audio::encode(workspace_ / "new.flac", std::vector<float>(11025, 0.25f), 22050);
  put({song("new.flac")});
  ExtractOptions retry = options();
  retry.retry_failed = true;
  report = extract_all(retry);
  EXPECT_EQ(describe(report.plan), "3 that failed before, 1 others to do, left by --retry-failed");
  EXPECT_EQ(report.computed, 3);
  ASSERT_EQ(report.faults.size(), 1u);
  EXPECT_EQ(report.faults[0].song, "text.mp3");
  EXPECT_EQ(describe(extract_all(options()).plan),
            "1 new, 1 that failed before and are left, --retry-failed tries them, 2 up to date");
}

TEST_F(ExtractorTest, AFailureInAnySetIsReported) {
  make_library(2);
  ExtractOptions one = options();
  one.front_ends.resize(1);
  extract_all(one);
  std::filesystem::remove(workspace_ / "1.flac");
  const ExtractReport report = extract_all(options());
  EXPECT_EQ(report.failed(), 1);
  ASSERT_EQ(report.faults.size(), 1u);
  EXPECT_EQ(report.faults[0].song, "1.flac");
  EXPECT_THAT(report.faults[0].reason, testing::HasSubstr("no such file"));
}

TEST_F(ExtractorTest, ASongThatWasAwayAndIsBackIsRetried) {
  make_library(2);
  std::filesystem::rename(workspace_ / "1.flac", workspace_ / "away");
  EXPECT_EQ(extract_all(options()).failed(), 1);
  std::filesystem::rename(workspace_ / "away", workspace_ / "1.flac");
  ExtractOptions retry = options();
  retry.retry_failed = true;
  const ExtractReport report = extract_all(retry);
  EXPECT_EQ(describe(report.plan), "1 that failed before");
  EXPECT_EQ(report.failed(), 0);
  EXPECT_EQ(describe(extract_all(options()).plan), "2 up to date");
}

TEST_F(ExtractorTest, OnlyWhatIsNewOrChangedIsDrawn) {
  make_library(4);
  EXPECT_EQ(describe(extract_all(options()).plan), "4 new");
  const std::string before = store_bytes(0);

  audio::encode(workspace_ / "1.flac", std::vector<float>(11025, 0.25f), 22050);
  audio::encode(workspace_ / "new.flac", std::vector<float>(11025, 0.5f), 22050);
  put({song("new.flac")});
  const ExtractReport report = extract_all(options());
  EXPECT_EQ(describe(report.plan), "1 new, 1 changed, 3 up to date");
  EXPECT_EQ(report.computed, 2);
  EXPECT_EQ(PictureStore(store_folder(0)).rows(), 6u);
  EXPECT_EQ(store_bytes(0).substr(128, 4 * 256), before.substr(128));
  EXPECT_EQ(describe(extract_all(options()).plan), "5 up to date");
}

TEST_F(ExtractorTest, AFileThatWasOnlyTouchedOrRemovedIsUpToDate) {
  make_library(3);
  extract_all(options());
  const auto later = std::filesystem::last_write_time(workspace_ / "0.flac") + std::chrono::hours(1);
  std::filesystem::last_write_time(workspace_ / "0.flac", later);
  std::filesystem::remove(workspace_ / "1.flac");
  EXPECT_EQ(describe(extract_all(options()).plan), "3 up to date");
  EXPECT_EQ(PictureStore(store_folder(0)).rows(), 3u);
}

TEST_F(ExtractorTest, ThePictureOfAFileWithOtherBytesAndTheSameSoundKeepsItsRow) {
  make_library(2);
  extract_all(options());
  std::vector<float> tone(11025);
  for (std::size_t t = 0; t < tone.size(); ++t) tone[t] = 0.5f * std::sin(0.02f * static_cast<float>(t));
  std::filesystem::remove(workspace_ / "0.flac");
  audio::encode(workspace_ / "0.wav", tone, 22050);
  std::filesystem::rename(workspace_ / "0.wav", workspace_ / "0.flac");
  EXPECT_EQ(describe(extract_all(options()).plan), "1 changed, 1 up to date");
  EXPECT_EQ(PictureStore(store_folder(0)).rows(), 2u);
  EXPECT_EQ(describe(extract_all(options()).plan), "2 up to date");
}

TEST_F(ExtractorTest, PicturesOfAnOlderFrontEndAreDrawnAnew) {
  make_library(2);
  extract_all(options());
  Json specification = load_json(store_folder(0) / "pictures.json");
  specification["front_end_version"] = 0;
  save_json(store_folder(0) / "pictures.json", specification);
  const ExtractReport report = extract_all(options());
  EXPECT_EQ(describe(report.plan), "2 of an older front end");
  EXPECT_EQ(report.computed, 2);
  EXPECT_EQ(PictureStore(store_folder(0)).rows(), 2u);
  EXPECT_EQ(PictureStore(store_folder(1)).rows(), 2u);
  EXPECT_EQ(describe(extract_all(options()).plan), "2 up to date");
}

TEST_F(ExtractorTest, ACorruptedRowIsComputedAgain) {
  make_library(3);
  extract_all(options());
  const std::vector<std::uint8_t> sound = PictureStore(store_folder(0)).picture(1).indices;
  std::string bytes = store_bytes(0);
  bytes[128 + 16 * 16 + 5] ^= 1;
  save_atomically(store_folder(0) / "pictures.npy", bytes);
  EXPECT_EQ(extract_all(options()).computed, 1);
  expect_sound(3);
  EXPECT_EQ(PictureStore(store_folder(0)).picture(3).indices, sound);
}

TEST_F(ExtractorTest, ALostStoreIsFilledAgain) {
  make_library(3);
  extract_all(options());
  const std::string before = store_bytes(0);
  std::filesystem::remove(store_folder(0) / "pictures.npy");
  EXPECT_EQ(extract_all(options()).computed, 3);
  EXPECT_EQ(store_bytes(0), before);
}

TEST_F(ExtractorTest, RowsOfALostStoreAreFreeForOtherSongs) {
  put({song("long.flac")});
  audio::encode(workspace_ / "long.flac", std::vector<float>(22050 * 2, 0.25f), 22050);
  make_library(2);
  ExtractOptions short_songs = options();
  short_songs.max_duration_s = 1;
  EXPECT_EQ(extract_all(short_songs).failed(), 1);
  std::filesystem::remove(store_folder(0) / "pictures.npy");
  ExtractOptions retry = options();
  retry.retry_failed = true;
  EXPECT_EQ(describe(extract_all(retry).plan),
            "1 that failed before, 2 others to do, left by --retry-failed");
  EXPECT_EQ(extract_all(options()).computed, 2);
  expect_sound(3);
}

TEST_F(ExtractorTest, ASongMayTakeLongWhileOthersAreDone) {
  std::vector<Song> songs{song("long.flac")};
  audio::encode(workspace_ / "long.flac", std::vector<float>(22050 * 120, 0.25f), 22050);
  put(songs);
  make_library(60, 0.1);
  EXPECT_EQ(extract_all(options(2)).computed, 61);
  expect_sound(61);
}

TEST_F(ExtractorTest, ASongOfTooManyPicturesFails) {
  make_library(1, 14);
  ExtractOptions many = options();
  for (spectra::FrontEndOptions& front_end : many.front_ends) {
    front_end.segment_s = 0.1;
    front_end.picture_width = front_end.picture_height = 4096;
  }
  const ExtractReport report = extract_all(many);
  ASSERT_EQ(report.failed(), 1);
  EXPECT_THAT(report.faults[0].reason, testing::HasSubstr("bytes, but at most 2147483648 a song are made"));
}

TEST_F(ExtractorTest, BadOptionsAreRefusedBeforeAnySongFails) {
  make_library(1);
  for (const double seconds : {0.0, -1.0, std::nan(""), std::numeric_limits<double>::infinity()}) {
    ExtractOptions bad = options();
    bad.max_duration_s = seconds;
    EXPECT_THROW(extract_all(bad), ParameterError) << seconds;
  }
  for (const double rate_hz : {500.0, 900000.0}) {
    ExtractOptions bad = options();
    for (spectra::FrontEndOptions& front_end : bad.front_ends) front_end.sample_rate_hz = rate_hz;
    EXPECT_THROW(extract_all(bad), ParameterError) << rate_hz;
  }
  EXPECT_EQ(describe(extract_all(options()).plan), "1 new");
}

TEST_F(ExtractorTest, ASecondProcessSaysSo) {
  make_library(1);
  const FileLock lock(workspace_ / "pictures/.lock", "testing");
  EXPECT_THROW(extract_all(options()), FileError);
}

TEST_F(ExtractorTest, KillAtAnyMomentLeavesNoTornRow) {
  make_library(40, 3);
  extract_all(options());
  const std::string undisturbed = store_bytes(0);
  for (const int milliseconds : {20, 60, 120, 250}) {
    std::filesystem::remove_all(workspace_ / "pictures");
    for (const char* suffix : {"", "-wal", "-shm"})
      std::filesystem::remove(workspace_ / ("catalogue.db" + std::string(suffix)));
    std::vector<Song> songs;
    for (int i = 0; i < 40; ++i) songs.push_back(song(std::to_string(i) + ".flac"));
    put(songs);
    const pid_t child = fork();
    if (child == 0) {
      extract_all(options());
      _exit(0);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    extract_all(options());
    EXPECT_EQ(store_bytes(0), undisturbed) << "killed after " << milliseconds << " ms";
  }
}

TEST_F(ExtractorTest, RefusesSetsThatCannotShareADecode) {
  make_library(1);
  ExtractOptions mixed = options();
  mixed.front_ends[1].sample_rate_hz = 44100;
  EXPECT_THROW(extract_all(mixed), ParameterError);
  EXPECT_THROW(extract_all({}), ParameterError);
}

}  // namespace
}  // namespace gamut::features
