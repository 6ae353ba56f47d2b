#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace gamut::demo {

/// How much music is composed.
struct LibraryOptions {
  int artists_per_subgenre = 3;
  int albums_per_artist = 2;
  int songs_per_album = 3;
  double song_seconds = 12;
  std::uint64_t seed = 1;
};

/// Composes and encodes the built-in library into `folder`: audio in MP3, M4A and FLAC with tags, `songs.csv` and
/// `taxonomy.csv` as `gamut import` reads them. Deterministic in the samples for a seed. Existing files are kept.
void compose_library(const std::filesystem::path& folder, const LibraryOptions& options, int jobs);

}  // namespace gamut::demo
