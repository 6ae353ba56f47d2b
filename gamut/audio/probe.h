#pragma once

#include <filesystem>
#include <string>

namespace gamut::audio {

/// What a file says of itself.
struct FileInfo {
  std::string container;      ///< FFmpeg's short name, for example "flac" or "mov,mp4,m4a,3gp,3g2,mj2"
  std::string codec;          ///< FFmpeg's short name, for example "mp3" or "aac"
  double sample_rate_hz = 0;  ///< the file's own
  int channels = 0;
  double duration_s = 0;  ///< declared or estimated; 0 where unknown
};

/// Reads the format of the best audio stream of any file FFmpeg knows; no song is decoded for it.
///
/// @param path  a regular file.
/// @throws DecodeError  missing, a directory, empty, unreadable, not audio, or without an audio stream.
FileInfo probe(const std::filesystem::path& path);

}  // namespace gamut::audio
