#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "gamut/core/channels.h"
#include "gamut/core/outcome.h"

namespace gamut::audio {

struct DecodeOptions {
  double sample_rate_hz = 22050;     ///< rate of the result; 0 keeps the file's own. Origin: librosa.
  Channels channels = Channels::mono;
  double max_duration_s = 3 * 3600;  ///< longer audio is refused with a DecodeError. Origin: ours.
};

/// A decoded recording.
struct Recording {
  std::vector<float> samples;     ///< one channel, nominally in [-1, 1], never clipped, all finite
  double sample_rate_hz = 0;
  Outcome outcome = Outcome::ok;  ///< ok or partial
  std::string reason;             ///< why it is partial, with the seconds got; empty where ok
  double duration_s = 0;          ///< of what was decoded, at the file's own rate
  double declared_duration_s = 0; ///< what the container declares; 0 where it declares nothing or only an estimate
};

/// Decodes the best audio stream of any file FFmpeg knows.
Recording decode(const std::filesystem::path& path, const DecodeOptions& options = {});

/// Format, duration and tags, read without decoding.
struct FileInfo {
  std::string container;          ///< FFmpeg's short name
  std::string codec;              ///< FFmpeg's short name
  double sample_rate_hz = 0;
  int channels = 0;
  double duration_s = 0;          ///< declared or estimated; 0 where unknown
};
FileInfo probe(const std::filesystem::path& path);

}  // namespace gamut::audio
