#pragma once

#include <vector>

#include "gamut/catalogue/catalogue.h"

namespace SQLite {
class Database;
}

namespace gamut::catalogue {

/// Every song with its labels, in order of id, in three queries.
std::vector<Song> read_songs(SQLite::Database& sqlite);

/// Compares songs with the table's by path and writes what differs, within the caller's transaction. What was
/// done is counted in `report`.
void write_songs(SQLite::Database& sqlite, const std::vector<Song>& songs, const SongSource& source,
                 ImportReport& report);

/// Gives songs other paths, within the caller's transaction.
void write_song_paths(SQLite::Database& sqlite, const std::vector<SongPath>& paths);

}  // namespace gamut::catalogue
