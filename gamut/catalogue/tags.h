#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gamut::catalogue {

/// What an audio file says about itself; empty where it says nothing.
struct Tags {
  std::string artist, album, title;  ///< UTF-8, trimmed
  std::vector<std::string> genres;   ///< every value of every genre field, as written
};

/// Reads the tags of any format TagLib knows. A file without tags, or one that is no audio, has none: judging
/// the audio is the extractor's business.
Tags load_tags(const std::filesystem::path& path);

/// What an ID3 tag means by a number or mark in place of a genre: "17" is Rock, "RX" Remix, "CR" Cover. Empty
/// for all else.
std::string id3_genre(std::string_view reference);

/// Whether the file's extension is one that audio has, in upper or lower case.
bool is_audio_name(const std::filesystem::path& path);

}  // namespace gamut::catalogue
