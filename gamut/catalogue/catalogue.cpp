#include "gamut/catalogue/catalogue.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/vfs.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <utility>

#include "gamut/catalogue/audio_identity_table.h"
#include "gamut/catalogue/declared_length.h"
#include "gamut/catalogue/groups.h"
#include "gamut/catalogue/picture_table.h"
#include "gamut/catalogue/schema.h"
#include "gamut/catalogue/song_table.h"
#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"

namespace gamut::catalogue {
namespace {

constexpr int kBusyTimeoutMs = 10'000;

/// Runs `work` and turns SQLite's exceptions into ours.
template <class Work>
auto guarded(const std::filesystem::path& path, Work&& work) {
  try {
    return work();
  } catch (const SQLite::Exception& fault) {
    const std::string where = printable(path.string());
    switch (fault.getErrorCode() & 0xff) {
      case SQLITE_BUSY:
      case SQLITE_LOCKED:
        throw FileError(
            fmt::format("{} is locked: another process has been writing to it for more than {} s; wait for "
                        "it to end",
                        where, kBusyTimeoutMs / 1000),
            path);
      case SQLITE_CONSTRAINT:
        throw CatalogueError(fmt::format("{}: the record contradicts the catalogue: {}", where, fault.what()),
                             path);
      case SQLITE_FULL:
      case SQLITE_IOERR:
        throw FileError(
            fmt::format(
                "cannot write {}: {}; what was recorded before is kept, run the same command again once "
                "there is room on the disk",
                where, fault.what()),
            path);
      default:
        throw FileError(fmt::format("{}: {}", where, fault.what()), path);
    }
  }
}

std::filesystem::path make_database_path(const std::filesystem::path& workspace) {
  std::error_code failure;
  std::filesystem::create_directories(workspace, failure);
  if (failure && !std::filesystem::is_directory(workspace)) {
    throw FileError(
        fmt::format("the workspace {} cannot be made: {}", printable(workspace.string()), failure.message()),
        workspace);
  }
  return workspace / "catalogue.db";
}

/// Whether several machines may see the file. SQLite's write-ahead log needs memory that all its readers
/// share, so it serves one machine only; the older rollback journal needs nothing but locks.
/// @source https://sqlite.org/wal.html, "Disadvantages"; numbers from statfs(2).
bool is_on_network(const std::filesystem::path& path) {
  struct statfs status {};
  if (::statfs(path.c_str(), &status) != 0) return false;
  switch (static_cast<std::uint32_t>(status.f_type)) {
    case 0x6969:      // NFS
    case 0x517b:      // SMB
    case 0xff534d42:  // CIFS
    case 0xfe534d42:  // SMB 2
    case 0x0bd00bd0:  // Lustre
    case 0x47504653:  // GPFS
    case 0x19830326:  // BeeGFS
    case 0x00c36400:  // Ceph
    case 0x01021997:  // 9P
    case 0x65735546:  // FUSE
      return true;
    default:
      return false;
  }
}

/// Makes what came later where a file has it not yet.
void add_later_columns(SQLite::Database& sqlite, const LaterColumns& later) {
  const auto has_columns = [&] {
    SQLite::Statement find(sqlite, "SELECT 1 FROM pragma_table_info(?) WHERE name = ?");
    find.bind(1, later.table);
    find.bind(2, later.last_column);
    return find.executeStep();
  };
  if (has_columns()) return;
  SQLite::Transaction transaction(sqlite, SQLite::TransactionBehavior::IMMEDIATE);
  if (!has_columns()) sqlite.exec(later.sql);
  transaction.commit();
}

/// Makes the tables in a new file; refuses a file that is not ours or newer.
void prepare(SQLite::Database& sqlite, const std::filesystem::path& path) {
  auto version = [&] { return sqlite.execAndGet("PRAGMA user_version").getInt(); };
  if (version() == 0) {
    // Another process may be making the same file: look again once the lock is held.
    SQLite::Transaction transaction(sqlite, SQLite::TransactionBehavior::IMMEDIATE);
    if (version() == 0) {
      if (sqlite.execAndGet("SELECT COUNT(*) FROM sqlite_master").getInt() != 0) {
        throw CatalogueError(
            fmt::format("{} is a database of another program; move it away or choose another "
                        "workspace",
                        printable(path.string())),
            path);
      }
      sqlite.exec(kSchema);
      sqlite.exec(fmt::format("PRAGMA user_version = {}", kSchemaVersion));
    }
    transaction.commit();
  }
  if (version() > kSchemaVersion) {
    throw CatalogueError(
        fmt::format("{} was written by a newer gamut (catalogue version {}, this one knows {}); "
                    "update gamut or choose another workspace",
                    printable(path.string()), version(), kSchemaVersion),
        path);
  }
  // Last, because the mode is written into the file, which had to be ours first.
  sqlite.exec(is_on_network(path) ? "PRAGMA journal_mode = DELETE" : "PRAGMA journal_mode = WAL");
  sqlite.exec("PRAGMA synchronous = NORMAL");
  sqlite.exec("PRAGMA foreign_keys = ON");
  sqlite.exec(kHeardAudioSchema);
  for (const LaterColumns& later : kLaterColumns) add_later_columns(sqlite, later);
}

void check_path(const std::filesystem::path& path) {
  if (path.is_absolute() && path.native() == path.lexically_normal().native()) return;
  throw CatalogueError(
      fmt::format("the song path \"{}\" is not absolute and normal", printable(path.string())));
}

void check_song(const Song& song) {
  check_path(song.path);
  if (!song.declared_s || is_length(*song.declared_s)) return;
  throw CatalogueError(
      fmt::format("the declared length of {} is {} s, but must be above 0 s and at most {} s",
                  printable(song.path.string()), *song.declared_s, kLongestDeclaredS),
      song.path);
}

}  // namespace

struct Catalogue::Database {
  explicit Database(const std::filesystem::path& file)
      : path(file), sqlite(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, kBusyTimeoutMs) {}

