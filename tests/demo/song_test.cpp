#include "gamut/demo/song.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "gamut/core/parallel.h"
#include "gamut/demo/effects.h"
#include "gamut/demo/library.h"
#include "gamut/demo/mastering.h"

namespace gamut::demo {
namespace {

/// A small library in memory.
struct Composed {
  std::vector<Song> songs;
  std::vector<Samples> samples;
};

const Composed& composed() {
  static const Composed all = [] {
    const LibraryOptions options{
        .artists_per_subgenre = 3, .albums_per_artist = 2, .songs_per_album = 1, .song_seconds = 4};
    Composed made{plan_library(options), {}};
    made.samples.resize(made.songs.size());
    parallel_for(made.songs.size(), available_cores(), [&](std::size_t i) {
      made.samples[i] = compose_song(made.songs[i], options.song_seconds, options.seed);
    });
    return made;
  }();
  return all;
}

TEST(ComposeSong, IsAPureFunctionOfSongAndSeed) {
  const Composed& all = composed();
  for (const std::size_t i : {0U, 17U, 40U, 77U})
    EXPECT_EQ(compose_song(all.songs[i], 4, 1), all.samples[i]) << i;
  EXPECT_NE(compose_song(all.songs[0], 4, 2), all.samples[0]);
}

TEST(ComposeSong, HasTheLengthAskedForAndLevelsBelowFullScale) {
  const Composed& all = composed();
  for (std::size_t i = 0; i < all.songs.size(); ++i) {
    EXPECT_EQ(all.samples[i].size(), 4U * kSampleRateHz);
    for (const float value : all.samples[i])
      ASSERT_LT(std::abs(value), 1) << all.songs[i].file;  // false for NaN too
    EXPECT_GT(20 * std::log10(rms(all.samples[i])), -35) << all.songs[i].file;
  }
}

double balanced_accuracy(const std::vector<bool>& truth, const std::vector<bool>& said) {
  double right[2] = {0, 0}, count[2] = {0, 0};
  for (std::size_t i = 0; i < truth.size(); ++i) {
    count[truth[i] ? 1 : 0] += 1;
    right[truth[i] ? 1 : 0] += truth[i] == said[i] ? 1 : 0;
  }
  return (right[0] / count[0] + right[1] / count[1]) / 2;
}

/// Macro balanced accuracy over the genres of the best one-number rule: the threshold and direction are
/// chosen on every other album and scored on the rest, both ways.
double one_number_accuracy(const std::function<double(const Samples&)>& number_of) {
  const Composed& all = composed();
  std::vector<double> numbers;
  std::set<std::string> genres;
  for (std::size_t i = 0; i < all.songs.size(); ++i) {
    numbers.push_back(number_of(all.samples[i]));
    for (const std::string& genre : genres_of(all.songs[i])) genres.insert(genre);
  }
  double sum = 0;
  for (const std::string& genre : genres) {
    for (const std::size_t held_out : {0U, 1U}) {
      const auto score = [&](std::size_t part, double threshold, bool above) {
        std::vector<bool> truth, said;
        for (std::size_t i = part; i < all.songs.size(); i += 2) {  // one song an album
          const std::vector<std::string> labels = genres_of(all.songs[i]);
          truth.push_back(std::find(labels.begin(), labels.end(), genre) != labels.end());
          said.push_back((numbers[i] > threshold) == above);
        }
        return balanced_accuracy(truth, said);
      };
      double best = 0, threshold = 0;
      bool above = true;
      for (const double candidate : numbers) {
        for (const bool direction : {true, false}) {
          if (const double value = score(1 - held_out, candidate, direction); value > best) {
            best = value;
            threshold = candidate;
            above = direction;
          }
        }
      }
      sum += score(held_out, threshold, above) / 2;
    }
  }
  return sum / static_cast<double>(genres.size());
}

TEST(ComposeSong, LoudnessDoesNotTellTheGenre) {
  EXPECT_LT(one_number_accuracy(rms), 0.68);
}

TEST(ComposeSong, BrightnessDoesNotTellTheGenre) {
  EXPECT_LT(one_number_accuracy(spectral_centroid_hz), 0.68);
}

}  // namespace
}  // namespace gamut::demo
