#include "gamut/report/run_files.h"

#include <fmt/format.h>

#include <set>

#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/text.h"

namespace gamut::report {
namespace {

std::map<std::string, PartCounts> count_parts(const std::filesystem::path& path) {
  CsvReader csv(path);
  for (const char* column : {"song", "part", "album", "artist"}) {
    if (!csv.has_column(column)) {
      throw FileError(fmt::format("{} has no column \"{}\"; it is not a split that gamut wrote",
                                  printable(path.string()), column),
                      path);
    }
  }
  std::map<std::string, PartCounts> counts;
  std::map<std::string, std::set<std::string>> albums, artists;
  while (csv.next()) {
    if (!csv.fault().empty()) {
      throw FileError(fmt::format("{}, line {}: {}", printable(path.string()), csv.line(), csv.fault()),
                      path);
    }
    const std::string& part = csv["part"];
    ++counts[part].songs;
    // Albums of one title by two artists are two albums.
    if (!csv["album"].empty()) albums[part].insert(csv["artist"] + '\0' + csv["album"]);
    if (!csv["artist"].empty()) artists[part].insert(csv["artist"]);
  }
  for (auto& [part, count] : counts) {
    count.albums = static_cast<std::int64_t>(albums[part].size());
    count.artists = static_cast<std::int64_t>(artists[part].size());
  }
  return counts;
}

}  // namespace

RunFiles load_run_files(const std::filesystem::path& run_directory) {
  RunFiles files;
  files.directory = run_directory;
  files.experiment_toml = load_text(run_directory / "experiment.toml");
  files.parts = count_parts(run_directory / "split.csv");
  files.results = evaluation::load_results(run_directory / "results.csv");
  files.summary = load_json(run_directory / "summary.json");
  files.cells = load_cells(run_directory);
  files.gallery = load_gallery(run_directory);
  return files;
}

}  // namespace gamut::report
