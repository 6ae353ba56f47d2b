#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "gamut/catalogue/audio_files.h"
#include "gamut/catalogue/declared_length.h"
#include "gamut/catalogue/source.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/text.h"

namespace gamut::catalogue {
namespace {

namespace fs = std::filesystem;

/// Genres by album number, in the order of the genres' names.
using AlbumGenres = std::map<std::string, std::vector<std::string>>;

AlbumGenres read_labels(const fs::path& folder, Source& source) {
  AlbumGenres genres_of;
  for (const auto& entry : sorted_entries(folder, source.faults)) {
    if (entry.path().extension() != ".txt") continue;
    for (const std::string& album : split_list(load_text(entry.path()), '\n')) {
      auto& genres = genres_of[album];
      const std::string genre = entry.path().stem().string();
      if (std::find(genres.begin(), genres.end(), genre) == genres.end()) genres.push_back(genre);
    }
  }
  return genres_of;
}

/// "3_12" is track 12 of album 3; an empty album where the name is none of these.
std::string album_of(const std::string& stem) {
  const std::size_t line = stem.find('_');
  const auto digits = [](std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
  };
  const bool fits =
      line != std::string::npos && digits(stem.substr(0, line)) && digits(stem.substr(line + 1));
  return fits ? stem.substr(0, line) : std::string();
}

/// What a line of the layout's lists says.
struct ListedSong {
  std::size_t line;
  std::string name;  ///< before the first separator, without folders
  std::string rest;  ///< after it
};

std::vector<ListedSong> listed_songs(const fs::path& path, char separator) {
  std::vector<ListedSong> songs;
  const std::string text = load_text(path);
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = trim(std::string_view(text).substr(begin, end - begin));
    begin = end + 1;
    ++number;
    if (line.empty()) continue;
    const std::size_t middle = std::min(line.find(separator), line.size());
    const std::string_view rest = line.substr(std::min(middle + 1, line.size()));
    songs.push_back({number, fs::path(line.substr(0, middle)).filename(), std::string(rest)});
  }
  return songs;
}

/// The test songs, as test_labels.csv lists them.
std::set<std::string> test_songs(const fs::path& path) {
  std::set<std::string> stems;
  if (!fs::exists(path)) return stems;
  for (const ListedSong& song : listed_songs(path, ',')) stems.insert(fs::path(song.name).stem().string());
  return stems;
}

/// Songs by what their pictures in <scale>/<genre>/Train|Valid/Positive|Negative are for.
struct PictureTrees {
  std::set<std::string> train, validation;
};

PictureTrees picture_trees(const fs::path& root) {
  PictureTrees trees;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.path().extension() != ".png") continue;
    const fs::path part = entry.path().parent_path().parent_path().filename();
    if (part == "Train") trees.train.insert(entry.path().stem().string());
    if (part == "Valid") trees.validation.insert(entry.path().stem().string());
  }
  return trees;
}

/// Each genre had a network of its own, drawn on its own: a song may be in Train for one and Valid for
/// another.
void take_parts(const fs::path& root, Source& source) {
  const std::set<std::string> test = test_songs(root / "test_labels.csv");
  const PictureTrees trees = picture_trees(root);
  std::size_t in_several = 0;
  for (SourceSong& song : source.songs) {
    const std::string stem = song.song.path.stem().string();
    const bool validates = trees.validation.contains(stem);
    const bool trains = trees.train.contains(stem);
    const bool tests = test.contains(stem);
    if (validates) song.part = Part::validation;
    if (trains) song.part = Part::train;
    if (tests) song.part = Part::test;
    if (validates + trains + tests > 1) ++in_several;
  }
  if (in_several > 0) {
    source.warnings.push_back(fmt::format(
        "{} songs are in several parts; the test set goes before Train, and Train before Valid", in_several));
  }
}

}  // namespace

bool is_authors(const fs::path& source) {
  if (!fs::is_directory(source / "Labels")) return false;
  std::vector<std::string> faults;
  const auto entries = sorted_entries(source / "Labels", faults);
  return std::any_of(entries.begin(), entries.end(),
                     [](const auto& entry) { return entry.path().extension() == ".txt"; });
}

Source read_authors(const fs::path& given, const ImportOptions& options) {
  const fs::path root = library_folder(given, "give the folder that holds Labels");
  const fs::path audio =
      options.audio ? library_folder(*options.audio, "give the folder of the audio files") : root;
  Source source;
  const AlbumGenres genres_of =
      read_labels(library_folder(root / "Labels", "it holds one .txt a genre"), source);
  std::vector<fs::path> files;
  collect_audio(audio, files, source.faults);

  const fs::path list = root / "lengths.txt";
  std::map<std::string, std::optional<double>> declared_s;  // by stem
  if (fs::exists(list)) {
    DeclaredLengths lengths;
    std::set<std::string> there;
    for (const fs::path& file : files) there.insert(file.stem().string());
    for (const auto& [line, name, seconds] : listed_songs(list, '^')) {
      const std::string stem = fs::path(name).stem().string();
      declared_s[stem] = lengths.read(seconds, list, line);
      if (there.contains(stem)) continue;
      if (options.check_files) {
        source.faults.push_back(at_line(list, line, "no audio file is called " + printable(stem)));
      } else {
        files.push_back(audio / name);
      }
    }
    lengths.warn(source.warnings);
  }
  std::set<std::string> albums;
  for (const fs::path& file : files) {
    const std::string album = album_of(file.stem().string());
    if (album.empty()) {
      source.faults.push_back(printable(file.string()) + ": not named <album>_<track>");
      continue;
    }
    albums.insert(album);
    SourceSong song;
    song.song.name = file.lexically_relative(audio).string();
    song.song.path = file;
    song.song.album = album;
    if (const auto length = declared_s.find(file.stem().string()); length != declared_s.end())
      song.song.declared_s = length->second;
    if (const auto genres = genres_of.find(album); genres != genres_of.end()) song.labels = genres->second;
    source.songs.push_back(std::move(song));
  }
  const auto empty = std::count_if(genres_of.begin(), genres_of.end(),
                                   [&](const auto& album) { return !albums.contains(album.first); });
  if (empty > 0) source.warnings.push_back(fmt::format("{} albums in Labels have no song", empty));
  take_parts(root, source);
  return source;
}

}  // namespace gamut::catalogue
