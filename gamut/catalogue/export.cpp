#include "gamut/catalogue/export.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"

namespace gamut::catalogue {
namespace {

std::string label_list(const Song& song, const std::vector<std::string>& labels) {
  for (const std::string& label : labels) {
    if (label.find(';') == std::string::npos) continue;
    throw CatalogueError(fmt::format("{}: the label \"{}\" contains \";\", which separates labels in a CSV; "
                                     "rename it, or export as jams",
                                     printable(song.name), printable(label)),
                         song.path);
  }
  return join(labels, ";");
}

/// Identifiers of the form <kind>_<digits>, one for each text.
class Identifiers {
 public:
  Identifiers(std::string kind, std::span<const Song> songs, std::string Song::*field)
      : kind_(std::move(kind)), keep_(std::all_of(songs.begin(), songs.end(), [&](const Song& song) {
          return is_identifier(song.*field);
        })) {}

  /// Whether every song's text is such an identifier already, so that it stays.
  bool keeps() const { return keep_; }

  std::string of(const std::string& text) {
    if (keep_) return text;
    const auto next = static_cast<int>(numbers_.size()) + unknown_ + 1;
    const int number = text.empty() ? (++unknown_, next) : numbers_.try_emplace(text, next).first->second;
    return fmt::format("{}_{:06}", kind_, number);
  }

 private:
  bool is_identifier(const std::string& text) const {
    return text.size() > kind_.size() + 1 && text.starts_with(kind_ + '_') &&
           text.find_first_not_of("0123456789", kind_.size() + 1) == std::string::npos;
  }

  std::string kind_;
  bool keep_;
  int unknown_ = 0;
  std::map<std::string, int> numbers_;
};

/// Albums of one title by two artists are two.
std::string album_key(const Song& song) {
  return song.album.empty() ? std::string() : song.artist + '\n' + song.album;
}

void refuse_separators(const std::string& field, const Song& song) {
  if (field.find_first_of("\t\r\n") == std::string::npos) return;
  throw CatalogueError(
      fmt::format("\"{}\" contains a tab or a newline, which a TSV cannot hold; export as csv "
                  "or jams",
                  printable(field)),
      song.path);
}

}  // namespace

std::string songs_as_csv(std::span<const Song> songs) {
  std::string text = "song,path,artist,album,title,subgenres,genres,duration\n";
  for (const Song& song : songs) {
    text += csv_row({song.name, song.path.string(), song.artist, song.album, song.title,
                     label_list(song, song.subgenres), label_list(song, song.genres),
                     song.declared_s ? format_number(*song.declared_s) : std::string()});
  }
  return text;
}

std::string songs_as_jamendo(std::span<const Song> songs, const std::filesystem::path& audio,
                             const std::unordered_map<std::int64_t, double>& measured_s) {
  const std::filesystem::path root = std::filesystem::absolute(audio).lexically_normal();
  Identifiers artists("artist", songs, &Song::artist);
  Identifiers albums("album", songs, &Song::album);
  std::string text = "TRACK_ID\tARTIST_ID\tALBUM_ID\tPATH\tDURATION\tTAGS\n";
  for (const Song& song : songs) {
    const std::string path = song.path.lexically_relative(root).string();
    if (path.empty() || path.starts_with("..")) {
      throw CatalogueError(
          fmt::format("{} is not below {}; give the folder that holds all audio with --audio",
                      printable(song.path.string()), printable(root.string())),
          song.path);
    }
    refuse_separators(path, song);
    const auto measured = measured_s.find(song.id);
    text += fmt::format("track_{:07}\t{}\t{}\t{}\t{:.1f}", song.id, artists.of(song.artist),
                        albums.of(albums.keeps() ? song.album : album_key(song)), path,
                        measured == measured_s.end() ? song.declared_s.value_or(0.0) : measured->second);
    for (const std::string& genre : song.genres) {
      refuse_separators(genre, song);
      text += "\tgenre---" + genre;
    }
    // A row of the form has six fields at least.
    text += song.genres.empty() ? "\t\n" : "\n";
  }
  return text;
}

Json song_as_jams(const Song& song) {
  Json data = Json::array();
  for (const std::string& genre : song.genres) {
    data.push_back({{"time", 0.0}, {"duration", 0.0}, {"value", genre}, {"confidence", nullptr}});
  }
  Json metadata = {{"jams_version", "0.3.4"}};
  if (!song.title.empty()) metadata["title"] = song.title;
  if (!song.artist.empty()) metadata["artist"] = song.artist;
  if (!song.album.empty()) metadata["release"] = song.album;
  if (song.declared_s) metadata["duration"] = *song.declared_s;
  return {{"file_metadata", metadata},
          {"annotations", Json::array({{{"annotation_metadata", {{"data_source", "gamut"}}},
                                        {"namespace", "tag_open"},
                                        {"data", data},
                                        {"sandbox", Json::object()}}})},
          {"sandbox", {{"name", song.name}, {"path", song.path.string()}, {"subgenres", song.subgenres}}}};
}

}  // namespace gamut::catalogue
