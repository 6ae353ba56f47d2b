#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "gamut/catalogue/catalogue.h"

namespace gamut::doctor {

/// Seconds of a song that its fingerprint covers, from the start. Origin: AcoustID.
inline constexpr double kFingerprintSeconds = 120;

/// Seconds between two items of a fingerprint.
double fingerprint_item_s();

/// How identify_audio() computes, with versions; what another method made is made anew.
std::string identity_method();

/// Hash and fingerprint of a file's audio, from one decode.
///
/// The hash is SHA-256 of the sampling rate and the float32 samples of the mono mix at the file's own rate:
/// the same for any lossless copy in whatever container, and for a mono and a two-channel file of the same
/// signal. The fingerprint is Chromaprint's, one 32-bit item every fingerprint_item_s(); none where the audio
/// is shorter than about 3 s.
///
/// @param path            of the audio.
/// @param max_duration_s  longer audio fails; > 0.
/// @return outcome ok, partial, or failed with the reason; song_id and the file's state are left for the
/// caller.
/// @source Chromaprint, https://acoustid.org/chromaprint; Lalinsky, "How does Chromaprint work?", 2011.
catalogue::AudioIdentity identify_audio(const std::filesystem::path& path, double max_duration_s = 3 * 3600);

/// What became of the songs whose audio was asked for.
struct IdentifyReport {
  std::vector<catalogue::AudioIdentity> identities;  ///< one a song, in their order; failed where missing
  std::vector<std::size_t> missing;                  ///< indices of songs whose file is not there
  std::vector<std::size_t> failed;                   ///< indices of songs whose file cannot be decoded
  std::int64_t computed = 0;                         ///< decoded now; the others were known
};

/// Identifies the audio of songs, and remembers it in the catalogue: a file of unchanged size and time of
/// change is not read again, unless it failed. Recorded every second, so that little is lost in a crash.
///
/// @param songs  of the catalogue.
/// @param jobs   files decoded at the same time; >= 1.
/// @throws FileError    the catalogue cannot be written; what was recorded is kept.
/// @throws Interrupted  on SIGINT: what was finished is kept.
IdentifyReport identify_songs(catalogue::Catalogue& catalogue, std::span<const catalogue::Song> songs,
                              int jobs);

}  // namespace gamut::doctor
