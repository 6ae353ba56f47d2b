#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "gamut/catalogue/folds.h"

namespace gamut::doctor {

/// Splits of the same songs, read back.
struct Splits {
  std::vector<catalogue::Song> songs;
  catalogue::LabelMatrix labels;               ///< of `songs`
  std::vector<catalogue::FoldParts> of_folds;  ///< repeat by repeat, fold by fold
};

/// Every split of a run: `split.csv`, and `splits/<fold>.<repeat>.csv` where it has several, over the genres
/// of its `experiment.toml`.
///
/// @param library        all songs of the catalogue; those of the split are taken from them by name.
/// @param run_directory  `runs/<name>` of a workspace.
/// @throws FileError       no such run, or it has drawn no split yet.
/// @throws CatalogueError  malformed, or a song that the catalogue no longer has.
Splits load_run_splits(std::span<const catalogue::Song> library, const std::filesystem::path& run_directory);

/// One split from a file with the columns song and part, over every genre that its songs have.
/// @throws FileError       missing or unreadable.
/// @throws CatalogueError  malformed, or a song that the catalogue does not have.
Splits load_split_file(std::span<const catalogue::Song> library, const std::filesystem::path& path);

}  // namespace gamut::doctor
