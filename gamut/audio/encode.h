#pragma once

#include <filesystem>
#include <span>
#include <string>

namespace gamut::audio {

/// What to write besides the samples. The container and codec follow the extension: .mp3, .m4a (AAC), .flac, .wav.
struct EncodeOptions {
  int bit_rate_bps = 128000;  ///< lossy codecs only
  std::string title, artist, album, genre;  ///< tags; empty ones are left out
};

/// Encodes one channel of float32 samples.
void encode(const std::filesystem::path& path, std::span<const float> samples, int sample_rate_hz,
            const EncodeOptions& options = {});

}  // namespace gamut::audio
