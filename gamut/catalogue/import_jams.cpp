#include <algorithm>

#include "gamut/catalogue/audio_files.h"
#include "gamut/catalogue/jams.h"
#include "gamut/catalogue/source.h"
#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"

namespace gamut::catalogue {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kExtension = ".jams";

void collect_jams(const fs::path& folder, std::vector<fs::path>& files, std::vector<std::string>& faults) {
  for (const auto& entry : sorted_entries(folder, faults)) {
    if (entry.is_directory() && !entry.is_symlink()) collect_jams(entry.path(), files, faults);
    if (entry.is_regular_file() && entry.path().extension() == kExtension) files.push_back(entry.path());
  }
}

/// The audio file of the same stem in `folder`; empty where there is none.
fs::path audio_of_stem(const fs::path& folder, const fs::path& stem) {
  std::vector<std::string> ignored;
  for (const auto& entry : sorted_entries(folder, ignored)) {
    if (entry.path().stem() == stem && is_audio_name(entry.path())) return entry.path();
  }
  return {};
}

std::string text_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

std::vector<std::string> jams_labels(const Json& document) {
  std::vector<std::string> labels;
  const auto annotations = document.find("annotations");
  if (annotations == document.end() || !annotations->is_array()) {
    throw CatalogueError("no list `annotations`; this is no JAMS document", {});
  }
  for (const Json& annotation : *annotations) {
    const std::string name = annotation.is_object() ? text_of(annotation, "namespace") : std::string();
    const bool is_genre = name == "tag_open" || name == "tag_gtzan" || name.starts_with("tag_fma_") ||
                          name.starts_with("tag_msd_tagtraum");
    const auto data = annotation.find("data");
    if (!is_genre || data == annotation.end()) continue;
    if (!data->is_array()) throw CatalogueError("the data of " + printable(name) + " is no list", {});
    for (const Json& observation : *data) {
      std::string value = observation.is_object() ? text_of(observation, "value") : std::string();
      if (value.empty())
        throw CatalogueError("a tag of " + printable(name) + " has no text as its value", {});
      if (std::find(labels.begin(), labels.end(), value) == labels.end()) labels.push_back(std::move(value));
    }
  }
  return labels;
}

std::optional<double> jams_length(const Json& document, const fs::path& file, DeclaredLengths& lengths) {
  const auto metadata = document.find("file_metadata");
  if (metadata == document.end() || !metadata->is_object()) return std::nullopt;
  const auto duration = metadata->find("duration");
  if (duration == metadata->end() || duration->is_null()) return std::nullopt;
  return lengths.read(dump_json(*duration), file);
}

bool is_jams(const fs::path& source) {
  if (!fs::is_directory(source)) return source.extension() == kExtension;
  std::vector<std::string> ignored;
  const auto entries = sorted_entries(source, ignored);
  return std::any_of(entries.begin(), entries.end(),
                     [](const auto& entry) { return entry.path().extension() == kExtension; });
}

Source read_jams(const fs::path& given, const ImportOptions& options) {
  Source source;
  DeclaredLengths lengths;
  std::vector<fs::path> files;
  const fs::path start = fs::absolute(given).lexically_normal();
  if (fs::is_directory(start)) {
    collect_jams(start, files, source.faults);
  } else {
    files.push_back(start);
  }
  if (files.empty()) throw CatalogueError("no .jams file under " + printable(start.string()), start);
  for (const fs::path& file : files) {
    const std::string where = printable(file.string());
    try {
      const Json document = load_json(file);
      SourceSong song;
      song.where = where;
      song.labels = jams_labels(document);
      const Json metadata = document.value("file_metadata", Json::object());
      const Json sandbox = document.value("sandbox", Json::object());
      song.song.artist = text_of(metadata, "artist");
      song.song.album = text_of(metadata, "release");
      song.song.title = text_of(metadata, "title");
      song.song.declared_s = jams_length(document, file, lengths);
      const fs::path folder =
          options.audio ? library_folder(*options.audio, "give the folder of the audio") : file.parent_path();
      const std::string path = text_of(sandbox, "path");
      song.song.path = path.empty() ? audio_of_stem(folder, file.stem()) : (folder / path).lexically_normal();
      song.song.name = text_of(sandbox, "name");
      song.song.subgenres = sandbox.value("subgenres", std::vector<std::string>());
      if (song.song.name.empty()) song.song.name = song.song.path.filename().string();
      if (song.song.path.empty()) {
        source.faults.push_back(where + ": no audio file of this name in " + printable(folder.string()));
        continue;
      }
      source.songs.push_back(std::move(song));
    } catch (const Error& error) {
      source.faults.push_back(where + ": " + error.what());
    } catch (const Json::exception&) {
      source.faults.push_back(where + ": file_metadata or sandbox is not what JAMS or gamut writes there");
    }
  }
  lengths.warn(source.warnings);
  return source;
}

}  // namespace gamut::catalogue
