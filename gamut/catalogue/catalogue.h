#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "gamut/catalogue/audio_identity.h"
#include "gamut/core/json_fwd.h"
#include "gamut/core/outcome.h"

namespace gamut::catalogue {

/// One song of a library, as its source describes it. Text is bytes, usually UTF-8, kept exactly.
struct Song {
  std::int64_t id = 0;  ///< given by the catalogue
  std::string name;     ///< unique; the path as the source wrote it; the `song` column of every file of ours
  std::filesystem::path path;          ///< where the audio is: absolute, lexically normal, unique
  std::string artist, album, title;    ///< empty where unknown
  std::vector<std::string> subgenres;  ///< as written
  std::vector<std::string> genres;     ///< broad genres: of the subgenres, or given directly; sorted, unique
  /// Seconds that the source says the audio has, see is_length(); none where it says nothing.
  std::optional<double> declared_s = {};
};

/// Where a song's file is.
struct SongPath {
  std::int64_t song_id = 0;
  std::filesystem::path path = {};
};

struct GenreCount {
  std::string genre;
  std::int64_t songs = 0;
  std::int64_t albums = 0;  ///< with at least one song of the genre
};

/// A file as it was when it was read.
struct FileStamp {
  std::int64_t bytes = 0;        ///< -1 where it was not there
  std::int64_t modified_ns = 0;  ///< since the epoch of the file clock; both 0 where nothing is known
  std::string hash = {};         ///< SHA-256 of the file; empty where that is not known
  bool is_known() const { return bytes != 0 || modified_ns != 0; }
};

/// One row of a picture store, or one song that got none.
struct PictureRecord {
  std::int64_t song_id = 0;
  std::optional<std::int64_t> row;  ///< none where the song failed
  double start_s = 0;
  std::string checksum;  ///< of the picture's bytes
  Outcome outcome = Outcome::ok;
  double duration_s = 0;  ///< seconds decoded
  std::string reason;     ///< why partial or failed
  FileStamp file = {};    ///< that it was drawn from
};

/// Where the songs of an import come from: what an earlier import of it had and this one has not is missing.
struct SongSource {
  std::filesystem::path path;  ///< absolute, lexically normal; empty: nothing is remembered or missed
  /// Songs that the source names and that cannot be imported now, by path: these are not missing.
  std::vector<std::string> faulty = {};
  /// Whether it may have others that could not be read: then a song is missing only where its file is.
  bool may_hide_songs = false;
  bool remove_missing = false;  ///< takes missing songs out of the catalogue, with their pictures' records
};

/// A label that is written otherwise from now on.
struct Respelling {
  std::string before, now;
};

/// What an import did.
struct ImportReport {
  std::int64_t added = 0, changed = 0, unchanged = 0;
  std::vector<std::string> missing;  ///< names of songs that the source had once and has no more
  bool missing_removed = false;      ///< they are out of the catalogue
  std::vector<Respelling> respelt;
  std::int64_t without_labels = 0;  ///< imported songs that have no genre
  std::vector<std::string>
      faults;  ///< one line each, with file and line number; these rows were not imported
  std::vector<std::string> warnings;  ///< past the paper's 3 subgenres a song or 2 genres a subgenre
  std::map<std::string, std::int64_t>
      unmapped;                  ///< label values that aliases and taxonomy do not have: songs
  std::int64_t split_songs = 0;  ///< written to ImportOptions::write_split
};

/// The library on disk: `catalogue.db`, SQLite. One process writes at a time, others wait for up to ten
/// seconds; readers are not blocked (WAL). An object is for one thread; open one a thread, or lock.
///
/// Every member throws FileError where SQLite fails (a full disk, a damaged file, a lock that does not go
/// away).
class Catalogue {
 public:
  /// Opens or makes `workspace/catalogue.db`; the directory is made too.
  /// @throws FileError       the directory cannot be made, or the file is no SQLite database.
  /// @throws CatalogueError  a database that is not gamut's, or one of a newer version.
  explicit Catalogue(const std::filesystem::path& workspace);
  ~Catalogue();
  Catalogue(Catalogue&&) noexcept;

  /// Every song with its labels, in order of id. A fixed number of queries, whatever the size.
  std::vector<Song> songs() const;

  /// The paper's Table 1: most songs first, ties by name. Albums are counted as album_groups() sees them.
  std::vector<GenreCount> genre_counts() const;
  std::int64_t song_count() const;
  /// Albums as album_groups() sees them.
  std::int64_t album_count() const;
  std::int64_t unlabelled_count() const;

  /// Adds or updates songs; all or nothing, in one transaction. The path says which song it is: a song whose
  /// path is known is compared and, where artist, album, title, declared length or labels differ, updated;
  /// its id and name stay. A new song whose name another file already has gets its path as its name. What was
  /// done goes into `report`.
  ///
  /// A label is written as it was first. It is respelt where all songs of a source write it otherwise than
  /// before, in case or normal form alone, and no song of another source has it.
  /// @throws CatalogueError  a path that is not absolute and lexically normal, or a declared length that
  /// is_length() refuses.
  void put_songs(const std::vector<Song>& songs, ImportReport& report, const SongSource& source = {});

  /// Writes where songs' files are now, in one transaction. Everything else of the songs stays.
  /// @throws CatalogueError  a path that is not absolute and lexically normal, or that another song has;
  /// nothing is changed then.
  void put_song_paths(const std::vector<SongPath>& paths);

  /// The number of a picture set. `specification` is the front end's JSON; the set is made if missing.
  /// @throws CatalogueError  the name is known with another specification.
  std::int64_t picture_set(const std::string& name, const Json& specification);
  /// In order of row, failures last in order of song.
  std::vector<PictureRecord> picture_records(std::int64_t set) const;
  /// Replaces all earlier records of the songs that `records` has, in one transaction; a song may have
  /// several rows.
  /// @throws CatalogueError  a song or set that the catalogue does not have, or a row that another song
  /// holds.
  void put_picture_records(std::int64_t set, const std::vector<PictureRecord>& records);
  void erase_picture_records(std::int64_t set, const std::vector<std::int64_t>& song_ids);
  /// Says of what state of their files the songs' records are, in one transaction.
  void stamp_picture_records(std::int64_t set, const std::unordered_map<std::int64_t, FileStamp>& of_song);

  /// Seconds that were decoded of each song when its pictures were drawn, by its id; those without pictures
  /// are absent.
  std::unordered_map<std::int64_t, double> durations_s() const;

  /// What was once found of songs' audio, in order of song; the files may have changed since.
  std::vector<AudioIdentity> audio_identities(Fingerprints fingerprints = Fingerprints::with) const;
  /// Replaces what is known of these songs, in one transaction.
  /// @throws CatalogueError  a song that the catalogue does not have.
  void put_audio_identities(const std::vector<AudioIdentity>& identities);

 private:
  struct Database;
  std::unique_ptr<Database> database_;
};

}  // namespace gamut::catalogue
