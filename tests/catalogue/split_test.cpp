#include <gmock/gmock.h>

#include <cmath>
#include <map>
#include <set>

#include "gamut/catalogue/split.h"
#include "gamut/core/error.h"
#include "gamut/core/hash.h"
#include "tests/catalogue/library.h"

namespace gamut::catalogue {
namespace {

using test::all_genres;
using test::make_song;
using test::message_of;
using test::random_library;
using testing::HasSubstr;

std::string as_text(const std::vector<Part>& parts) {
  std::string text;
  for (Part part : parts) text += to_string(part)[1];  // r, a or e
  return text;
}

double share(std::int64_t some, const SplitAudit::Row& row) {
  return static_cast<double>(some) / static_cast<double>(row.train + row.validation + row.test);
}

TEST(DrawSplit, NoGroupCrossesAndSharesAreMetInRandomLibraries) {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    const auto songs = random_library(seed, 200, 8);
    const auto labels = make_labels(songs, all_genres(songs));
    for (GroupBy group_by : {GroupBy::album, GroupBy::artist}) {
      const auto parts =
          draw_split(songs, labels, {.test = 0.2, .validation = 0.1, .group_by = group_by, .seed = seed});
      ASSERT_EQ(parts.size(), songs.size());
      const auto audit = audit_split(songs, labels, parts);
      EXPECT_EQ(group_by == GroupBy::album ? audit.albums_crossing : audit.artists_crossing, 0);
      EXPECT_NEAR(share(audit.rows[0].test, audit.rows[0]), 0.2, 0.005);
      EXPECT_NEAR(share(audit.rows[0].validation, audit.rows[0]), 0.1, 0.005);
      for (const auto& row : audit.rows) {
        EXPECT_NEAR(share(row.test, row), 0.2, 0.02) << row.genre << ", seed " << seed;
        EXPECT_NEAR(share(row.validation, row), 0.1, 0.02) << row.genre << ", seed " << seed;
      }
    }
  }
}

TEST(DrawSplit, EveryGenreIsInEveryPartOfASmallLibrary) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    auto songs = random_library(seed, 12, 3);
    const auto labels = make_labels(songs, all_genres(songs));
    const auto parts = draw_split(songs, labels, {.group_by = GroupBy::artist, .seed = seed});
    const auto audit = audit_split(songs, labels, parts);
    for (const auto& row : audit.rows) {
      std::set<std::string> artists;
      for (const auto& song : songs) {
        if (std::count(song.genres.begin(), song.genres.end(), row.genre) > 0) artists.insert(song.artist);
      }
      if (artists.size() < 3 && row.genre != "(all)") continue;
      EXPECT_GT(row.train, 0) << row.genre << ", seed " << seed;
      EXPECT_GT(row.validation, 0) << row.genre << ", seed " << seed;
      EXPECT_GT(row.test, 0) << row.genre << ", seed " << seed;
    }
  }
}

TEST(DrawSplit, GenreOfTwoGroupsIsLearnedAndMeasured) {
  std::vector<Song> songs;
  for (int i = 0; i < 40; ++i) {
    const std::string group = std::to_string(i);
    songs.push_back(make_song(group, group, group, {i < 2 ? "rare" : "common"}));
  }
  const auto labels = make_labels(songs, {"common", "rare"});
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const auto audit = audit_split(songs, labels, draw_split(songs, labels, {.seed = seed}));
    EXPECT_EQ(audit.rows[2].train, 1);
    EXPECT_EQ(audit.rows[2].validation, 0);
    EXPECT_EQ(audit.rows[2].test, 1);
  }
}

