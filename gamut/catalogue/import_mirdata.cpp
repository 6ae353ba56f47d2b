#include <fmt/format.h>

#include "gamut/catalogue/audio_files.h"
#include "gamut/catalogue/jams.h"
#include "gamut/catalogue/source.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"

namespace gamut::catalogue {
namespace {

namespace fs = std::filesystem;

/// Not gamut's Json, which keeps the order of keys and for that is slow with more than some thousands of
/// them.
using Index = nlohmann::json;

struct IndexedFile {
  std::string path, md5;
};

/// The first of `keys` that a track has: mirdata writes [path, checksum], and null for no file.
IndexedFile file_of(const Index& track, std::initializer_list<const char*> keys) {
  for (const char* key : keys) {
    const auto entry = track.find(key);
    if (entry == track.end() || !entry->is_array() || entry->empty() || !(*entry)[0].is_string()) continue;
    const bool has_checksum = entry->size() > 1 && (*entry)[1].is_string();
    return {(*entry)[0].get<std::string>(), has_checksum ? (*entry)[1].get<std::string>() : std::string()};
  }
  return {};
}

}  // namespace

bool is_mirdata(const fs::path& source) {
  if (source.extension() != ".json" || !fs::is_regular_file(source)) return false;
  return load_text(source).find("\"tracks\"") != std::string::npos;
}

Source read_mirdata(const fs::path& given, const ImportOptions& options) {
  const fs::path file = fs::absolute(given).lexically_normal();
  const fs::path root =
      options.audio ? library_folder(*options.audio, "give mirdata's data_home") : file.parent_path();
  const Index index = Index::parse(load_text(file), nullptr, /*allow_exceptions=*/false);
  if (!index.is_object() || !index.contains("tracks") || !index["tracks"].is_object()) {
    throw CatalogueError(printable(file.string()) + ": no object `tracks`; this is no index of mirdata",
                         file);
  }
  Source source;
  DeclaredLengths lengths;
  for (const auto& [id, track] : index["tracks"].items()) {
    SourceSong song;
    song.where = fmt::format("{}: track {}", printable(file.string()), printable(id));
    song.key = id;
    const IndexedFile audio =
        track.is_object() ? file_of(track, {"audio", "audio_mix", "audio_mono"}) : IndexedFile();
    if (audio.path.empty()) {
      source.faults.push_back(song.where + ": no audio");
      continue;
    }
    song.md5 = audio.md5;
    song.song.name = audio.path;
    song.song.path = (root / audio.path).lexically_normal();
    const std::string folder = song.song.path.parent_path().filename().string();
    try {
      if (const std::string jams = file_of(track, {"jams"}).path; !jams.empty()) {
        const Json document = load_json(root / jams);
        song.labels = jams_labels(document);
        song.song.declared_s = jams_length(document, root / jams, lengths);
      } else if (id.starts_with(folder + '.')) {
        song.labels = {folder};
      }
    } catch (const Error& error) {
      source.faults.push_back(song.where + ": " + error.what());
      continue;
    }
    source.songs.push_back(std::move(song));
  }
  lengths.warn(source.warnings);
  return source;
}

}  // namespace gamut::catalogue
