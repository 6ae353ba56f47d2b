#include "gamut/doctor/fingerprint_index.h"

#include <gmock/gmock.h>

#include "gamut/core/random.h"

namespace gamut::doctor {
namespace {

using Items = std::vector<std::uint32_t>;

Items random_items(std::uint64_t seed, std::size_t count) {
  Random random(seed, "fingerprint");
  Items items(count);
  for (std::uint32_t& item : items) item = static_cast<std::uint32_t>(random.below(std::uint64_t{1} << 32));
  return items;
}

/// The same with every bit turned with this probability.
Items noisy(Items items, double error_rate, std::uint64_t seed) {
  Random random(seed, "noise");
  for (std::uint32_t& item : items) {
    for (int bit = 0; bit < 32; ++bit) {
      if (random.uniform() < error_rate) item ^= 1u << bit;
    }
  }
  return items;
}

Items without_start(const Items& items, std::ptrdiff_t count) {
  return {items.begin() + count, items.end()};
}

std::vector<Fingerprint> views(const std::vector<Items>& songs) {
  return {songs.begin(), songs.end()};
}

TEST(FingerprintIndex, FindsPlantedCopiesAmongStrangersAndNothingElse) {
  std::vector<Items> songs;
  for (std::uint64_t i = 0; i < 300; ++i) songs.push_back(random_items(i, 400));
  songs.push_back(noisy(songs[17], 0.05, 1));
  songs.push_back(noisy(without_start(songs[200], 55), 0.05, 2));
  const std::vector<Match> matches = find_matches(views(songs), 1);
  ASSERT_EQ(matches.size(), 2u);
  EXPECT_EQ(matches[0].first, 17u);
  EXPECT_EQ(matches[0].second, 300u);
  EXPECT_EQ(matches[0].offset_items, 0);
  EXPECT_NEAR(matches[0].bit_error_rate, 0.05, 0.01);
  EXPECT_EQ(matches[1].first, 200u);
  EXPECT_EQ(matches[1].second, 301u);
  EXPECT_EQ(matches[1].offset_items, 55);
  EXPECT_EQ(matches[1].overlap_items, 345);
}

TEST(FingerprintIndex, ParallelEqualsSerial) {
  std::vector<Items> songs;
  for (std::uint64_t i = 0; i < 60; ++i) songs.push_back(noisy(random_items(i % 20, 200), 0.03, i));
  const std::vector<Match> serial = find_matches(views(songs), 1);
  const std::vector<Match> parallel = find_matches(views(songs), 4);
  ASSERT_EQ(serial.size(), 60u);
  ASSERT_EQ(parallel.size(), serial.size());
  for (std::size_t i = 0; i < serial.size(); ++i) {
    EXPECT_EQ(parallel[i].first, serial[i].first);
    EXPECT_EQ(parallel[i].second, serial[i].second);
    EXPECT_EQ(parallel[i].bit_error_rate, serial[i].bit_error_rate);
  }
}

TEST(FingerprintIndex, ConstantSoundIsNoEvidence) {
  const std::vector<Items> songs(3, Items(500, 627964279u));
  EXPECT_THAT(find_matches(views(songs), 1), testing::IsEmpty());
}

TEST(FingerprintIndex, EmptyAndShortFingerprintsMatchNothing) {
  const Items song = random_items(1, 6);
  const std::vector<Items> songs = {{}, song, song, {}};
  EXPECT_THAT(find_matches(views(songs), 1), testing::IsEmpty());
  EXPECT_THAT(find_matches({}, 1), testing::IsEmpty());
}

TEST(FingerprintIndex, ItemsThatEverySongSharesProposeNothing) {
  // The same hundred items in more songs than kCommonItem: without the limit, half a million pairs.
  const std::vector<Items> songs(kCommonItem + 1, random_items(1, 100));
  const std::vector<Fingerprint> all = views(songs);
  EXPECT_THAT(find_matches(all, 1), testing::IsEmpty());
  EXPECT_THAT(find_matches(std::span(all).first(20), 1), testing::SizeIs(190));
}

TEST(FingerprintIndex, AlignTakesTheBestOffsetAroundTheOneGiven) {
  const Items song = random_items(3, 100);
  const Items later = without_start(song, 11);
  for (int given : {10, 11, 12}) {
    const Match match = align(song, later, given);
    EXPECT_EQ(match.offset_items, 11);
    EXPECT_EQ(match.overlap_items, 89);
    EXPECT_EQ(match.bit_error_rate, 0);
  }
  EXPECT_EQ(align(later, song, -11).offset_items, -11);
  EXPECT_EQ(align(song, later, 500).overlap_items, 0);
}

TEST(FingerprintIndex, ShorterOverlapsNeedFewerErrors) {
  EXPECT_EQ(largest_bit_error_rate(1000), largest_bit_error_rate(kFullOverlapItems));
  EXPECT_LT(largest_bit_error_rate(40), largest_bit_error_rate(kFullOverlapItems));
  EXPECT_EQ(largest_bit_error_rate(kFullOverlapItems / 4), 0);
}

}  // namespace
}  // namespace gamut::doctor
