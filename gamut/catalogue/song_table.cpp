#include "gamut/catalogue/song_table.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "gamut/catalogue/label_spellings.h"
#include "gamut/catalogue/missing_songs.h"

namespace gamut::catalogue {
namespace {

/// A table of names that get a number when they are first met.
class NameTable {
 public:
  NameTable(SQLite::Database& sqlite, const std::string& table, const std::string& column)
      : find_(sqlite, "SELECT id FROM " + table + " WHERE " + column + " = ?"),
        insert_(sqlite, "INSERT INTO " + table + "(" + column + ") VALUES (?)"),
        sqlite_(sqlite) {}

  std::int64_t id(const std::string& name) {
    auto [known, is_new] = cache_.try_emplace(name, 0);
    if (!is_new) return known->second;
    find_.reset();
    find_.bind(1, name);
    if (find_.executeStep()) {
      known->second = find_.getColumn(0).getInt64();
    } else {
      insert_.reset();
      insert_.bind(1, name);
      insert_.exec();
      known->second = sqlite_.getLastInsertRowid();
    }
    return known->second;
  }

  /// Binds the name's number, or NULL for no name.
  void bind_to(SQLite::Statement& statement, int index, const std::string& name) {
    if (name.empty()) {
      statement.bind(index);
    } else {
      statement.bind(index, id(name));
    }
  }

 private:
  SQLite::Statement find_, insert_;
  SQLite::Database& sqlite_;
  std::unordered_map<std::string, std::int64_t> cache_;
};

/// Binds the value, or NULL for none.
template <class Value>
void bind_optional(SQLite::Statement& statement, int index, const std::optional<Value>& value) {
  if (value) {
    statement.bind(index, *value);
  } else {
    statement.bind(index);
  }
}

constexpr const char* kSelectSongs =
    "SELECT songs.id, songs.name, songs.path, artists.name, albums.title, songs.title,"
    " songs.declared_s FROM songs"
    " LEFT JOIN artists ON artists.id = artist_id LEFT JOIN albums ON albums.id = album_id";
constexpr const char* kSelectSubgenres =
    "SELECT song_id, name FROM song_subgenres JOIN subgenres ON subgenres.id = subgenre_id";
constexpr const char* kSelectGenres =
    "SELECT song_id, name FROM song_genres JOIN genres ON genres.id = genre_id";

Song read_song(const SQLite::Statement& statement) {
  auto text = [&](int column) { return statement.getColumn(column).getString(); };
  const SQLite::Column declared_s = statement.getColumn(6);
  return {.id = statement.getColumn(0).getInt64(),
          .name = text(1),
          .path = text(2),
          .artist = text(3),
          .album = text(4),
          .title = text(5),
          .subgenres = {},
          .genres = {},
          .declared_s = declared_s.isNull() ? std::nullopt : std::optional(declared_s.getDouble())};
}

/// Adds the labels that `statement` yields as (song id, name), in order of song id, to the songs in that
/// order.
void read_labels(SQLite::Statement& statement, std::vector<Song>& songs,
                 std::vector<std::string> Song::*labels) {
  auto song = songs.begin();
  while (statement.executeStep()) {
    const std::int64_t id = statement.getColumn(0).getInt64();
    while (song != songs.end() && song->id < id) ++song;
    if (song == songs.end()) return;
    if (song->id == id) ((*song).*labels).push_back(statement.getColumn(1).getString());
  }
}

/// Compares songs with the catalogue's and writes what differs. Statements are prepared once for all songs.
class SongWriter {
 public:
  SongWriter(SQLite::Database& sqlite, std::optional<std::int64_t> source)
      : sqlite_(sqlite),
        source_(source),
        artists_(sqlite, "artists", "name"),
        albums_(sqlite, "albums", "title"),
        subgenres_(sqlite, "subgenres", "name"),
        genres_(sqlite, "genres", "name"),
        subgenre_spellings_(sqlite, "subgenres"),
        genre_spellings_(sqlite, "genres"),
        find_(sqlite, std::string(kSelectSongs) + " WHERE songs.path = ?"),
        find_subgenres_(sqlite, std::string(kSelectSubgenres) + " WHERE song_id = ? ORDER BY position"),
        find_genres_(sqlite, std::string(kSelectGenres) + " WHERE song_id = ?"),
        find_name_(sqlite, "SELECT 1 FROM songs WHERE name = ?"),
        find_source_(sqlite, "SELECT source_id FROM songs WHERE id = ?"),
        insert_(sqlite,
                "INSERT INTO songs(name, path, artist_id, album_id, title, source_id, declared_s)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)"),
        update_(sqlite,
                "UPDATE songs SET artist_id = ?, album_id = ?, title = ?, declared_s = ? WHERE id = ?"),
        update_source_(sqlite, "UPDATE songs SET source_id = ? WHERE id = ?"),
        erase_subgenres_(sqlite, "DELETE FROM song_subgenres WHERE song_id = ?"),
        erase_genres_(sqlite, "DELETE FROM song_genres WHERE song_id = ?"),
        insert_subgenre_(sqlite,
                         "INSERT INTO song_subgenres(song_id, position, subgenre_id) VALUES (?, ?, ?)"),
        insert_genre_(sqlite, "INSERT INTO song_genres(song_id, genre_id) VALUES (?, ?)") {}

