#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace gamut::catalogue {

/// Which broad genres a subgenre belongs to.
class Taxonomy {
 public:
  Taxonomy() = default;

  /// Reads a CSV with the columns `subgenre` and `genre`, one pair a row; other columns are ignored, a
  /// repeated pair counts once.
  /// @throws FileError       the file is missing, unreadable or empty.
  /// @throws CatalogueError  a column is missing, or listing every malformed row with its line number.
  static Taxonomy load(const std::filesystem::path& path);

  /// Adds one pair; a pair that is there already stays as it is.
  void add(const std::string& subgenre, const std::string& genre);

  bool contains(const std::string& subgenre) const;

  /// Broad genres of a set of subgenres: sorted, unique. Unknown subgenres add none.
  std::vector<std::string> genres_of(const std::vector<std::string>& subgenres) const;

  /// Every subgenre with its genres in the order in which they were added.
  const std::map<std::string, std::vector<std::string>>& subgenres() const { return genres_; }

 private:
  std::map<std::string, std::vector<std::string>> genres_;
};

}  // namespace gamut::catalogue
