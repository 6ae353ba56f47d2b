#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "gamut/audio/write_stream.h"

namespace gamut::test {

/// A sine of amplitude 0.5.
std::vector<float> make_tone(double frequency_hz, double duration_s, int sample_rate_hz);

/// How far `actual` is from `expected` over the middle of both, root mean square.
double rms_difference(std::span<const float> actual, std::span<const float> expected);

/// A WAV file byte by byte, for formats that encode() does not write and for headers that lie.
struct WavFile {
  int format_tag = 1;  ///< 1: integers, 3: floats
  int bits = 16;
  int n_channels = 1;
  int sample_rate_hz = 22050;
  std::string data;
  std::int64_t declared_data_bytes = -1;  ///< -1: the truth
  std::string bytes() const;
};

/// Little-endian bytes of a number's lowest `n_bytes` bytes.
std::string little_endian(std::uint64_t value, int n_bytes);

void write_bytes(const std::filesystem::path& path, std::string_view bytes);
std::string read_bytes(const std::filesystem::path& path);

/// Copies the first `share` of a file's bytes.
void truncate_copy(const std::filesystem::path& from, const std::filesystem::path& to, double share);

/// A tone as one channel in any container and codec that FFmpeg writes.
audio::StreamToWrite stream_of(const std::string& container, const std::string& encoder,
                               std::span<const float> samples, int sample_rate_hz);

}  // namespace gamut::test
