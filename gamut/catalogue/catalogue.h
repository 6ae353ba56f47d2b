#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gamut/core/json.h"
#include "gamut/core/outcome.h"

namespace gamut::catalogue {

/// One song of a library, as its source describes it.
struct Song {
  std::int64_t id = 0;                  ///< given by the catalogue
  std::string name;                     ///< unique; the path as the source wrote it; the `song` column of every file of ours
  std::filesystem::path path;           ///< where the audio is, absolute
  std::string artist, album, title;     ///< empty where unknown
  std::vector<std::string> subgenres;   ///< as written
  std::vector<std::string> genres;      ///< broad genres: of the subgenres, or given directly; sorted, unique
};

struct GenreCount {
  std::string genre;
  std::int64_t songs = 0;
  std::int64_t albums = 0;
};

/// One row of a picture store, or one song that got none.
struct PictureRecord {
  std::int64_t song_id = 0;
  std::optional<std::int64_t> row;   ///< none where the song failed
  double start_s = 0;
  std::string checksum;              ///< of the picture's bytes
  Outcome outcome = Outcome::ok;
  double duration_s = 0;             ///< seconds decoded
  std::string reason;                ///< why partial or failed
};

/// What an import did.
struct ImportReport {
  std::int64_t added = 0, changed = 0, unchanged = 0;
  std::int64_t without_labels = 0;             ///< imported songs that have no genre
  std::vector<std::string> faults;             ///< one line each, with file and line number; these rows were not imported
  std::vector<std::string> warnings;           ///< past the paper's 3 subgenres a song or 2 genres a subgenre
};

/// The library on disk: `catalogue.db`, SQLite. One process writes at a time; readers are not blocked (WAL).
class Catalogue {
 public:
  /// Opens or makes `workspace/catalogue.db`.
  explicit Catalogue(const std::filesystem::path& workspace);
  ~Catalogue();
  Catalogue(Catalogue&&) noexcept;

  std::vector<Song> songs() const;                 ///< in order of id
  std::vector<GenreCount> genre_counts() const;    ///< most songs first, ties by name
  std::int64_t song_count() const;
  std::int64_t unlabelled_count() const;

  /// All or nothing in one transaction. A song whose name is known is compared and updated.
  void put_songs(const std::vector<Song>& songs, ImportReport& report);

  /// Picture sets. `specification` is the front end's JSON; the set is made if missing.
  /// @throws CatalogueError  the name is known with another specification.
  std::int64_t picture_set(const std::string& name, const Json& specification);
  std::vector<PictureRecord> picture_records(std::int64_t set) const;   ///< in order of row, failures last
  /// Replaces the songs' earlier records, in one transaction.
  void put_picture_records(std::int64_t set, const std::vector<PictureRecord>& records);
  void erase_picture_records(std::int64_t set, const std::vector<std::int64_t>& song_ids);

 private:
  struct Database;
  std::unique_ptr<Database> database_;
};

}  // namespace gamut::catalogue
