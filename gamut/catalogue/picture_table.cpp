#include "gamut/catalogue/picture_table.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <utility>

#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"

namespace gamut::catalogue {

std::optional<std::int64_t> find_picture_set(SQLite::Database& sqlite, const std::string& name,
                                             const Json& specification) {
  SQLite::Statement find(sqlite, "SELECT id, specification FROM picture_sets WHERE name = ?");
  find.bind(1, name);
  if (!find.executeStep()) return std::nullopt;
  const std::string stored = find.getColumn(1).getString();
  // The order of the keys is no difference.
  if (nlohmann::json::parse(stored) != nlohmann::json::parse(dump_json(specification))) {
    throw CatalogueError(
        fmt::format("the picture set {} was made with other options: {}, now {}; use the same options "
                    "or another name",
                    printable(name), stored, dump_json(specification)));
  }
  return find.getColumn(0).getInt64();
}

std::int64_t find_or_make_picture_set(SQLite::Database& sqlite, const std::string& name,
                                      const Json& specification) {
  if (const auto found = find_picture_set(sqlite, name, specification)) return *found;
  SQLite::Statement insert(sqlite, "INSERT INTO picture_sets(name, specification) VALUES (?, ?)");
  insert.bind(1, name);
  insert.bind(2, dump_json(specification));
  insert.exec();
  return sqlite.getLastInsertRowid();
}

std::vector<PictureRecord> read_pictures(SQLite::Database& sqlite, std::int64_t set) {
  SQLite::Statement statement(
      sqlite,
      "SELECT song_id, row, start_s, checksum, outcome, duration_s, reason, file_bytes, file_modified_ns,"
      " file_hash FROM pictures"
      " WHERE set_id = ? ORDER BY row IS NULL, row, song_id, start_s");
  statement.bind(1, set);
  std::vector<PictureRecord> records;
  while (statement.executeStep()) {
    PictureRecord record;
    record.song_id = statement.getColumn(0).getInt64();
    if (!statement.getColumn(1).isNull()) record.row = statement.getColumn(1).getInt64();
    record.start_s = statement.getColumn(2).getDouble();
    record.checksum = statement.getColumn(3).getString();
    record.outcome = parse_outcome(statement.getColumn(4).getString());
    record.duration_s = statement.getColumn(5).getDouble();
    record.reason = statement.getColumn(6).getString();
    // NULL, of an older version, reads as 0 and "".
    record.file = {statement.getColumn(7).getInt64(), statement.getColumn(8).getInt64(),
                   statement.getColumn(9).getString()};
    records.push_back(std::move(record));
  }
  return records;
}

void insert_pictures(SQLite::Database& sqlite, std::int64_t set, const std::vector<PictureRecord>& records) {
  SQLite::Statement insert(
      sqlite,
      "INSERT INTO pictures(set_id, song_id, row, start_s, checksum, outcome, duration_s, reason, file_bytes,"
      " file_modified_ns, file_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const auto& record : records) {
    insert.reset();
    insert.bind(1, set);
    insert.bind(2, record.song_id);
    if (record.row) {
      insert.bind(3, *record.row);
    } else {
      insert.bind(3);
    }
    insert.bind(4, record.start_s);
    insert.bind(5, record.checksum);
    insert.bind(6, std::string(to_string(record.outcome)));
    insert.bind(7, record.duration_s);
    insert.bind(8, record.reason);
    insert.bind(9, record.file.bytes);
    insert.bind(10, record.file.modified_ns);
    insert.bind(11, record.file.hash);
    insert.exec();
  }
}

void stamp_pictures(SQLite::Database& sqlite, std::int64_t set,
                    const std::unordered_map<std::int64_t, FileStamp>& of_song) {
  SQLite::Statement update(sqlite,
                           "UPDATE pictures SET file_bytes = ?, file_modified_ns = ?, file_hash = ?"
                           " WHERE set_id = ? AND song_id = ?");
  for (const auto& [song_id, file] : of_song) {
    update.reset();
    update.bind(1, file.bytes);
    update.bind(2, file.modified_ns);
    update.bind(3, file.hash);
    update.bind(4, set);
    update.bind(5, song_id);
    update.exec();
  }
}

void erase_pictures(SQLite::Database& sqlite, std::int64_t set, const std::vector<std::int64_t>& song_ids) {
  SQLite::Statement erase(sqlite, "DELETE FROM pictures WHERE set_id = ? AND song_id = ?");
  for (std::int64_t song_id : song_ids) {
    erase.reset();
    erase.bind(1, set);
    erase.bind(2, song_id);
    erase.exec();
  }
}

}  // namespace gamut::catalogue
