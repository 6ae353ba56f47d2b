#include "gamut/catalogue/folds.h"

#include <gmock/gmock.h>

#include <map>
#include <set>

#include "gamut/core/error.h"
#include "tests/catalogue/library.h"

namespace gamut::catalogue {
namespace {

using test::all_genres;
using test::message_of;
using test::random_library;
using testing::HasSubstr;

TEST(Folds, TestEverySongOnceAndLeaveGroupsWhole) {
  const auto songs = random_library(3, 120, 6);
  const auto labels = make_labels(songs, all_genres(songs));
  for (const GroupBy group_by : {GroupBy::none, GroupBy::album, GroupBy::artist}) {
    const std::vector<FoldParts> splits =
        draw_folds(songs, labels, {.validation = 0.15, .group_by = group_by, .seed = 4}, 5, 1);
    ASSERT_EQ(splits.size(), 5u);
    std::vector<int> times_tested(songs.size());
    for (const FoldParts& split : splits) {
      std::map<Part, std::size_t> counts;
      for (std::size_t i = 0; i < songs.size(); ++i) {
        ++counts[split.parts[i]];
        times_tested[i] += split.parts[i] == Part::test ? 1 : 0;
      }
      EXPECT_NEAR(static_cast<double>(counts[Part::test]), static_cast<double>(songs.size()) / 5,
                  0.03 * static_cast<double>(songs.size()));
      EXPECT_NEAR(static_cast<double>(counts[Part::validation]), 0.15 * static_cast<double>(songs.size()),
                  0.03 * static_cast<double>(songs.size()));
      const SplitAudit audit = audit_split(songs, labels, split.parts);
      if (group_by == GroupBy::album) {
        EXPECT_EQ(audit.albums_crossing, 0);
      }
      if (group_by == GroupBy::artist) {
        EXPECT_EQ(audit.artists_crossing, 0);
      }
    }
    EXPECT_THAT(times_tested, testing::Each(1));
  }
}

TEST(Folds, RepeatsAreOtherSplitsAndTheFirstIsThatWithoutRepeats) {
  const auto songs = random_library(3, 120, 6);
  const auto labels = make_labels(songs, all_genres(songs));
  const SplitOptions options{.validation = 0.15, .group_by = GroupBy::album, .seed = 4};
  const auto once = draw_folds(songs, labels, options, 3, 1);
  const auto twice = draw_folds(songs, labels, options, 3, 2);
  ASSERT_EQ(twice.size(), 6u);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(twice[i].parts, once[i].parts);
    EXPECT_EQ(twice[i + 3].repeat, 1);
    EXPECT_EQ(twice[i + 3].fold, static_cast<int>(i));
    EXPECT_NE(twice[i + 3].parts, once[i].parts);
  }
}

TEST(Folds, OneFoldIsAPlainSplit) {
  const auto songs = random_library(5, 80, 4);
  const auto labels = make_labels(songs, all_genres(songs));
  const auto splits = draw_folds(songs, labels, {.seed = 9}, 1, 1);
  ASSERT_EQ(splits.size(), 1u);
  EXPECT_EQ(splits[0].parts, draw_split(songs, labels, {.seed = 9}));
}

TEST(Folds, OfAGrownLibraryKeepEveryPartAndTestEverySongOnce) {
  const std::vector<Song> songs = random_library(3, 60, 6);
  const std::size_t n_old = songs.size() * 2 / 3;
  const std::span<const Song> old = std::span(songs).first(n_old);
  const std::vector<std::string> genres = all_genres(songs);
  const auto before = draw_folds(old, make_labels(old, genres), {}, 4, 2);
  std::vector<KeptParts> kept;
  for (const FoldParts& split : before) {
    kept.push_back({split.fold, split.repeat, {split.parts.begin(), split.parts.end()}});
    kept.back().parts.resize(songs.size());
  }
  const LabelMatrix labels = make_labels(songs, genres);
  const auto after = draw_folds(songs, labels, {}, 4, 2, kept);
  ASSERT_EQ(after.size(), before.size());
  std::vector<int> tested(songs.size());
  for (std::size_t s = 0; s < after.size(); ++s) {
    EXPECT_TRUE(std::equal(before[s].parts.begin(), before[s].parts.end(), after[s].parts.begin())) << s;
    EXPECT_EQ(audit_split(songs, labels, after[s].parts).albums_crossing, 0) << s;
    for (std::size_t i = 0; i < songs.size(); ++i) tested[i] += after[s].parts[i] == Part::test ? 1 : 0;
  }
  EXPECT_THAT(tested, testing::Each(2));  // once a repeat
}

TEST(Folds, RefuseNumbersThatMakeNoSense) {
  const auto songs = random_library(5, 80, 4);
  const auto labels = make_labels(songs, all_genres(songs));
  EXPECT_THAT(message_of<ParameterError>([&] { draw_folds(songs, labels, {}, 0, 1); }), HasSubstr("0 folds"));
  EXPECT_THAT(message_of<ParameterError>([&] { draw_folds(songs, labels, {.validation = 0.6}, 2, 1); }),
              HasSubstr("leave nothing to train on"));
}

}  // namespace
}  // namespace gamut::catalogue
