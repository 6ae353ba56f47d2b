#include "gamut/doctor/run_splits.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/core/text.h"
#include "gamut/core/toml.h"

namespace gamut::doctor {
namespace {

using catalogue::Song;

std::vector<Song> songs_of_split(std::span<const Song> library, const std::filesystem::path& path) {
  CsvReader csv(path);
  std::unordered_set<std::string> names;
  if (csv.has_column("song")) {
    while (csv.next()) names.insert(csv["song"]);
  }
  std::vector<Song> songs;
  std::copy_if(library.begin(), library.end(), std::back_inserter(songs),
               [&](const Song& song) { return names.contains(song.name); });
  return songs;
}

std::vector<std::string> every_genre(std::span<const Song> songs) {
  std::vector<std::string> genres;
  for (const Song& song : songs) genres.insert(genres.end(), song.genres.begin(), song.genres.end());
  std::sort(genres.begin(), genres.end());
  genres.erase(std::unique(genres.begin(), genres.end()), genres.end());
  return genres;
}

std::vector<std::string> genres_of_run(std::span<const Song> library, const std::filesystem::path& file) {
  const Json experiment = load_toml(file);
  catalogue::GenreChoice choice;
  try {
    const Json genres = experiment.value("data", Json::object()).value("genres", Json::object());
    if (genres.is_array()) {
      choice.list = genres.get<std::vector<std::string>>();
    } else {
      choice.top = genres.value("top", choice.top);
      choice.exclude = genres.value("exclude", choice.exclude);
    }
  } catch (const nlohmann::json::exception&) {
    throw FileError(fmt::format("{}: [data] genres is no choice of genres; the run's files were changed by "
                                "hand, so run it again",
                                printable(file.string())),
                    file);
  }
  return choose_genres(library, choice);
}

/// The fold and repeat of a file "<fold>.<repeat>.csv"; false for any other name.
bool parse_fold(const std::string& name, catalogue::FoldParts& split) {
  const char* const end = name.data() + name.size();
  const auto fold = std::from_chars(name.data(), end, split.fold);
  if (fold.ec != std::errc() || fold.ptr == end || *fold.ptr != '.') return false;
  const auto repeat = std::from_chars(fold.ptr + 1, end, split.repeat);
  return repeat.ec == std::errc() && std::string_view(repeat.ptr, end) == ".csv";
}

}  // namespace

Splits load_run_splits(std::span<const Song> library, const std::filesystem::path& run_directory) {
  const std::filesystem::path first = run_directory / "split.csv";
  if (!std::filesystem::exists(first)) {
    throw FileError(
        fmt::format("{} is not there: no such run in this workspace, or it has not drawn its split yet; "
                    "`gamut run` does, and `gamut split EXPERIMENT.toml -o FILE` with `gamut audit --split "
                    "FILE` audits one before",
                    printable(first.string())),
        first);
  }
  Splits splits;
  splits.songs = songs_of_split(library, first);
  splits.labels = make_labels(splits.songs, genres_of_run(library, run_directory / "experiment.toml"));
  splits.of_folds.push_back({0, 0, catalogue::load_split(first, splits.songs)});
  if (std::filesystem::is_directory(run_directory / "splits")) {
    for (const auto& entry : std::filesystem::directory_iterator(run_directory / "splits")) {
      catalogue::FoldParts split;
      if (!parse_fold(entry.path().filename().string(), split)) continue;
      split.parts = catalogue::load_split(entry.path(), splits.songs);
      splits.of_folds.push_back(std::move(split));
    }
  }
  std::sort(splits.of_folds.begin(), splits.of_folds.end(),
            [](const catalogue::FoldParts& a, const catalogue::FoldParts& b) {
              return std::tie(a.repeat, a.fold) < std::tie(b.repeat, b.fold);
            });
  return splits;
}

Splits load_split_file(std::span<const Song> library, const std::filesystem::path& path) {
  Splits splits;
  splits.songs = songs_of_split(library, path);
  splits.labels = make_labels(splits.songs, every_genre(splits.songs));
  splits.of_folds.push_back({0, 0, catalogue::load_split(path, splits.songs)});
  return splits;
}

}  // namespace gamut::doctor
