#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gamut/catalogue/import.h"
#include "gamut/catalogue/label_map.h"
#include "gamut/catalogue/split.h"

namespace gamut::catalogue {

/// A song as a data set describes it.
struct SourceSong {
  std::string where;                ///< for messages: "file:line", or empty where the path says it all
  std::string key;                  ///< how lists of the data set name it; empty: the stem of the path
  Song song;                        ///< without labels
  std::vector<std::string> labels;  ///< as written
  std::string md5;                  ///< of the file, 32 hex digits; empty where the source has none
  std::optional<Part> part;         ///< in the split that the data set publishes with its songs
};

/// What a format's reader makes of a source; import_songs() does the rest.
struct Source {
  std::filesystem::path path;  ///< what was read, set by the caller of the reader
  std::vector<SourceSong> songs;
  std::vector<std::string> faults, warnings;  ///< one line each
  std::optional<Taxonomy> taxonomy;           ///< the data set's own
  std::vector<std::string> genres;            ///< of that taxonomy, also those without subgenres
  bool labels_are_fields = false;  ///< labels may be lists and ID3 references, see tags::split_genre_field
};

/// Labels the songs, puts them into the catalogue and writes their published split where that was asked for.
/// A song whose path an earlier one has, or whose file is missing, is a fault.
/// @throws CatalogueError  the taxonomy or the aliases are faulty, or there is no split to write; nothing is
///                         imported then.
ImportReport import_songs(Catalogue& catalogue, Source source, const ImportOptions& options);

/// "name:line: message".
std::string at_line(const std::filesystem::path& file, std::size_t line, const std::string& message);

// One reader a format, see docs/data-sets.md for what each expects of `source`. Faulty rows become lines of
// Source::faults. All throw FileError and CatalogueError where the source as a whole is not what it should
// be.

/// Any folder of music: everything is read from the files' tags.
Source read_tags(const std::filesystem::path& source, const ImportOptions& options);
/// FMA: Defferrard, Benzi, Vandergheynst & Bresson, FMA: A Dataset For Music Analysis, ISMIR 2017.
/// @source https://github.com/mdeff/fma
Source read_fma(const std::filesystem::path& source, const ImportOptions& options);
/// MTG-Jamendo: Bogdanov et al., The MTG-Jamendo Dataset for Automatic Music Tagging, ML4MD 2019.
/// @source https://github.com/MTG/mtg-jamendo-dataset
Source read_jamendo(const std::filesystem::path& source, const ImportOptions& options);
/// GTZAN: Tzanetakis & Cook, Musical Genre Classification of Audio Signals, IEEE TSAP 10(5), 2002.
/// @source faults: Sturm, The GTZAN dataset, arXiv 1306.1461.
Source read_gtzan(const std::filesystem::path& source, const ImportOptions& options);
bool is_gtzan(const std::filesystem::path& source);
/// The layout of the paper's authors.
Source read_authors(const std::filesystem::path& source, const ImportOptions& options);
bool is_authors(const std::filesystem::path& source);
/// MagnaTagATune: Law, West, Mandel, Bay & Downie, Evaluation of Algorithms Using Games, ISMIR 2009.
Source read_magnatagatune(const std::filesystem::path& source, const ImportOptions& options);
/// One JAMS document a song, see jams.h.
Source read_jams(const std::filesystem::path& source, const ImportOptions& options);
bool is_jams(const std::filesystem::path& source);
/// An index of mirdata: Bittner et al., mirdata, ISMIR 2019.
Source read_mirdata(const std::filesystem::path& source, const ImportOptions& options);
bool is_mirdata(const std::filesystem::path& source);

}  // namespace gamut::catalogue
