#include "gamut/catalogue/audio_files.h"
#include "gamut/catalogue/source.h"
#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::catalogue {
namespace {

namespace fs = std::filesystem;

/// The WAV file of the copies in circulation that no decoder opens; as .au it is whole.
constexpr std::string_view kUnreadable = "jazz.00054.wav";

/// Whether a file is named <genre>.<five digits>.<extension> after its folder.
bool is_excerpt(const fs::path& file) {
  const std::string genre = file.parent_path().filename().string();
  const std::string stem = file.stem().string();
  return stem.size() == genre.size() + 6 && stem.starts_with(genre + '.') &&
         stem.find_first_not_of("0123456789", genre.size() + 1) == std::string::npos;
}

/// The folder that holds one folder a genre; empty where there is none.
fs::path genres_folder(const fs::path& source) {
  for (const char* place : {"genres", "genres_original", "Data/genres_original", "."}) {
    std::vector<std::string> faults;
    const fs::path blues = source / place / "blues";
    if (!fs::is_directory(blues)) continue;
    const auto entries = sorted_entries(blues, faults);
    if (!entries.empty() && is_excerpt(entries[0].path())) return source / place;
  }
  return {};
}

}  // namespace

bool is_gtzan(const fs::path& source) {
  return fs::is_directory(source) && !genres_folder(source).empty();
}

Source read_gtzan(const fs::path& given, const ImportOptions& options) {
  const fs::path found = options.audio ? *options.audio : genres_folder(given);
  if (found.empty()) {
    throw CatalogueError(printable(given.string()) +
                             " has no folder blues with blues.00000.wav, neither here nor under genres or "
                             "genres_original; give the folder that GTZAN was unpacked to",
                         given);
  }
  const fs::path root = library_folder(found, "give the folder that holds one folder a genre");
  Source source;
  std::vector<fs::path> files;
  collect_audio(root, files, source.faults);
  for (const fs::path& file : files) {
    const std::string name = file.lexically_relative(root).string();
    if (file.filename() == kUnreadable) {
      source.faults.push_back(printable(file.string()) + ": known to be unreadable in the copies of GTZAN");
    } else if (!is_excerpt(file)) {
      source.faults.push_back(printable(file.string()) +
                              ": not named <genre>.<five digits> after its folder");
    } else {
      SourceSong song;
      song.song.name = name;
      song.song.path = file;
      song.labels = {file.parent_path().filename().string()};
      source.songs.push_back(std::move(song));
    }
  }
  return source;
}

}  // namespace gamut::catalogue
