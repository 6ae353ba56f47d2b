#include <fmt/format.h>

#include <unordered_map>

#include "gamut/catalogue/audio_files.h"
#include "gamut/catalogue/source.h"
#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::catalogue {
namespace {

namespace fs = std::filesystem;

constexpr CsvFormat kTabs{.separator = '\t'};

struct Clip {
  std::string artist, album, title;
};

/// What clip_info_final.csv says, by clip_id.
std::unordered_map<std::string, Clip> read_clips(const fs::path& path, Source& source) {
  std::unordered_map<std::string, Clip> clips;
  if (!fs::exists(path)) {
    source.warnings.push_back(printable(path.string()) + " is not there: no song has an artist or album");
    return clips;
  }
  CsvReader csv(path, kTabs);
  while (csv.next()) {
    if (csv.fault().empty()) {
      clips[csv["clip_id"]] = {csv["artist"], csv["album"], csv["title"]};
    } else {
      source.faults.push_back(at_line(path, csv.line(), csv.fault()));
    }
  }
  return clips;
}

/// The split in common use: folders 0 to b train, c validates, d to f test.
/// @source van den Oord, Dieleman & Schrauwen, Transfer learning by supervised pre-training for audio-based
/// music classification, ISMIR 2014.
std::optional<Part> part_of(const std::string& path) {
  if (path.size() < 2 || path[1] != '/') return std::nullopt;
  const char folder = path[0];
  if ((folder >= '0' && folder <= '9') || folder == 'a' || folder == 'b') return Part::train;
  if (folder == 'c') return Part::validation;
  if (folder >= 'd' && folder <= 'f') return Part::test;
  return std::nullopt;
}

}  // namespace

Source read_magnatagatune(const fs::path& given, const ImportOptions& options) {
  const fs::path root = library_folder(given, "give the folder that holds annotations_final.csv");
  const fs::path usual = fs::is_directory(root / "mp3") ? root / "mp3" : root;
  const fs::path audio =
      options.audio ? library_folder(*options.audio, "give the folder that holds the folders 0 to f") : usual;
  Source source;
  const auto clips = read_clips(root / "clip_info_final.csv", source);
  const fs::path path = root / "annotations_final.csv";
  CsvReader csv(path, kTabs);
  for (const char* column : {"clip_id", "mp3_path"}) {
    if (csv.has_column(column)) continue;
    throw CatalogueError(fmt::format("{}: no column `{}`", printable(path.string()), column), path);
  }
  while (csv.next()) {
    const std::string& name = csv["mp3_path"];
    std::string fault = csv.fault();
    if (fault.empty() && trim(name).empty()) fault = "the path is empty";
    if (!fault.empty()) {
      source.faults.push_back(at_line(path, csv.line(), fault));
      continue;
    }
    SourceSong song;
    song.where = at_line(path, csv.line(), "clip " + csv["clip_id"]);
    song.key = csv["clip_id"];
    song.song.name = name;
    song.song.path = (audio / name).lexically_normal();
    song.part = part_of(name);
    if (const auto clip = clips.find(song.key); clip != clips.end()) {
      song.song.artist = clip->second.artist;
      song.song.album = clip->second.album;
      song.song.title = clip->second.title;
    }
    for (std::size_t i = 0; i < csv.columns().size(); ++i) {
      const std::string& column = csv.columns()[i];
      if (csv.fields()[i] == "1" && column != "clip_id") song.labels.push_back(column);
    }
    source.songs.push_back(std::move(song));
  }
  return source;
}

}  // namespace gamut::catalogue
