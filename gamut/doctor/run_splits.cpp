#include "gamut/doctor/run_splits.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <unordered_set>

#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::doctor {
namespace {

using catalogue::Song;

constexpr std::string_view kLabelColumn = "label:";

/// The songs of a split file that the library has, in the library's order, and how many it has not.
Splits open_splits(std::vector<Song> library, const std::filesystem::path& path) {
  CsvReader csv(path);
  std::unordered_set<std::string> names;
  if (csv.has_column("song")) {
    while (csv.next()) names.insert(csv["song"]);
  }
  std::erase_if(library, [&](const Song& song) { return !names.contains(song.name); });
  if (library.empty() && !names.empty()) {
    throw CatalogueError(
        fmt::format("the catalogue has none of the {} songs of {}; choose the workspace that "
                    "the split belongs to with --workspace",
                    names.size(), printable(path.string())),
        path);
  }
  const auto gone = static_cast<std::int64_t>(names.size() - library.size());
  return {std::move(library), {}, {}, gone};
}

/// Parts in the order of the songs.
std::vector<catalogue::Part> parts_of(const Splits& splits, const std::filesystem::path& path) {
  std::vector<catalogue::Part> parts;
  for (const auto& part : catalogue::load_earlier_split(path, splits.songs).parts) {
    if (!part) {
      throw CatalogueError(
          printable(path.string()) + " lacks songs that the run's other splits have; run it again", path);
    }
    parts.push_back(*part);
  }
  return parts;
}

/// The genres whose labels a split file has.
std::vector<std::string> genres_of_split(const std::filesystem::path& path) {
  std::vector<std::string> genres;
  const CsvReader csv(path);
  for (const std::string& column : csv.columns()) {
    if (column.starts_with(kLabelColumn)) genres.push_back(column.substr(kLabelColumn.size()));
  }
  return genres;
}

std::vector<std::string> every_genre(std::span<const Song> songs) {
  std::set<std::string> genres;
  for (const Song& song : songs) genres.insert(song.genres.begin(), song.genres.end());
  return {genres.begin(), genres.end()};
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

Splits load_run_splits(std::vector<Song> library, const std::filesystem::path& run_directory) {
  const std::filesystem::path first = run_directory / "split.csv";
  if (!std::filesystem::exists(first)) {
    throw FileError(
        fmt::format("{} is not there: no such run in this workspace, or it has not drawn its split yet; "
                    "`gamut run` does, and `gamut split EXPERIMENT.toml -o FILE` with `gamut audit --split "
                    "FILE` audits one before",
                    printable(first.string())),
        first);
  }
  Splits splits = open_splits(std::move(library), first);
  splits.labels = make_labels(splits.songs, genres_of_split(first));
  splits.of_folds.push_back({0, 0, parts_of(splits, first)});
  if (std::filesystem::is_directory(run_directory / "splits")) {
    for (const auto& entry : std::filesystem::directory_iterator(run_directory / "splits")) {
      catalogue::FoldParts split;
      if (!parse_fold(entry.path().filename().string(), split)) continue;
      split.parts = parts_of(splits, entry.path());
      splits.of_folds.push_back(std::move(split));
    }
  }
  std::sort(splits.of_folds.begin(), splits.of_folds.end(),
            [](const catalogue::FoldParts& a, const catalogue::FoldParts& b) {
              return std::tie(a.repeat, a.fold) < std::tie(b.repeat, b.fold);
            });
  return splits;
}

Splits load_split_file(std::vector<Song> library, const std::filesystem::path& path) {
  Splits splits = open_splits(std::move(library), path);
  splits.labels = make_labels(splits.songs, every_genre(splits.songs));
  splits.of_folds.push_back({0, 0, parts_of(splits, path)});
  return splits;
}

}  // namespace gamut::doctor
