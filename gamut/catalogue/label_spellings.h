#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "gamut/catalogue/catalogue.h"

namespace SQLite {
class Database;
}

namespace gamut::catalogue {

/// How the labels of a table are written: as they were first, whatever case and normal form they come in
/// later, until a source corrects them.
class LabelSpellings {
 public:
  /// @param table  `subgenres` or `genres`; songs have them in `song_<table>`.
  LabelSpellings(SQLite::Database& sqlite, const std::string& table);

  /// In the stored spelling, each label once.
  void apply(std::vector<std::string>& labels);

  /// Writes a label anew in the table, within the caller's transaction, where apply() met it, never as it is
  /// stored, and where no song but those of `source` has it.
  void correct(std::int64_t source, std::vector<Respelling>& respelt);

 private:
  struct Spelling {
    std::string stored;
    bool is_old = false;     ///< was there before
    bool met = false;        ///< apply() met it as it is stored
    std::string other = {};  ///< as apply() met it first otherwise
  };
  Spelling& spelling_of(const std::string& label);

  SQLite::Database& sqlite_;
  std::string table_;
  std::unordered_map<std::string, Spelling> by_key_;
  std::unordered_map<std::string, Spelling*> by_label_;
};

}  // namespace gamut::catalogue