  std::filesystem::path path;
  SQLite::Database sqlite;
};

Catalogue::Catalogue(const std::filesystem::path& workspace) {
  const auto path = make_database_path(workspace);
  guarded(path, [&] {
    database_ = std::make_unique<Database>(path);
    prepare(database_->sqlite, path);
  });
}

Catalogue::~Catalogue() = default;
Catalogue::Catalogue(Catalogue&&) noexcept = default;

std::vector<Song> Catalogue::songs() const {
  return guarded(database_->path, [&] {
    SQLite::Transaction one_state(database_->sqlite);
    return read_songs(database_->sqlite);
  });
}

std::vector<GenreCount> Catalogue::genre_counts() const {
  const std::vector<Song> all = songs();
  const Groups albums = album_groups(all);
  std::map<std::string, std::pair<std::int64_t, std::set<std::size_t>>> counts;
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (const auto& genre : all[i].genres) {
      auto& [n_songs, of_albums] = counts[genre];
      ++n_songs;
      if (albums.of_song[i] != kNoGroup) of_albums.insert(albums.of_song[i]);
    }
  }
  std::vector<GenreCount> list;
  for (const auto& [genre, count] : counts) {
    list.push_back({genre, count.first, static_cast<std::int64_t>(count.second.size())});
  }
  std::stable_sort(list.begin(), list.end(),
                   [](const GenreCount& a, const GenreCount& b) { return a.songs > b.songs; });
  return list;
}

std::int64_t Catalogue::song_count() const {
  return guarded(database_->path,
                 [&] { return database_->sqlite.execAndGet("SELECT COUNT(*) FROM songs").getInt64(); });
}

std::int64_t Catalogue::album_count() const {
  return static_cast<std::int64_t>(album_groups(songs()).count);
}

std::int64_t Catalogue::unlabelled_count() const {
  return guarded(database_->path, [&] {
    return database_->sqlite
        .execAndGet(
            "SELECT COUNT(*) FROM songs WHERE NOT EXISTS (SELECT 1 FROM song_genres WHERE song_id = "
            "songs.id)")
        .getInt64();
  });
}