TEST(DrawSplit, WithoutGroupsEveryLargeLabelSetGivesItsShareRoundedDownOrUp) {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    const auto songs = random_library(seed, 150, 6);
    const auto labels = make_labels(songs, all_genres(songs));
    const auto parts =
        draw_split(songs, labels, {.test = 0.15, .validation = 0.1, .group_by = GroupBy::none, .seed = seed});
    std::map<std::vector<std::string>, std::array<int, 3>> sets;
    for (std::size_t i = 0; i < songs.size(); ++i)
      ++sets[songs[i].genres][static_cast<std::size_t>(parts[i])];
    for (const auto& [genres, counts] : sets) {
      const int size = counts[0] + counts[1] + counts[2];
      if (size < 10) continue;
      const std::array<double, 3> shares = {0.75, 0.1, 0.15};
      for (std::size_t part = 0; part < 3; ++part) {
        EXPECT_GE(counts[part], std::floor(size * shares[part] - 1e-9));
        EXPECT_LE(counts[part], std::ceil(size * shares[part] + 1e-9));
      }
    }
    const auto audit = audit_split(songs, labels, parts);
    EXPECT_NEAR(share(audit.rows[0].test, audit.rows[0]), 0.15, 0.003);
    for (const auto& row : audit.rows)
      EXPECT_NEAR(share(row.test, row), 0.15, 0.02) << row.genre << ", seed " << seed;
  }
}

TEST(DrawSplit, RoundingDoesNotAddUpOverEqualLabelSets) {
  std::vector<Song> songs;
  std::vector<std::string> genres;
  for (int genre = 0; genre < 20; ++genre) {
    genres.push_back("genre " + std::to_string(genre));
    for (int i = 0; i < 14; ++i) {
      songs.push_back(make_song(genres.back() + "/" + std::to_string(i), "", "", {genres.back()}));
    }
  }
  const auto labels = make_labels(songs, genres);
  const auto audit = audit_split(songs, labels, draw_split(songs, labels, {.group_by = GroupBy::none}));
  // Each set gives 1.4 songs; twenty times 1 or 2 would be 7 or 14 %.
  EXPECT_NEAR(static_cast<double>(audit.rows[0].test), 28, 1);
  EXPECT_NEAR(static_cast<double>(audit.rows[0].validation), 28, 1);
}

TEST(DrawSplit, SmallLabelSetsArePooled) {
  std::vector<Song> songs;
  std::vector<std::string> genres;
  for (int genre = 0; genre < 8; ++genre) genres.push_back("g" + std::to_string(genre));
  // 120 songs, each with a label set of its own, or nearly: none could be split alone.
  Random random(5);
  for (int i = 0; i < 120; ++i) {
    std::vector<std::string> labels;
    for (const auto& genre : genres) {
      if (random.chance(0.5)) labels.push_back(genre);
    }
    songs.push_back(make_song(std::to_string(i), "", "", labels));
  }
  const auto labels = make_labels(songs, genres);
  const auto audit = audit_split(songs, labels, draw_split(songs, labels, {.group_by = GroupBy::none}));
  EXPECT_NEAR(static_cast<double>(audit.rows[0].test), 12, 1);
  for (const auto& row : audit.rows) EXPECT_NEAR(share(row.test, row), 0.1, 0.035) << row.genre;
}

TEST(DrawSplit, IsTheSameForAnyOrderOfSongs) {
  const auto songs = random_library(3, 60, 6);
  const auto genres = all_genres(songs);
  auto shuffled = songs;
  Random random(9);
  random.shuffle(std::span(shuffled));
  for (GroupBy group_by : {GroupBy::none, GroupBy::album, GroupBy::artist}) {
    const auto parts = draw_split(songs, make_labels(songs, genres), {.group_by = group_by});
    const auto of_shuffled = draw_split(shuffled, make_labels(shuffled, genres), {.group_by = group_by});
    std::map<std::string, Part> by_name;
    for (std::size_t i = 0; i < songs.size(); ++i) by_name[songs[i].name] = parts[i];
    for (std::size_t i = 0; i < songs.size(); ++i) EXPECT_EQ(of_shuffled[i], by_name[shuffled[i].name]);
  }
}

TEST(DrawSplit, SeedDecides) {
  const auto songs = random_library(3, 60, 6);
  const auto labels = make_labels(songs, all_genres(songs));
  EXPECT_EQ(draw_split(songs, labels, {.seed = 1}), draw_split(songs, labels, {.seed = 1}));
  EXPECT_NE(draw_split(songs, labels, {.seed = 1}), draw_split(songs, labels, {.seed = 2}));
}

