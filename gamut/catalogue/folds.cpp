#include "gamut/catalogue/folds.h"

#include <fmt/format.h>

#include <numeric>

#include "gamut/core/error.h"
#include "gamut/core/random.h"

namespace gamut::catalogue {
namespace {

/// The songs at some places, with their labels: what draw_split() is asked about.
struct Subset {
  std::vector<std::size_t> places;
  std::vector<Song> songs;
  LabelMatrix labels;

  Subset(std::span<const Song> all, const LabelMatrix& all_labels, std::vector<std::size_t> chosen)
      : places(std::move(chosen)), labels{all_labels.genres, {}} {
    for (const std::size_t place : places) {
      songs.push_back(all[place]);
      for (std::size_t g = 0; g < labels.genres.size(); ++g)
        labels.values.push_back(all_labels.has(place, g) ? 1 : 0);
    }
  }
};

/// The fold in which each song is tested: split off one after the other, each an equal share of what is left.
std::vector<int> draw_test_folds(std::span<const Song> songs, const LabelMatrix& labels, SplitOptions options,
                                 int folds) {
  std::vector<int> fold_of_song(songs.size(), folds - 1);
  std::vector<std::size_t> left(songs.size());
  std::iota(left.begin(), left.end(), std::size_t{0});
  options.validation = 0;
  for (int fold = 0; fold + 1 < folds; ++fold) {
    const Subset subset(songs, labels, left);
    options.test = 1.0 / (folds - fold);
    const std::vector<Part> parts = draw_split(subset.songs, subset.labels, options);
    left.clear();
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (parts[i] == Part::test) {
        fold_of_song[subset.places[i]] = fold;
      } else {
        left.push_back(subset.places[i]);
      }
    }
  }
  return fold_of_song;
}

std::vector<Part> draw_fold(std::span<const Song> songs, const LabelMatrix& labels, SplitOptions options,
                            int folds, std::span<const int> fold_of_song, int fold) {
  std::vector<std::size_t> rest;
  for (std::size_t i = 0; i < songs.size(); ++i) {
    if (fold_of_song[i] != fold) rest.push_back(i);
  }
  const Subset subset(songs, labels, std::move(rest));
  options.test = 0;
  options.validation = options.validation / (1 - 1.0 / folds);  // of all songs, as without folds
  const std::vector<Part> drawn = draw_split(subset.songs, subset.labels, options);
  std::vector<Part> parts(songs.size(), Part::test);
  for (std::size_t i = 0; i < drawn.size(); ++i) parts[subset.places[i]] = drawn[i];
  return parts;
}

}  // namespace

std::vector<FoldParts> draw_folds(std::span<const Song> songs, const LabelMatrix& labels,
                                  const SplitOptions& options, int folds, int repeats) {
  if (folds < 1 || repeats < 1) {
    throw ParameterError(
        fmt::format("{} folds and {} repeats; at least 1 of each is needed", folds, repeats));
  }
  if (folds > 1 && options.validation + 1.0 / folds >= 1) {
    throw ParameterError(fmt::format("validation = {} and a {}th for the test leave nothing to train on",
                                     options.validation, folds));
  }
  std::vector<FoldParts> splits;
  for (int repeat = 0; repeat < repeats; ++repeat) {
    SplitOptions drawn = options;
    if (repeat > 0) drawn.seed = Random(options.seed, "repeat " + std::to_string(repeat)).next();
    if (folds == 1) {
      splits.push_back({0, repeat, draw_split(songs, labels, drawn)});
      continue;
    }
    const std::vector<int> fold_of_song = draw_test_folds(songs, labels, drawn, folds);
    for (int fold = 0; fold < folds; ++fold) {
      splits.push_back({fold, repeat, draw_fold(songs, labels, drawn, folds, fold_of_song, fold)});
    }
  }
  return splits;
}

}  // namespace gamut::catalogue
