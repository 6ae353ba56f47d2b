#include "gamut/demo/library.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "gamut/core/error.h"
#include "gamut/demo/names.h"
#include "gamut/demo/recipe.h"

namespace gamut::demo {
namespace {

TEST(PlanLibrary, HasTheGenresAndSubgenresOfARealLibrary) {
  const std::vector<Song> songs = plan_library({});
  EXPECT_EQ(songs.size(), 384);
  std::map<std::string, int> genres;
  std::set<std::string> subgenres;
  int several = 0, crossovers = 0;
  for (const Song& song : songs) {
    const std::vector<std::string> of_song = genres_of(song);
    several += of_song.size() >= 2 ? 1 : 0;
    crossovers += song.subgenres.size() >= 2 ? 1 : 0;
    for (const std::string& genre : of_song) ++genres[genre];
    subgenres.insert(song.subgenres.begin(), song.subgenres.end());
  }
  EXPECT_EQ(genres.size(), 6);
  EXPECT_EQ(subgenres.size(), 16);
  EXPECT_GT(crossovers, 0);
  EXPECT_GE(several, 0.3 * static_cast<double>(songs.size()));
  for (const auto& [genre, count] : genres) EXPECT_GE(count, 48) << genre;
}

TEST(PlanLibrary, SmallLibrariesHaveTheirShareOfTwoGenresToo) {
  const std::vector<Song> songs =
      plan_library({.artists_per_subgenre = 1, .albums_per_artist = 1, .songs_per_album = 1});
  EXPECT_EQ(songs.size(), recipes().size());
  const auto several =
      std::count_if(songs.begin(), songs.end(), [](const Song& s) { return genres_of(s).size() > 1; });
  EXPECT_GE(several, 0.3 * static_cast<double>(songs.size()));
}

TEST(PlanLibrary, EveryArtistHasSeveralAlbumsAndEveryFileIsItsOwn) {
  std::map<std::string, std::set<std::string>> albums;
  std::map<std::string, std::set<std::string>> labels;
  std::set<std::string> files;
  for (const Song& song : plan_library({})) {
    albums[song.artist].insert(song.album);
    labels[song.artist + "/" + song.album].insert(song.subgenres.back());
    EXPECT_TRUE(files.insert(song.file).second) << song.file;
  }
  EXPECT_EQ(albums.size(), 96);
  for (const auto& [artist, of_artist] : albums) EXPECT_EQ(of_artist.size(), 2) << artist;
  for (const auto& [album, of_album] : labels) EXPECT_EQ(of_album.size(), 1) << album;
}

TEST(PlanLibrary, MixesTheThreeFormatsInEveryGenre) {
  std::map<std::string, std::set<std::string>> formats;
  for (const Song& song : plan_library({}))
    for (const std::string& genre : genres_of(song))
      formats[genre].insert(std::filesystem::path(song.file).extension().string());
  for (const auto& [genre, of_genre] : formats)
    EXPECT_THAT(of_genre, testing::UnorderedElementsAre(".mp3", ".m4a", ".flac")) << genre;
}

TEST(PlanLibrary, SameSeedSamePlanOtherSeedOtherPlan) {
  const auto files_of = [](std::uint64_t seed) {
    std::vector<std::string> files;
    for (const Song& song : plan_library({.seed = seed})) files.push_back(song.file);
    return files;
  };
  EXPECT_EQ(files_of(4), files_of(4));
  EXPECT_NE(files_of(4), files_of(5));
}

TEST(LibraryOptions, EveryFaultIsListedAtOnce) {
  try {
    plan_library({.artists_per_subgenre = 0, .albums_per_artist = 100, .song_seconds = 1});
    FAIL() << "accepted";
  } catch (const ParameterError& error) {
    EXPECT_STREQ(
        error.what(),
        "the built-in music cannot be composed: artists_per_subgenre is 0 and must lie between 1 and 36; "
        "albums_per_artist is 100 and must lie between 1 and 99; song_seconds is 1 and must lie between 3 "
        "and 600 s");
  }
}

TEST(RecipeOf, UnknownSubgenreNamesTheKnownOnes) {
  try {
    recipe_of("Polka");
    FAIL() << "accepted";
  } catch (const ParameterError& error) {
    EXPECT_THAT(error.what(),
                testing::AllOf(testing::HasSubstr("\"Polka\""), testing::HasSubstr("Boom Bap")));
  }
}

TEST(Recipes, GroovesHaveSixteenSteps) {
  for (const Recipe& recipe : recipes())
    for (const Groove& groove : recipe.grooves)
      for (const DrumLine& line : groove) EXPECT_EQ(line.steps.size(), kStepsPerBar) << recipe.subgenre;
}

TEST(Blend, HasWhatMakesEitherStyle) {
  const Recipe both = blend(recipe_of("Trap"), recipe_of("Drone"));
  const auto has = [&](Part part) {
    return std::any_of(both.layers.begin(), both.layers.end(),
                       [&](const Layer& layer) { return layer.part == part && layer.chance >= 1; });
  };
  EXPECT_TRUE(has(Part::rap));
  EXPECT_TRUE(has(Part::drone));
  EXPECT_FALSE(both.grooves.empty());
}

TEST(Names, AreDifferentAndTooManyAreRefused) {
  Random random(1);
  const std::vector<std::string> names = make_artist_names(kMostArtists, random);
  EXPECT_EQ(std::set(names.begin(), names.end()).size(), kMostArtists);
  EXPECT_THROW(make_artist_names(kMostArtists + 1, random), ParameterError);
}

}  // namespace
}  // namespace gamut::demo
