// The paper's library (its structure; the audio does not exist) and the real recordings, where they are at
// hand.
#include <gmock/gmock.h>

#include "gamut/catalogue/import.h"
#include "gamut/catalogue/split.h"
#include "tests/catalogue/library.h"
#include "tests/support/test_data.h"

namespace gamut::catalogue {
namespace {

using gamut::test::TemporaryDirectory;
using gamut::test::test_data;
using testing::IsEmpty;

std::vector<Song> labelled(std::vector<Song> songs) {
  std::erase_if(songs, [](const Song& song) { return song.genres.empty(); });
  return songs;
}

/// Songs of one row of an audit that are in validation and test, as shares.
void expect_shares(const SplitAudit::Row& row, double share, double tolerance, std::uint64_t seed) {
  const double all = static_cast<double>(row.train + row.validation + row.test);
  EXPECT_NEAR(static_cast<double>(row.test) / all, share, tolerance) << row.genre << ", seed " << seed;
  EXPECT_NEAR(static_cast<double>(row.validation) / all, share, tolerance) << row.genre << ", seed " << seed;
}

TEST(PaperLibrary, CountsAsInTheFile) {
  const auto csv = test_data("paper/songs.csv");
  GAMUT_REQUIRE_FILE(csv);
  TemporaryDirectory workspace;
  Catalogue catalogue(workspace.path());
  const auto report = import_csv(catalogue, csv, {.taxonomy = {}, .check_files = false});
  EXPECT_THAT(report.faults, IsEmpty());
  EXPECT_EQ(report.added, 18168);
  EXPECT_EQ(report.without_labels, 267);
  EXPECT_THAT(report.warnings, IsEmpty());
  EXPECT_EQ(catalogue.songs()[0].declared_s, 104);
  EXPECT_EQ(catalogue.song_count(), 18168);
  EXPECT_EQ(catalogue.album_count(), 1467);
  EXPECT_EQ(catalogue.unlabelled_count(), 267);
  const auto counts = catalogue.genre_counts();
  ASSERT_EQ(counts.size(), 16u);
  EXPECT_EQ(counts[0].genre, "Hip-Hop");
  EXPECT_EQ(counts[0].songs, 5631);
  EXPECT_EQ(counts[0].albums, 399);
  EXPECT_EQ(counts[1].genre, "Electronic");
  EXPECT_EQ(counts[1].songs, 4644);
  EXPECT_EQ(counts[2].genre, "Rock");
  EXPECT_EQ(counts[2].songs, 4430);
  EXPECT_EQ(counts[15].genre, "Jazz");
  EXPECT_EQ(counts[15].songs, 278);
  EXPECT_EQ(import_csv(catalogue, csv, {.taxonomy = {}, .check_files = false}).unchanged, 18168);
}

TEST(PaperLibrary, SharesAreMetForTheWholeAndEachGenre) {
  const auto csv = test_data("paper/songs.csv");
  GAMUT_REQUIRE_FILE(csv);
  TemporaryDirectory workspace;
  Catalogue catalogue(workspace.path());
  import_csv(catalogue, csv, {.taxonomy = {}, .check_files = false});
  const auto songs = labelled(catalogue.songs());
  const auto labels = make_labels(songs, choose_genres(songs, {}));
  for (GroupBy group_by : {GroupBy::album, GroupBy::none}) {
    for (std::uint64_t seed : {97, 1, 2, 3, 4, 5, 6, 7}) {
      const auto parts = draw_split(songs, labels, {.group_by = group_by, .seed = seed});
      const auto audit = audit_split(songs, labels, parts);
      expect_shares(audit.rows[0], 0.1, 0.002, seed);
      for (std::size_t i = 1; i < audit.rows.size(); ++i) expect_shares(audit.rows[i], 0.1, 0.01, seed);
      if (group_by == GroupBy::album) {
        EXPECT_EQ(audit.albums_crossing, 0);
        EXPECT_EQ(audit.test_songs_with_album_mates, 0);
      } else {
        // What the paper's protocol does: nearly every test song has album-mates in training.
        EXPECT_GT(audit.test_songs_with_album_mates, audit.rows[0].test * 95 / 100);
      }
    }
  }
}

TEST(RealLibrary, SplitsByArtistWithEveryGenreInEveryPart) {
  const auto csv = test_data("music/songs.csv");
  GAMUT_REQUIRE_FILE(csv);
  TemporaryDirectory workspace;
  Catalogue catalogue(workspace.path());
  const auto report = import_csv(catalogue, csv, {.taxonomy = test_data("music/taxonomy.csv")});
  EXPECT_THAT(report.faults, IsEmpty());
  EXPECT_EQ(report.added, 123);
  const auto labels_of = [](const std::vector<Song>& songs) {
    return make_labels(songs, {"Classical", "Electronic", "Pop", "Rock"});
  };
  auto songs = catalogue.songs();
  std::erase_if(songs,
                [&](const Song& song) { return labels_of({song}).values == std::vector<std::uint8_t>(4); });
  const auto labels = labels_of(songs);
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto parts = draw_split(
        songs, labels, {.test = 0.3, .validation = 0.15, .group_by = GroupBy::artist, .seed = seed});
    const auto audit = audit_split(songs, labels, parts);
    EXPECT_EQ(audit.artists_crossing, 0);
    for (const auto& row : audit.rows) {
      const double all = static_cast<double>(row.train + row.validation + row.test);
      EXPECT_NEAR(static_cast<double>(row.test) / all, 0.3, 0.1) << row.genre;
      EXPECT_NEAR(static_cast<double>(row.validation) / all, 0.15, 0.1) << row.genre;
      EXPECT_GT(row.validation, 0) << row.genre;
    }
  }
}

TEST(RealLibrary, FoldersGiveGenresAndTags) {
  const auto music = test_data("music");
  GAMUT_REQUIRE_FILE(music);
  TemporaryDirectory workspace;
  Catalogue catalogue(workspace.path());
  const auto report = import_folders(catalogue, music, {});
  EXPECT_EQ(report.added, 123);
  EXPECT_EQ(report.without_labels, 0);
  EXPECT_EQ(catalogue.genre_counts().size(), 4u);
}

}  // namespace
}  // namespace gamut::catalogue
