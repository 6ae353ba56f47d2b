#pragma once

#include <span>
#include <vector>

#include "gamut/catalogue/split.h"

namespace gamut::catalogue {

/// Parts of every song in one of several splits.
struct FoldParts {
  int fold = 0;
  int repeat = 0;
  std::vector<Part> parts;
};

/// What one of several earlier splits says of the songs.
struct KeptParts {
  int fold = 0;
  int repeat = 0;
  std::vector<std::optional<Part>> parts;  ///< one a song
};

/// Cross-validation: in each of `folds` splits another share of the songs is tested, every song once;
/// validation songs are drawn from the others. `repeats` times over, each time with another seed. All
/// promises of draw_split() hold for every split.
///
/// @param options  its `test` is not read where there are folds: it is 1 / folds.
/// @param folds    1: one split as draw_split() draws it; otherwise 2 or more.
/// @param repeats  at least 1.
/// @param kept     earlier splits of some of the songs, as draw_split() keeps them; all folds of a repeat, or
///                 none of them.
/// @return repeat by repeat, fold by fold.
/// @throws ParameterError  fewer folds or repeats than 1; a validation share that leaves nothing to train on;
/// and as draw_split().
/// @throws CatalogueError  as draw_split().
std::vector<FoldParts> draw_folds(std::span<const Song> songs, const LabelMatrix& labels,
                                  const SplitOptions& options, int folds, int repeats,
                                  std::span<const KeptParts> kept = {});

}  // namespace gamut::catalogue
