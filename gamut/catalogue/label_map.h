#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gamut/catalogue/catalogue.h"
#include "gamut/catalogue/taxonomy.h"

namespace gamut::catalogue {

/// What the free text of tags means in a library: "hip hop", "HIP-HOP" and "Rap & Hip Hop" may all be the
/// genre Hip-Hop.
///
/// With a taxonomy, its subgenres, their aliases and its genres are known, as they are written there. With an
/// alias file, its values are known too, and mean what it says. With neither, everything is a genre, written
/// as first met. Values are compared by label_key(); runs of blanks make no difference either.
class LabelMap {
 public:
  /// @param aliases  CSV with the columns `value` and `label`, one pair a row: the text in a tag, and the
  ///                 subgenre or genre that it means. A value with several rows means all of them, one with
  ///                 an empty label is known and means nothing. A value beside itself lets it pass as it is.
  /// @throws FileError       the alias file is missing, unreadable or empty.
  /// @throws CatalogueError  a column is missing, or listing every malformed row and every label that the
  ///                         taxonomy lacks, with line numbers.
  LabelMap(const std::optional<Taxonomy>& taxonomy, const std::vector<std::string>& more_genres,
           const std::optional<std::filesystem::path>& aliases);

  bool knows(std::string_view value) const;

  /// Gives `song` the subgenres and genres that `value` means, each once. False where the value is unknown.
  bool label(Song& song, const std::string& value);

  /// The spelling in which an unknown value was first met here.
  const std::string& spelling(const std::string& value);

 private:
  struct Label {
    std::string name;
    std::vector<std::string> genres;  ///< of the subgenre `name`; empty where `name` is a genre itself
  };
  void load_aliases(const std::filesystem::path& path, bool has_taxonomy);

  std::unordered_map<std::string, std::vector<Label>> labels_;  // by folded value
  std::unordered_map<std::string, std::string> spellings_;      // of unknown values, by folded value
  bool open_;
};

}  // namespace gamut::catalogue
