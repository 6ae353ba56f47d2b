#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "gamut/catalogue/catalogue.h"

namespace SQLite {
class Database;
}

namespace gamut::catalogue {

// The writing functions work within the caller's transaction.

/// The number of a picture set; none where there is none of the name.
/// @throws CatalogueError  the name is known with another specification.
std::optional<std::int64_t> find_picture_set(SQLite::Database& sqlite, const std::string& name,
                                             const Json& specification);

/// The number of a picture set, made if missing.
/// @throws CatalogueError  the name is known with another specification.
std::int64_t find_or_make_picture_set(SQLite::Database& sqlite, const std::string& name,
                                      const Json& specification);

/// In order of row, failures last in order of song.
std::vector<PictureRecord> read_pictures(SQLite::Database& sqlite, std::int64_t set);

void insert_pictures(SQLite::Database& sqlite, std::int64_t set, const std::vector<PictureRecord>& records);

/// Writes the files' states into the records of the songs in the set.
void stamp_pictures(SQLite::Database& sqlite, std::int64_t set,
                    const std::unordered_map<std::int64_t, FileStamp>& of_song);

/// Forgets all records of the songs in the set.
void erase_pictures(SQLite::Database& sqlite, std::int64_t set, const std::vector<std::int64_t>& song_ids);

}  // namespace gamut::catalogue
