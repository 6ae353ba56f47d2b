#pragma once

#include <filesystem>
#include <string>

namespace gamut::audio {

/// SHA-256 of the encoded audio of a file, as its container holds it: equal for two files that differ only in
/// their tags. Nothing is decoded.
///
/// @param path  a regular file.
/// @return 64 lower-case hex digits.
/// @throws DecodeError  missing, a directory, empty, unreadable, not audio, or without an audio stream.
std::string hash_packets(const std::filesystem::path& path);

}  // namespace gamut::audio
