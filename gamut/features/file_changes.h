#pragma once

#include <span>
#include <vector>

#include "gamut/catalogue/catalogue.h"

namespace gamut::features {

/// Size and time of change of a file, without its hash.
catalogue::FileStamp stamp_file(const std::filesystem::path& path);

/// SHA-256 of a file, shortened to 32 hex digits; empty where it cannot be read.
std::string hash_file(const std::filesystem::path& path);

/// A song whose file may be another than its pictures were drawn from.
struct Suspect {
  std::size_t song = 0;  ///< an index of the caller's
  catalogue::FileStamp file;
};

/// Hashes the files of songs whose size or time of change is not as it was.
/// @param suspects  with stamps without hashes, which are filled in.
/// @throws Interrupted
void hash_suspects(std::span<Suspect> suspects, std::span<const catalogue::Song> songs, int jobs);

}  // namespace gamut::features