  /// @return the song's number.
  std::int64_t put(const Song& given, ImportReport& report) {
    Song song = given;
    subgenre_spellings_.apply(song.subgenres);
    genre_spellings_.apply(song.genres);
    std::sort(song.genres.begin(), song.genres.end());
    if (song.genres.empty()) ++report.without_labels;
    const std::optional<Song> known = find(song.path.string());
    if (!known) {
      insert(song);
      ++report.added;
      return song.id;
    }
    song.id = known->id;
    take_over(song.id);
    if (known->artist == song.artist && known->album == song.album && known->title == song.title &&
        known->declared_s == song.declared_s && known->subgenres == song.subgenres &&
        known->genres == song.genres) {
      ++report.unchanged;
    } else {
      update(song);
      ++report.changed;
    }
    return song.id;
  }

  /// Writes corrected labels into the tables.
  void respell(ImportReport& report) {
    if (!source_) return;
    subgenre_spellings_.correct(*source_, report.respelt);
    genre_spellings_.correct(*source_, report.respelt);
  }

 private:
  std::optional<Song> find(const std::string& path) {
    find_.reset();
    find_.bind(1, path);
    if (!find_.executeStep()) return std::nullopt;
    std::vector<Song> songs{read_song(find_)};
    find_subgenres_.reset();
    find_subgenres_.bind(1, songs[0].id);
    read_labels(find_subgenres_, songs, &Song::subgenres);
    find_genres_.reset();
    find_genres_.bind(1, songs[0].id);
    read_labels(find_genres_, songs, &Song::genres);
    std::sort(songs[0].genres.begin(), songs[0].genres.end());
    return std::move(songs[0]);
  }

  /// Makes a known song one of this source.
  void take_over(std::int64_t id) {
    if (!source_) return;
    find_source_.reset();
    find_source_.bind(1, id);
    if (find_source_.executeStep() && find_source_.getColumn(0).getInt64() == *source_) return;
    update_source_.reset();
    update_source_.bind(1, *source_);
    update_source_.bind(2, id);
    update_source_.exec();
  }

  bool is_taken(const std::string& name) {
    find_name_.reset();
    find_name_.bind(1, name);
    return find_name_.executeStep();
  }