// The promise "the same with any compiler": these hashes were computed once and may change only with the
// algorithm.
TEST(DrawSplit, MatchesItsPinnedHash) {
  const auto songs = random_library(3, 60, 6);
  const auto labels = make_labels(songs, all_genres(songs));
  auto hash = [&](GroupBy group_by) {
    return sha256_hex(as_text(draw_split(songs, labels, {.group_by = group_by}))).substr(0, 16);
  };
  EXPECT_EQ(hash(GroupBy::none), "c0c319323bbd085a");
  EXPECT_EQ(hash(GroupBy::album), "4f2d4c34265d4471");
  EXPECT_EQ(hash(GroupBy::artist), "010520c60340cd9d");
}

TEST(DrawSplit, NoValidationMeansNone) {
  const auto songs = random_library(1, 60, 4);
  const auto labels = make_labels(songs, all_genres(songs));
  for (GroupBy group_by : {GroupBy::none, GroupBy::album}) {
    const auto audit = audit_split(
        songs, labels, draw_split(songs, labels, {.test = 0.3, .validation = 0, .group_by = group_by}));
    EXPECT_EQ(audit.rows[0].validation, 0);
    EXPECT_NEAR(share(audit.rows[0].test, audit.rows[0]), 0.3, 0.02);
  }
}

TEST(DrawSplit, NamesTheFieldThatSongsLack) {
  auto songs = random_library(1, 10, 3);
  songs[0].album.clear();
  songs[1].album.clear();
  songs[2].artist.clear();
  const auto labels = make_labels(songs, all_genres(songs));
  const std::string of_all = " of " + std::to_string(songs.size()) + " songs have no ";
  EXPECT_THAT(message_of<CatalogueError>([&] { draw_split(songs, labels, {.group_by = GroupBy::album}); }),
              HasSubstr("group_by = \"album\": 2" + of_all + "album; add it"));
  EXPECT_THAT(message_of<CatalogueError>([&] { draw_split(songs, labels, {.group_by = GroupBy::artist}); }),
              HasSubstr("group_by = \"artist\": 1" + of_all + "artist; add it"));
  EXPECT_EQ(draw_split(songs, labels, {.group_by = GroupBy::none}).size(), songs.size());
}

TEST(DrawSplit, RefusesTooFewGroupsAndSongs) {
  const std::vector<Song> songs = {make_song("1", "A", "X", {"Rock"}), make_song("2", "A", "X", {"Rock"}),
                                   make_song("3", "B", "Y", {"Rock"})};
  const auto labels = make_labels(songs, {"Rock"});
  EXPECT_THAT(message_of<CatalogueError>([&] { draw_split(songs, labels, {}); }),
              HasSubstr("2 albums are too few for 3 parts"));
  EXPECT_EQ(draw_split(songs, labels, {.validation = 0}).size(), 3u);
  EXPECT_THAT(message_of<CatalogueError>([&] {
                draw_split(std::span(songs).first(1), make_labels(std::span(songs).first(1), {"Rock"}),
                           {.group_by = GroupBy::none});
              }),
              HasSubstr("1 songs are too few"));
}

TEST(DrawSplit, RefusesSharesThatAreNone) {
  const std::vector<Song> songs = {make_song("1", "A", "X", {"Rock"})};
  const auto labels = make_labels(songs, {"Rock"});
  EXPECT_THAT(message_of<ParameterError>([&] { draw_split(songs, labels, {.test = -0.1}); }),
              HasSubstr("test = -0.1 is no share"));
  EXPECT_THAT(message_of<ParameterError>([&] { draw_split(songs, labels, {.validation = std::nan("")}); }),
              HasSubstr("validation = nan is no share"));
  EXPECT_THAT(
      message_of<ParameterError>([&] { draw_split(songs, labels, {.test = 0.6, .validation = 0.4}); }),
      HasSubstr("leave nothing to train on"));
  EXPECT_THROW(draw_split(songs, make_labels({}, {"Rock"}), {}), ParameterError);
}

