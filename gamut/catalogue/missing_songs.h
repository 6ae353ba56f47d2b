#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gamut/catalogue/catalogue.h"

namespace SQLite {
class Database;
}

namespace gamut::catalogue {

/// A song of the catalogue that its source has no more.
struct MissingSong {
  std::int64_t id = 0;
  std::string name;
};

/// The songs that were last imported from a source and are neither among `present` nor excused, in order of
/// id.
/// @param source_id  of the table `sources`.
/// @param present    ids of the songs that were imported now, in any order.
std::vector<MissingSong> find_missing_songs(SQLite::Database& sqlite, std::int64_t source_id,
                                            std::vector<std::int64_t> present, const SongSource& source);

/// Removes songs with all that belongs to them, within the caller's transaction.
void remove_songs(SQLite::Database& sqlite, const std::vector<MissingSong>& songs);

}  // namespace gamut::catalogue
