#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gamut::catalogue {

/// In place of a file: the taxonomy that comes with gamut, data/taxonomy.csv. A file of that name is
/// "./default".
inline constexpr std::string_view kDefaultTaxonomy = "default";

/// The text of the taxonomy that comes with gamut.
std::string_view default_taxonomy_csv();

/// A longer name is a fault of its row.
inline constexpr std::size_t kMaxLabelBytes = 1000;

/// One row of a taxonomy file, trimmed.
struct TaxonomyRow {
  std::size_t line = 0;  ///< counted from 1
  std::string subgenre, genre;
  std::vector<std::string> aliases;
  std::string source;
  std::string fault;  ///< why the row says nothing; empty where it is well-formed
};

/// Reads a CSV with the columns `subgenre` and `genre`, one pair a row, and where they are there `aliases` (a
/// list with `;`) and `source`; other columns are ignored.
/// @param path  a file, or "default".
/// @throws FileError       the file is missing, unreadable or empty.
/// @throws CatalogueError  a column is missing.
std::vector<TaxonomyRow> read_taxonomy_rows(const std::filesystem::path& path);

}  // namespace gamut::catalogue
