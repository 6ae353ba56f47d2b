#include "gamut/catalogue/audio_files.h"
#include "gamut/catalogue/source.h"
#include "gamut/core/error.h"
#include "gamut/core/text.h"
#include "gamut/tags/tags.h"

namespace gamut::catalogue {

Source read_tags(const std::filesystem::path& source, const ImportOptions&) {
  const std::filesystem::path root = library_folder(source, "give the folder that holds the music");
  Source result;
  result.labels_are_fields = true;
  std::vector<std::filesystem::path> files;
  collect_audio(root, files, result.faults);
  if (files.empty() && result.faults.empty()) {
    throw CatalogueError("no audio files under " + printable(root.string()), root);
  }
  for (const std::filesystem::path& file : files) {
    tags::Tags tags = tags::load_tags(file);
    SourceSong song;
    song.song.name = file.lexically_relative(root).string();
    song.song.path = file;
    song.song.artist = std::move(tags.artist);
    song.song.album = std::move(tags.album);
    song.song.title = std::move(tags.title);
    song.labels = std::move(tags.genres);
    result.songs.push_back(std::move(song));
  }
  return result;
}

}  // namespace gamut::catalogue
