#include "gamut/catalogue/folds.h"

#include <fmt/format.h>

#include <numeric>

#include "gamut/core/error.h"
#include "gamut/core/random.h"

namespace gamut::catalogue {
namespace {

using Kept = std::vector<std::optional<Part>>;

/// The songs at some places, with their labels and kept parts: what draw_split() is asked about.
struct Subset {
  std::vector<std::size_t> places;
  std::vector<Song> songs;
  LabelMatrix labels;
  Kept kept;

  Subset(std::span<const Song> all, const LabelMatrix& all_labels, const Kept& all_kept,
         std::vector<std::size_t> chosen)
      : places(std::move(chosen)), labels{all_labels.genres, {}} {
    for (const std::size_t place : places) {
      songs.push_back(all[place]);
      kept.push_back(all_kept[place]);
      for (std::size_t g = 0; g < labels.genres.size(); ++g)
        labels.values.push_back(all_labels.has(place, g) ? 1 : 0);
    }
  }

  std::vector<Part> draw(const SplitOptions& options) const {
    return draw_split(songs, labels, options, kept);
  }
};

/// The songs of one repeat, with what is kept of each of its folds.
struct Library {
  std::span<const Song> songs;
  const LabelMatrix& labels;
  std::vector<Kept> kept;  ///< by fold
};

/// The fold in which each song was tested; none where it is new.
std::vector<std::optional<int>> kept_test_folds(const Library& library) {
  std::vector<std::optional<int>> fold_of_song(library.songs.size());
  for (std::size_t fold = 0; fold < library.kept.size(); ++fold) {
    for (std::size_t i = 0; i < fold_of_song.size(); ++i) {
      if (library.kept[fold][i] == Part::test) fold_of_song[i] = static_cast<int>(fold);
    }
  }
  return fold_of_song;
}

/// The fold in which each song is tested: split off one after the other, each an equal share of what is left.
std::vector<int> draw_test_folds(const Library& library, SplitOptions options) {
  const int folds = static_cast<int>(library.kept.size());
  const std::vector<std::optional<int>> kept_fold = kept_test_folds(library);
  std::vector<int> fold_of_song(library.songs.size(), folds - 1);
  std::vector<std::size_t> left(library.songs.size());
  std::iota(left.begin(), left.end(), std::size_t{0});
  options.validation = 0;
  for (int fold = 0; fold + 1 < folds; ++fold) {
    Kept kept(library.songs.size());
    for (std::size_t i = 0; i < kept.size(); ++i) {
      if (kept_fold[i]) kept[i] = *kept_fold[i] == fold ? Part::test : Part::train;
    }
    const Subset subset(library.songs, library.labels, kept, left);
    options.test = 1.0 / (folds - fold);
    const std::vector<Part> parts = subset.draw(options);
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

std::vector<Part> draw_fold(const Library& library, SplitOptions options, std::span<const int> fold_of_song,
                            int fold) {
  std::vector<std::size_t> rest;
  for (std::size_t i = 0; i < library.songs.size(); ++i) {
    if (fold_of_song[i] != fold) rest.push_back(i);
  }
  const Subset subset(library.songs, library.labels, library.kept[static_cast<std::size_t>(fold)],
                      std::move(rest));
  options.test = 0;
  // Of all songs, as without folds.
  options.validation = options.validation / (1 - 1.0 / static_cast<double>(library.kept.size()));
  const std::vector<Part> drawn = subset.draw(options);
  std::vector<Part> parts(library.songs.size(), Part::test);
  for (std::size_t i = 0; i < drawn.size(); ++i) parts[subset.places[i]] = drawn[i];
  return parts;
}

/// What is kept of each fold of a repeat.
std::vector<Kept> kept_of_repeat(std::span<const KeptParts> kept, int repeat, int folds, std::size_t songs) {
  std::vector<Kept> of_folds(static_cast<std::size_t>(folds), Kept(songs));
  for (const KeptParts& split : kept) {
    if (split.repeat == repeat && split.fold < folds)
      of_folds[static_cast<std::size_t>(split.fold)] = split.parts;
  }
  return of_folds;
}

}  // namespace

std::vector<FoldParts> draw_folds(std::span<const Song> songs, const LabelMatrix& labels,
                                  const SplitOptions& options, int folds, int repeats,
                                  std::span<const KeptParts> kept) {
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
    const Library library{songs, labels, kept_of_repeat(kept, repeat, folds, songs.size())};
    if (folds == 1) {
      splits.push_back({0, repeat, draw_split(songs, labels, drawn, library.kept.front())});
      continue;
    }
    const std::vector<int> fold_of_song = draw_test_folds(library, drawn);
    for (int fold = 0; fold < folds; ++fold) {
      splits.push_back({fold, repeat, draw_fold(library, drawn, fold_of_song, fold)});
    }
  }
  return splits;
}

}  // namespace gamut::catalogue
