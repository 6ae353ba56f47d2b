#include <fmt/format.h>

#include "gamut/catalogue/audio_files.h"
#include "gamut/catalogue/import.h"
#include "gamut/core/error.h"
#include "gamut/core/text.h"
#include "gamut/tags/tags.h"

namespace gamut::catalogue {
namespace {

namespace fs = std::filesystem;

/// The labels that a folder's name gives to the songs in it.
struct FolderLabels {
  std::vector<std::string> subgenres, genres;
};

Song make_song(const fs::path& file, const fs::path& root, const FolderLabels& labels) {
  tags::Tags tags = tags::load_tags(file);
  return {.id = 0,
          .name = file.lexically_relative(root).string(),
          .path = file,
          .artist = std::move(tags.artist),
          .album = std::move(tags.album),
          .title = std::move(tags.title),
          .subgenres = labels.subgenres,
          .genres = labels.genres};
}

}  // namespace

ImportReport import_folders(Catalogue& catalogue, const fs::path& folder, const ImportOptions& options) {
  const fs::path root = library_folder(folder, "give the folder that holds one folder a genre");
  ImportReport report;
  std::optional<Taxonomy> taxonomy;
  if (options.taxonomy) {
    taxonomy = Taxonomy::load(*options.taxonomy);
    report.warnings = taxonomy_warnings(*taxonomy, *options.taxonomy);
  }

  std::vector<Song> songs;
  for (const auto& entry : sorted_entries(root, report.faults)) {
    std::error_code failure;
    std::vector<fs::path> files;
    FolderLabels labels;
    if (entry.is_directory(failure)) {
      collect_audio(entry.path(), files, report.faults);
      const std::string label = entry.path().filename().string();
      if (!taxonomy) {
        labels.genres = {label};
      } else if (taxonomy->contains(label)) {
        labels = {{label}, taxonomy->genres_of({label})};
      } else if (!files.empty()) {
        report.faults.push_back(
            fmt::format("{}: unknown subgenre \"{}\", not in {}; its {} audio files were not "
                        "imported",
                        printable(entry.path().string()), printable(label),
                        printable(options.taxonomy->string()), files.size()));
        continue;
      }
    } else if (is_audio_name(entry.path()) && entry.is_regular_file(failure)) {
      files.push_back(entry.path());
    }
    for (const auto& file : files) songs.push_back(make_song(file, root, labels));
  }
  if (songs.empty() && report.faults.empty()) {
    throw CatalogueError(fmt::format("no audio files under {}; a library of folders is laid out as "
                                     "FOLDER/<Genre>/…/song.mp3",
                                     printable(root.string())),
                         folder);
  }
  catalogue.put_songs(songs, report, song_source(folder, {}, report.faults.size(), options));
  return report;
}

}  // namespace gamut::catalogue
