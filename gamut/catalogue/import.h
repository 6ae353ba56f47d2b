#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gamut/catalogue/catalogue.h"
#include "gamut/catalogue/taxonomy.h"

namespace gamut::catalogue {

/// Past these an import warns; it does not refuse. Origin: paper.
inline constexpr std::size_t kMaxSubgenresPerSong = 3;
inline constexpr std::size_t kMaxGenresPerSubgenre = 2;

struct ImportOptions {
  std::optional<std::filesystem::path> taxonomy = {};  ///< CSV `subgenre,genre`
  bool check_files = true;                             ///< a row whose file does not exist is a fault
  /// Songs that an earlier import of the same source had and this one has not are taken out of the catalogue,
  /// not only counted. A song whose row is faulty now is not one of them.
  bool remove_missing = false;

  // What follows is for the formats whose labels are free: all but csv and folders.

  /// CSV `value,label`, see LabelMap.
  std::optional<std::filesystem::path> aliases = {};
  /// Where the audio is; default: the format's usual place.
  std::optional<std::filesystem::path> audio = {};
  /// FMA's small, medium or large; default: as the audio's folder says.
  std::string subset = {};
  /// Three files, train, validation and test, one song a line: a published split to take over. Default: the
  /// format's own, where it has one.
  std::vector<std::filesystem::path> published_split = {};
  /// Compares files with the checksums that the source has of them; only mirdata's indexes have any.
  bool verify = false;
  /// Where the published split goes, in save_split's form.
  std::optional<std::filesystem::path> write_split = {};
};

/// Imports a CSV with a header: `path` and `subgenres` or `genres` (lists with `;`; with both, a song has the
/// genres of both, and no taxonomy is needed) required, `song` (the name; default: the path), `artist`,
/// `album`, `title`, `duration` (or `duration_s`; in seconds, as DeclaredLengths reads it) optional, others
/// ignored. Relative paths count from the CSV's folder.
///
/// A row with a fault (malformed, no path, a path of an earlier row, an unknown subgenre, no such file, a
/// directory) becomes a line of the report and is not imported; all others are. A song without labels is
/// imported and counted. Importing the same again changes nothing. Whether a file is audio is not looked at.
///
/// @throws FileError       the CSV or the taxonomy is missing, unreadable or empty.
/// @throws CatalogueError  a required column is missing, subgenres without a taxonomy, or a faulty taxonomy;
/// nothing is
///                         imported then.
ImportReport import_csv(Catalogue& catalogue, const std::filesystem::path& csv, const ImportOptions& options);

/// Imports a folder a genre: every file with an audio extension under FOLDER/<Genre>/, at any depth, in order
/// of name; artist, album and title from the files' tags. With a taxonomy, the folders are subgenres. Hidden
/// files and other extensions are passed over; audio in FOLDER itself has no label. Links to folders are not
/// followed below the genre.
///
/// @throws CatalogueError  FOLDER is no directory, or holds no audio file.
ImportReport import_folders(Catalogue& catalogue, const std::filesystem::path& folder,
                            const ImportOptions& options);

/// The source of an import, as Catalogue::put_songs() takes it.
/// @param faulty  paths of songs that are named and not imported.
/// @param faults  of the whole import: more than `faulty` means that others may be hidden.
SongSource song_source(const std::filesystem::path& source, std::vector<std::string> faulty,
                       std::size_t faults, const ImportOptions& options);

/// The warnings about a taxonomy, one a subgenre that has more genres than the paper allows.
std::vector<std::string> taxonomy_warnings(const Taxonomy& taxonomy, const std::filesystem::path& path);

}  // namespace gamut::catalogue
