#pragma once

#include <filesystem>
#include <string>

namespace gamut::catalogue {

/// What an audio file says about itself; empty where it says nothing.
struct Tags {
  std::string artist, album, title;  ///< UTF-8, trimmed
};

/// Reads the tags of any format TagLib knows. A file without tags, or one that is no audio, has none: judging
/// the audio is the extractor's business.
Tags load_tags(const std::filesystem::path& path);

/// Whether the file's extension is one that audio has, in upper or lower case.
bool is_audio_name(const std::filesystem::path& path);

}  // namespace gamut::catalogue
