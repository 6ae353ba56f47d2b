#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace gamut::tagging {

/// A recording as it was asked for.
struct Source {
  std::string name;            ///< what it is called in results: its path, or "-"
  std::filesystem::path file;  ///< where its bytes are
  std::string fault = {};      ///< why there are none; empty where there are
};

/// The recordings that arguments stand for, in order: audio files as they are; folders, with all audio files
/// below them; playlists (.m3u8, .m3u), with the files that they name, as paths or file:// addresses; "-",
/// standard input, which is read to its end into memory. What is missing or cannot be read stands in the list
/// with its fault.
std::vector<Source> list_sources(std::span<const std::string> arguments);

}  // namespace gamut::tagging
