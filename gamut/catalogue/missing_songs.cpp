#include "gamut/catalogue/missing_songs.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <unordered_set>

namespace gamut::catalogue {
namespace {

/// False only where it is certain: a folder that cannot be entered may hold the file.
bool may_exist(const std::string& path) {
  std::error_code failure;
  return std::filesystem::status(path, failure).type() != std::filesystem::file_type::not_found;
}

}  // namespace

std::vector<MissingSong> find_missing_songs(SQLite::Database& sqlite, std::int64_t source_id,
                                            std::vector<std::int64_t> present, const SongSource& source) {
  std::sort(present.begin(), present.end());
  const std::unordered_set<std::string> faulty(source.faulty.begin(), source.faulty.end());
  SQLite::Statement statement(sqlite, "SELECT id, name, path FROM songs WHERE source_id = ? ORDER BY id");
  statement.bind(1, source_id);
  std::vector<MissingSong> missing;
  while (statement.executeStep()) {
    const std::int64_t id = statement.getColumn(0).getInt64();
    if (std::binary_search(present.begin(), present.end(), id)) continue;
    const std::string path = statement.getColumn(2).getString();
    if (faulty.contains(path) || (source.may_hide_songs && may_exist(path))) continue;
    missing.push_back({id, statement.getColumn(1).getString()});
  }
  return missing;
}

void remove_songs(SQLite::Database& sqlite, const std::vector<MissingSong>& songs) {
  if (songs.empty()) return;
  // Without it, each song's pictures would be looked for among all there are.
  sqlite.exec("CREATE INDEX IF NOT EXISTS pictures_by_song ON pictures (song_id)");
  SQLite::Statement erase(sqlite, "DELETE FROM songs WHERE id = ?");
  for (const MissingSong& song : songs) {
    erase.reset();
    erase.bind(1, song.id);
    erase.exec();
  }
}

}  // namespace gamut::catalogue
