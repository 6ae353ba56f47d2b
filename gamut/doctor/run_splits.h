#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "gamut/catalogue/folds.h"

namespace gamut::doctor {

/// Splits of the same songs, read back.
struct Splits {
  std::vector<catalogue::Song> songs;
  catalogue::LabelMatrix labels;               ///< of `songs`
  std::vector<catalogue::FoldParts> of_folds;  ///< repeat by repeat, fold by fold
  /// Songs of the split that the catalogue has no more; nothing can be said of these.
  std::int64_t gone = 0;
};

/// Every split of a run: `split.csv`, and `splits/<fold>.<repeat>.csv` where it has several, over the genres
/// that split.csv names, as the library may have others by now.
///
/// @param library        all songs of the catalogue; those of the split are taken from them by name.
/// @param run_directory  `runs/<name>` of a workspace.
/// @throws FileError       no such run, or it has drawn no split yet.
/// @throws CatalogueError  malformed, or the catalogue has none of its songs.
Splits load_run_splits(std::vector<catalogue::Song> library, const std::filesystem::path& run_directory);

/// One split from a file with the columns song and part, over every genre that its songs have.
/// @throws FileError       missing or unreadable.
/// @throws CatalogueError  malformed, or the catalogue has none of its songs.
Splits load_split_file(std::vector<catalogue::Song> library, const std::filesystem::path& path);

}  // namespace gamut::doctor
