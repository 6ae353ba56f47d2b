#pragma once

#include <filesystem>
#include <span>
#include <string>

namespace gamut::audio {

/// What to write besides the samples.
struct EncodeOptions {
  int bit_rate_bps = 128000;  ///< lossy codecs only; 8000 … 320000
  std::string title = {};     ///< a tag, UTF-8; left out where empty, as the others
  std::string artist = {};
  std::string album = {};
  std::string genre = {};
};

/// Encodes one channel of float32 samples as MP3 (.mp3, LAME), M4A (.m4a, AAC), FLAC (.flac, 16 bit) or WAV
/// (.wav, 16 bit).
///
/// The file appears whole or not at all. The same samples and options give the same bytes with one FFmpeg
/// version: no dates, no version names. For 16 bits, samples are multiplied by 32768, rounded to nearest and
/// clipped.
///
/// @param path            its extension, in any case, decides; parent directories are made.
/// @param samples         nominally in [-1, 1]; finite; may be empty.
/// @param sample_rate_hz  1000 … 192000; MP3 and M4A know only the usual ones up to 48000 and 96000.
/// @param options         bit rate and tags.
/// @throws ParameterError  an unknown extension, a rate that the codec does not know, a sample that is not
/// finite.
/// @throws FileError       the file cannot be written.
void encode(const std::filesystem::path& path, std::span<const float> samples, int sample_rate_hz,
            const EncodeOptions& options = {});

}  // namespace gamut::audio
