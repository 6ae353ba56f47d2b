#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "gamut/doctor/identify.h"

namespace gamut::doctor {

/// A missing song whose audio lies somewhere else.
struct MovedSong {
  std::size_t song = 0;  ///< index
  std::filesystem::path found = {};
  bool is_catalogued = false;  ///< another song of the catalogue has that file
};

/// Looks for missing songs by their content hash: among the songs that are there, then in the audio files
/// under `folders` that have the name or the size of a missing song; these are decoded. A song that was never
/// heard cannot be found.
///
/// @param songs    all of the catalogue.
/// @param report   of these songs.
/// @param folders  searched at any depth; links to folders are not followed.
/// @return in order of song.
/// @throws Interrupted  the user asked to stop.
std::vector<MovedSong> find_moved_songs(const catalogue::Catalogue& catalogue,
                                        std::span<const catalogue::Song> songs, const IdentifyReport& report,
                                        std::span<const std::filesystem::path> folders, int jobs);

/// Where moved songs are looked for: the folder above the one that all songs lie in, or the nearest above it
/// that is there. Never the root of the file system: then the folder itself; empty where that is the root
/// too, or there are no songs.
std::filesystem::path folder_around(std::span<const catalogue::Song> songs);

/// A change of path that many songs share.
struct PathChange {
  std::filesystem::path from = {}, to = {};
  std::size_t songs = 0;
};

/// What brings the catalogue to the moved songs, without those that have a song of their own: most songs
/// first.
std::vector<PathChange> suggest_changes(std::span<const catalogue::Song> songs,
                                        std::span<const MovedSong> moved);

}  // namespace gamut::doctor