/// The parts of the first of `songs`, and none for the others.
std::vector<std::optional<Part>> keep_first(std::span<const Part> parts, std::size_t songs) {
  std::vector<std::optional<Part>> kept(parts.begin(), parts.end());
  kept.resize(songs);
  return kept;
}

TEST(GrownSplit, OldSongsKeepTheirPartsAndNoGroupCrosses) {
  for (const GroupBy group_by : {GroupBy::none, GroupBy::album, GroupBy::artist}) {
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
      const std::vector<Song> songs = random_library(seed, 90, 8);
      const std::size_t n_old = songs.size() / 2;
      const std::span<const Song> old = std::span(songs).first(n_old);
      const std::vector<std::string> genres = all_genres(songs);
      const SplitOptions options{.group_by = group_by, .seed = seed};
      const auto before = draw_split(old, make_labels(old, genres), options);
      const LabelMatrix labels = make_labels(songs, genres);
      const auto after = draw_split(songs, labels, options, keep_first(before, songs.size()));
      EXPECT_TRUE(std::equal(before.begin(), before.end(), after.begin()));
      const SplitAudit audit = audit_split(songs, labels, after);
      if (group_by != GroupBy::none) {
        EXPECT_EQ(audit.albums_crossing, 0);
      }
      EXPECT_NEAR(double(audit.rows[0].test) / double(songs.size()), 0.1, 0.01) << to_string(group_by);
      EXPECT_NEAR(double(audit.rows[0].validation) / double(songs.size()), 0.1, 0.01) << to_string(group_by);
    }
  }
}

TEST(GrownSplit, ASongGoesToItsAlbumWhateverTheShares) {
  const std::vector<Song> songs{make_song("a/1", "x", "a", {"Rock"}), make_song("b/1", "x", "b", {"Rock"}),
                                make_song("c/1", "x", "c", {"Rock"}), make_song("a/2", "x", "a", {"Rock"}),
                                make_song("a/3", "x", "a", {"Rock"}), make_song("a/4", "x", "a", {"Rock"})};
  const std::vector<std::optional<Part>> kept{Part::test,   Part::train,  Part::validation,
                                              std::nullopt, std::nullopt, std::nullopt};
  const auto parts = draw_split(songs, make_labels(songs, {"Rock"}), {.group_by = GroupBy::album}, kept);
  EXPECT_EQ(parts, (std::vector<Part>{Part::test, Part::train, Part::validation, Part::test, Part::test,
                                      Part::test}));
}

TEST(GrownSplit, WithoutNewSongsNothingChangesEvenWhereGroupsCross) {
  const std::vector<Song> songs{make_song("a/1", "x", "a", {"Rock"}), make_song("a/2", "x", "a", {"Rock"}),
                                make_song("a/3", "x", "a", {"Rock"})};
  const std::vector<Part> crossing{Part::test, Part::train, Part::validation};
  EXPECT_EQ(draw_split(songs, make_labels(songs, {"Rock"}), {.group_by = GroupBy::album},
                       keep_first(crossing, songs.size())),
            crossing);
}

TEST(GrownSplit, RefusesPartsOfOtherSongs) {
  const std::vector<Song> songs{make_song("a/1", "x", "a", {"Rock"})};
  const std::vector<std::optional<Part>> kept(2);
  EXPECT_THAT(message_of<ParameterError>([&] { draw_split(songs, make_labels(songs, {"Rock"}), {}, kept); }),
              HasSubstr("2 kept parts do not fit 1 songs"));
}

TEST(SlowDrawSplit, HundredThousandAlbumsMeetTheirShares) {
  const auto songs = random_library(1, 50'000, 60);
  const auto labels = make_labels(songs, all_genres(songs));
  for (GroupBy group_by : {GroupBy::album, GroupBy::none}) {
    const auto audit = audit_split(songs, labels, draw_split(songs, labels, {.group_by = group_by}));
    for (const auto& row : audit.rows) EXPECT_NEAR(share(row.test, row), 0.1, 0.01) << row.genre;
  }
}

}  // namespace
}  // namespace gamut::catalogue
