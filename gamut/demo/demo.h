#pragma once

#include <cstdint>
#include <filesystem>

namespace gamut::demo {

/// How much music is composed. There are 16 subgenres in 6 genres; the defaults give 384 songs on 192 albums.
struct LibraryOptions {
  int artists_per_subgenre = 6;  ///< 1 … 36
  int albums_per_artist = 2;     ///< 1 … 99
  int songs_per_album = 2;       ///< 1 … 99
  double song_seconds = 8;       ///< 3 … 600
  std::uint64_t seed = 1;

  /// @throws ParameterError  listing every value out of its range.
  void validate() const;
};

/// Composes and encodes the built-in library into `folder`.
///
/// Writes audio in MP3, M4A (AAC) and FLAC with tags under `audio/`, `taxonomy.csv` (subgenre,genre),
/// `library.json` (the options) and at last `songs.csv` (path,artist,album,title,subgenres), as `gamut
/// import` reads them. Paths and samples depend on nothing but `options`. Audio that is there already is
/// kept, so that an interrupted call goes on where it ended.
///
/// @param folder  made if missing.
/// @param jobs    songs composed at the same time; >= 1.
/// @throws ParameterError  options out of range, or a folder that holds a library made with others.
/// @throws FileError       the disk is full or the folder not writable.
/// @throws Interrupted     the user asked to stop.
void compose_library(const std::filesystem::path& folder, const LibraryOptions& options, int jobs);

}  // namespace gamut::demo
