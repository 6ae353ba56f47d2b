#pragma once

#include <filesystem>
#include <optional>

#include "gamut/catalogue/catalogue.h"
#include "gamut/catalogue/taxonomy.h"

namespace gamut::catalogue {

struct ImportOptions {
  std::optional<std::filesystem::path> taxonomy;  ///< CSV `subgenre,genre`
  bool check_files = true;                        ///< a row whose file does not exist is a fault
};

/// A CSV with a header: `path` and `subgenres` or `genres` (lists with `;`) required, `artist`, `album`, `title` optional,
/// others ignored. Relative paths count from the CSV's folder.
/// @throws CatalogueError  a required column is missing, or `subgenres` without a taxonomy.
ImportReport import_csv(Catalogue& catalogue, const std::filesystem::path& csv, const ImportOptions& options);

/// A folder a genre: every audio file under SOURCE/<Genre>/; artist, album and title from the files' tags.
ImportReport import_folders(Catalogue& catalogue, const std::filesystem::path& folder, const ImportOptions& options);

}  // namespace gamut::catalogue