void Catalogue::put_songs(const std::vector<Song>& songs, ImportReport& report, const SongSource& source) {
  for (const Song& song : songs) check_song(song);
  ImportReport counted = report;
  guarded(database_->path, [&] {
    SQLite::Transaction transaction(database_->sqlite, SQLite::TransactionBehavior::IMMEDIATE);
    write_songs(database_->sqlite, songs, source, counted);
    transaction.commit();
  });
  report = std::move(counted);
}

void Catalogue::put_song_paths(const std::vector<SongPath>& paths) {
  for (const SongPath& song : paths) check_path(song.path);
  guarded(database_->path, [&] {
    SQLite::Transaction transaction(database_->sqlite, SQLite::TransactionBehavior::IMMEDIATE);
    write_song_paths(database_->sqlite, paths);
    transaction.commit();
  });
}

std::int64_t Catalogue::picture_set(const std::string& name, const Json& specification) {
  return guarded(database_->path, [&] {
    // Most calls ask for a set that is there, and need not wait for another process that writes.
    if (const auto found = find_picture_set(database_->sqlite, name, specification)) return *found;
    SQLite::Transaction transaction(database_->sqlite, SQLite::TransactionBehavior::IMMEDIATE);
    const std::int64_t id = find_or_make_picture_set(database_->sqlite, name, specification);
    transaction.commit();
    return id;
  });
}

std::vector<PictureRecord> Catalogue::picture_records(std::int64_t set) const {
  return guarded(database_->path, [&] { return read_pictures(database_->sqlite, set); });
}

void Catalogue::put_picture_records(std::int64_t set, const std::vector<PictureRecord>& records) {
  std::vector<std::int64_t> song_ids;
  for (const auto& record : records) song_ids.push_back(record.song_id);
  guarded(database_->path, [&] {
    SQLite::Transaction transaction(database_->sqlite, SQLite::TransactionBehavior::IMMEDIATE);
    erase_pictures(database_->sqlite, set, song_ids);
    insert_pictures(database_->sqlite, set, records);
    transaction.commit();
  });
}

void Catalogue::erase_picture_records(std::int64_t set, const std::vector<std::int64_t>& song_ids) {
  guarded(database_->path, [&] {
    SQLite::Transaction transaction(database_->sqlite, SQLite::TransactionBehavior::IMMEDIATE);
    erase_pictures(database_->sqlite, set, song_ids);
    transaction.commit();
  });
}

void Catalogue::stamp_picture_records(std::int64_t set,
                                      const std::unordered_map<std::int64_t, FileStamp>& of_song) {
  guarded(database_->path, [&] {
    SQLite::Transaction transaction(database_->sqlite, SQLite::TransactionBehavior::IMMEDIATE);
    stamp_pictures(database_->sqlite, set, of_song);
    transaction.commit();
  });
}

std::unordered_map<std::int64_t, double> Catalogue::durations_s() const {
  return guarded(database_->path, [&] {
    SQLite::Statement statement(
        database_->sqlite,
        "SELECT song_id, MAX(duration_s) FROM pictures WHERE row IS NOT NULL GROUP BY song_id");
    std::unordered_map<std::int64_t, double> durations;
    while (statement.executeStep()) {
      durations.emplace(statement.getColumn(0).getInt64(), statement.getColumn(1).getDouble());
    }
    return durations;
  });
}

std::vector<AudioIdentity> Catalogue::audio_identities(Fingerprints fingerprints) const {
  return guarded(database_->path, [&] { return read_audio_identities(database_->sqlite, fingerprints); });
}

void Catalogue::put_audio_identities(const std::vector<AudioIdentity>& identities) {
  if (identities.empty()) return;
  guarded(database_->path, [&] {
    SQLite::Transaction transaction(database_->sqlite, SQLite::TransactionBehavior::IMMEDIATE);
    write_audio_identities(database_->sqlite, identities);
    transaction.commit();
  });
}

}  // namespace gamut::catalogue
