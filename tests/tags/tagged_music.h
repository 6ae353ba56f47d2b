#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "tests/support/test_data.h"

namespace gamut::tags::test {

/// What a shell command prints; it must end well.
inline std::string output_of(const std::string& command) {
  FILE* const pipe = ::popen(command.c_str(), "r");
  std::string text;
  std::array<char, 4096> buffer{};
  while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    text.append(buffer.data(), size);
  }
  EXPECT_EQ(::pclose(pipe), 0) << command;
  return text;
}

/// Half a second of music by ffmpeg, titled "Opening", by "Amber Lattice", with a date and a comment.
/// @param more  arguments of ffmpeg before the file's name.
inline std::filesystem::path make_music(const std::filesystem::path& path, const std::string& more = "") {
  output_of(
      "ffmpeg -v error -nostdin -y -f lavfi -i 'sine=f=330:d=0.5' -metadata title=Opening"
      " -metadata 'artist=Amber Lattice' -metadata 'album=First Light' -metadata date=2021"
      " -metadata 'comment=a note' " +
      more + " '" + path.string() + "' 2>&1");
  return path;
}

/// The tags that ffprobe sees, of the file and its streams, by lower-case name.
inline std::map<std::string, std::string> probed_tags(const std::filesystem::path& path) {
  const Json json = Json::parse(
      output_of("ffprobe -v error -show_entries format_tags:stream_tags -of json '" + path.string() + "'"));
  std::map<std::string, std::string> tags;
  const auto take = [&](const Json& owner) {
    const Json found = owner.value("tags", Json::object());
    for (const auto& [name, value] : found.items()) {
      std::string key = name;
      for (char& letter : key) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
      tags[key] = value.get<std::string>();
    }
  };
  take(json.value("format", Json::object()));
  for (const Json& stream : json.at("streams")) take(stream);
  return tags;
}

/// A hash of the decoded audio.
inline std::string decoded_hash(const std::filesystem::path& path) {
  return output_of("ffmpeg -v error -nostdin -i '" + path.string() + "' -map 0:a -f hash - 2>/dev/null");
}

}  // namespace gamut::tags::test
