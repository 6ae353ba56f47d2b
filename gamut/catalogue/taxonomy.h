#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gamut::catalogue {

/// Which broad genres a subgenre belongs to, and by which other names it goes. Names are compared by
/// label_key() and come back as they were first written.
class Taxonomy {
 public:
  Taxonomy() = default;

  /// Reads a taxonomy file, see read_taxonomy_rows(); a repeated pair counts once.
  /// @param path  a file, or "default": the taxonomy that comes with gamut.
  /// @throws FileError       the file is missing, unreadable or empty.
  /// @throws CatalogueError  a column is missing, or listing every malformed row, and every alias that is
  /// also another subgenre's name, with its line number.
  static Taxonomy load(const std::filesystem::path& path);

  /// Adds one pair; a pair that is there already stays as it is.
  void add(const std::string& subgenre, const std::string& genre);

  /// Adds another name of a subgenre that was added before.
  /// @return false, and nothing is added, where another subgenre goes by that name.
  bool add_alias(const std::string& subgenre, const std::string& alias);

  /// The subgenre that goes by this name, as it was first written; none where there is none.
  std::optional<std::string> find(std::string_view name) const;

  bool contains(std::string_view name) const { return find(name).has_value(); }

  /// Broad genres of a set of subgenres, by any of their names: sorted, unique. Unknown subgenres add none.
  std::vector<std::string> genres_of(const std::vector<std::string>& subgenres) const;

  /// The broad genre of this name, as it was first written; none where there is none.
  std::optional<std::string> find_genre(std::string_view name) const;

  /// Every subgenre with its genres in the order in which they were added.
  const std::map<std::string, std::vector<std::string>>& subgenres() const { return genres_; }

  /// The other names of a subgenre, in the order in which they were added.
  std::vector<std::string> aliases_of(const std::string& subgenre) const;

  /// Every broad genre, sorted.
  std::vector<std::string> genres() const;

 private:
  std::map<std::string, std::vector<std::string>> genres_, aliases_;  // by subgenre, as written
  std::unordered_map<std::string, std::string> subgenre_of_key_, genre_of_key_;
};

}  // namespace gamut::catalogue