  void insert(Song& song) {
    const bool own_name = !song.name.empty() && !is_taken(song.name);
    insert_.reset();
    insert_.bind(1, own_name ? song.name : song.path.string());
    insert_.bind(2, song.path.string());
    artists_.bind_to(insert_, 3, song.artist);
    albums_.bind_to(insert_, 4, song.album);
    insert_.bind(5, song.title);
    bind_optional(insert_, 6, source_);
    bind_optional(insert_, 7, song.declared_s);
    insert_.exec();
    song.id = sqlite_.getLastInsertRowid();
    insert_labels(song);
  }

  void update(const Song& song) {
    update_.reset();
    artists_.bind_to(update_, 1, song.artist);
    albums_.bind_to(update_, 2, song.album);
    update_.bind(3, song.title);
    bind_optional(update_, 4, song.declared_s);
    update_.bind(5, song.id);
    update_.exec();
    for (SQLite::Statement* erase : {&erase_subgenres_, &erase_genres_}) {
      erase->reset();
      erase->bind(1, song.id);
      erase->exec();
    }
    insert_labels(song);
  }

  void insert_labels(const Song& song) {
    std::int64_t position = 0;
    for (const auto& subgenre : song.subgenres) {
      insert_subgenre_.reset();
      insert_subgenre_.bind(1, song.id);
      insert_subgenre_.bind(2, position++);
      insert_subgenre_.bind(3, subgenres_.id(subgenre));
      insert_subgenre_.exec();
    }
    for (const auto& genre : song.genres) {
      insert_genre_.reset();
      insert_genre_.bind(1, song.id);
      insert_genre_.bind(2, genres_.id(genre));
      insert_genre_.exec();
    }
  }

  SQLite::Database& sqlite_;
  std::optional<std::int64_t> source_;
  NameTable artists_, albums_, subgenres_, genres_;
  LabelSpellings subgenre_spellings_, genre_spellings_;
  SQLite::Statement find_, find_subgenres_, find_genres_, find_name_, find_source_;
  SQLite::Statement insert_, update_, update_source_, erase_subgenres_, erase_genres_, insert_subgenre_,
      insert_genre_;
};

}  // namespace

std::vector<Song> read_songs(SQLite::Database& sqlite) {
  std::vector<Song> songs;
  SQLite::Statement statement(sqlite, std::string(kSelectSongs) + " ORDER BY songs.id");
  while (statement.executeStep()) songs.push_back(read_song(statement));
  SQLite::Statement subgenres(sqlite, std::string(kSelectSubgenres) + " ORDER BY song_id, position");
  read_labels(subgenres, songs, &Song::subgenres);
  SQLite::Statement genres(sqlite, std::string(kSelectGenres) + " ORDER BY song_id");
  read_labels(genres, songs, &Song::genres);
  for (Song& song : songs) std::sort(song.genres.begin(), song.genres.end());
  return songs;
}

void write_songs(SQLite::Database& sqlite, const std::vector<Song>& songs, const SongSource& source,
                 ImportReport& report) {
  std::optional<std::int64_t> source_id;
  if (!source.path.empty()) source_id = NameTable(sqlite, "sources", "path").id(source.path.string());
  std::vector<std::int64_t> present;
  {
    SongWriter writer(sqlite, source_id);
    present.reserve(songs.size());
    for (const Song& song : songs) present.push_back(writer.put(song, report));
    writer.respell(report);
  }
  if (!source_id) return;
  const std::vector<MissingSong> missing = find_missing_songs(sqlite, *source_id, std::move(present), source);
  for (const MissingSong& song : missing) report.missing.push_back(song.name);
  if (!source.remove_missing) return;
  remove_songs(sqlite, missing);
  report.missing_removed = true;
}

void write_song_paths(SQLite::Database& sqlite, const std::vector<SongPath>& paths) {
  SQLite::Statement update(sqlite, "UPDATE songs SET path = ? WHERE id = ?");
  for (const SongPath& song : paths) {
    update.reset();
    update.bind(1, song.path.string());
    update.bind(2, song.song_id);
    update.exec();
  }
}

}  // namespace gamut::catalogue
