#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace gamut::audio {

/// One audio stream in one container, by FFmpeg's names. Private to the room: encode() offers what users
/// need, tests need more.
struct StreamToWrite {
  std::string container;  ///< muxer, for example "ipod"
  std::string encoder;    ///< for example "aac"
  int sample_rate_hz = 0;
  std::vector<std::span<const float>> channels;  ///< equally long
  int bit_rate_bps = 128000;                     ///< lossy encoders only
  std::map<std::string, std::string> tags = {};
  std::map<std::string, std::string> muxer_options = {};
};

/// Encodes and writes atomically. The same samples give the same bytes with one FFmpeg version.
///
/// @throws ParameterError  the encoder does not take this rate or number of channels.
/// @throws FileError       the file cannot be written.
void write_stream(const std::filesystem::path& path, const StreamToWrite& stream);

}  // namespace gamut::audio
