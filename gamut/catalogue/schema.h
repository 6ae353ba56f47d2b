#pragma once

namespace gamut::catalogue {

/// `PRAGMA user_version` of the tables below. A newer file is refused.
inline constexpr int kSchemaVersion = 1;

/// The tables of `catalogue.db`. An album is a title here; which songs of one title make one album follows
/// from artist and folder, see groups.h. `song_genres` holds the broad genres as they were at the song's last
/// import.
inline constexpr const char* kSchema = R"sql(
CREATE TABLE artists   (id INTEGER PRIMARY KEY, name  TEXT NOT NULL UNIQUE);
CREATE TABLE albums    (id INTEGER PRIMARY KEY, title TEXT NOT NULL UNIQUE);
CREATE TABLE subgenres (id INTEGER PRIMARY KEY, name  TEXT NOT NULL UNIQUE);
CREATE TABLE genres    (id INTEGER PRIMARY KEY, name  TEXT NOT NULL UNIQUE);
CREATE TABLE songs (
  id        INTEGER PRIMARY KEY,
  name      TEXT NOT NULL UNIQUE,
  path      TEXT NOT NULL UNIQUE,
  artist_id INTEGER REFERENCES artists(id),
  album_id  INTEGER REFERENCES albums(id),
  title     TEXT NOT NULL
);
CREATE TABLE song_subgenres (
  song_id     INTEGER NOT NULL REFERENCES songs(id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  subgenre_id INTEGER NOT NULL REFERENCES subgenres(id),
  PRIMARY KEY (song_id, position)
) WITHOUT ROWID;
CREATE TABLE song_genres (
  song_id  INTEGER NOT NULL REFERENCES songs(id) ON DELETE CASCADE,
  genre_id INTEGER NOT NULL REFERENCES genres(id),
  PRIMARY KEY (song_id, genre_id)
) WITHOUT ROWID;
CREATE TABLE picture_sets (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, specification TEXT NOT NULL);
CREATE TABLE pictures (
  set_id     INTEGER NOT NULL REFERENCES picture_sets(id) ON DELETE CASCADE,
  song_id    INTEGER NOT NULL REFERENCES songs(id) ON DELETE CASCADE,
  row        INTEGER,
  start_s    REAL NOT NULL,
  checksum   TEXT NOT NULL,
  outcome    TEXT NOT NULL,
  duration_s REAL NOT NULL,
  reason     TEXT NOT NULL,
  UNIQUE (set_id, row)
);
CREATE INDEX pictures_of_song ON pictures (set_id, song_id);
)sql";

/// What came later and older versions leave empty in what they add, so that it needs no new version of the
/// file. It is there where the last of its columns is.
struct LaterColumns {
  const char *table, *last_column, *sql;
};

/// In the order in which they came. Where songs were imported from last, so that one that is no longer there
/// is noticed, and the files that pictures were drawn from; the lengths that the sources declare.
inline constexpr LaterColumns kLaterColumns[] = {
    {"pictures", "file_hash", R"sql(
CREATE TABLE IF NOT EXISTS sources (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);
ALTER TABLE songs ADD COLUMN source_id INTEGER REFERENCES sources(id);
ALTER TABLE pictures ADD COLUMN file_bytes INTEGER;
ALTER TABLE pictures ADD COLUMN file_modified_ns INTEGER;
ALTER TABLE pictures ADD COLUMN file_hash TEXT;
)sql"},
    {"songs", "declared_s", "ALTER TABLE songs ADD COLUMN declared_s REAL"},
};

/// A table that came later and that older versions pass over, so that it needs no new version of the file. It
/// takes the place of audio_identities, which knew less: what that held is learnt again in the next decode.
inline constexpr const char* kHeardAudioSchema = R"sql(
DROP TABLE IF EXISTS audio_identities;
CREATE TABLE IF NOT EXISTS heard_audio (
  song_id          INTEGER PRIMARY KEY REFERENCES songs(id) ON DELETE CASCADE,
  file_bytes       INTEGER NOT NULL,
  modified_ns      INTEGER NOT NULL,
  method           TEXT NOT NULL,
  outcome          TEXT NOT NULL,
  reason           TEXT NOT NULL,
  duration_s       REAL NOT NULL,
  declared_s       REAL NOT NULL,
  peak             REAL NOT NULL,
  rms              REAL NOT NULL,
  full_scale_share REAL NOT NULL,
  content          TEXT NOT NULL,
  fingerprint      BLOB
);
)sql";

}  // namespace gamut::catalogue
