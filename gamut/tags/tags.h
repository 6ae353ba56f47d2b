#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace gamut::tags {

/// What an audio file says about itself; empty where it says nothing.
struct Tags {
  std::string artist, album, title;  ///< UTF-8, trimmed
  std::vector<std::string> genres;   ///< every value of every genre field, as written
};

/// Reads the tags of any format TagLib knows. A file without tags, or one that is no audio, has none: judging
/// the audio is the extractor's business.
Tags load_tags(const std::filesystem::path& path);

}  // namespace gamut::tags
