#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "gamut/catalogue/catalogue.h"

namespace gamut::doctor {

/// What became of the songs whose audio was asked for.
struct IdentifyReport {
  std::vector<catalogue::AudioIdentity> identities;  ///< one a song, in their order; failed where missing
  std::vector<std::size_t> missing;                  ///< indices of songs whose file is not there
  std::vector<std::size_t> failed;                   ///< indices of songs whose file cannot be decoded
  std::int64_t computed = 0;                         ///< decoded now; the others were known
};

/// Identifies the audio of songs, and remembers it in the catalogue: a file of unchanged size and time of
/// change is not read again, but where it could not be opened or was too long. Recorded every second, so that
/// little is lost in a crash.
///
/// @param songs         of the catalogue.
/// @param jobs          files decoded at the same time; >= 1.
/// @param retry_failed  read what was undecodable once more: another FFmpeg may know more.
/// @throws FileError    the catalogue cannot be written; what was recorded is kept.
/// @throws Interrupted  on SIGINT: what was finished is kept.
IdentifyReport identify_songs(catalogue::Catalogue& catalogue, std::span<const catalogue::Song> songs,
                              int jobs, bool retry_failed = false);

}  // namespace gamut::doctor
