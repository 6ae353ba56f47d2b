#include "gamut/catalogue/published_split.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "gamut/catalogue/audio_files.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/text.h"

namespace gamut::catalogue {
namespace {

/// How a line of a list names its song.
std::string key_of_line(std::string_view line) {
  const std::filesystem::path name(trim(line.substr(0, line.find('\t'))));
  return is_audio_name(name) ? name.stem().string() : name.filename().string();
}

std::string key_of_song(const SourceSong& song) {
  return song.key.empty() ? song.song.path.stem().string() : song.key;
}

}  // namespace

void read_published_split(std::span<const std::filesystem::path> lists, std::vector<SourceSong>& songs,
                          std::vector<std::string>& warnings) {
  if (lists.size() != kParts.size()) {
    throw CatalogueError(
        fmt::format("a published split is three lists, train, validation and test; {} were given",
                    lists.size()),
        {});
  }
  std::unordered_map<std::string, SourceSong*> song_of;
  for (SourceSong& song : songs) {
    song.part.reset();
    song_of.emplace(key_of_song(song), &song);
  }
  std::vector<std::string> faults;
  std::size_t strangers = 0;
  std::string first_stranger;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    const std::string text = load_text(lists[i]);
    std::size_t line = 0;
    for (std::size_t begin = 0; begin < text.size(); ++line) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      const std::string key = key_of_line(std::string_view(text).substr(begin, end - begin));
      begin = end + 1;
      if (key.empty() || (line == 0 && key == "TRACK_ID")) continue;
      const auto found = song_of.find(key);
      if (found == song_of.end()) {
        if (++strangers == 1) first_stranger = at_line(lists[i], line + 1, printable(key));
      } else if (found->second->part) {
        faults.push_back(at_line(lists[i], line + 1, "in the split already: " + printable(key)));
      } else {
        found->second->part = kParts[i];
      }
    }
  }
  if (!faults.empty()) throw CatalogueError(join(faults, "\n"), lists[0]);
  if (strangers > 0) {
    warnings.push_back(fmt::format("{} songs of the published split are not in this source; the first is {}",
                                   strangers, first_stranger));
  }
  const auto without = std::count_if(songs.begin(), songs.end(), [](const auto& song) { return !song.part; });
  if (without > 0) warnings.push_back(fmt::format("{} songs are not in the published split", without));
}

std::int64_t write_published_split(const std::filesystem::path& path, std::vector<Song> songs,
                                   const std::unordered_map<std::string, std::optional<Part>>& part_of) {
  std::vector<Part> parts;
  std::set<std::string> genres;
  std::erase_if(songs, [&](const Song& song) {
    const auto found = part_of.find(song.path.string());
    if (found == part_of.end() || !found->second) return true;
    parts.push_back(*found->second);
    genres.insert(song.genres.begin(), song.genres.end());
    return false;
  });
  save_split(path, songs, make_labels(songs, {genres.begin(), genres.end()}), parts);
  return static_cast<std::int64_t>(songs.size());
}

}  // namespace gamut::catalogue
