#include "gamut/report/run_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/core/toml.h"

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
    if (!csv["album"].empty()) albums[part].insert(csv["album"]);
    if (!csv["artist"].empty()) artists[part].insert(csv["artist"]);
  }
  for (auto& [part, count] : counts) {
    count.albums = static_cast<std::int64_t>(albums[part].size());
    count.artists = static_cast<std::int64_t>(artists[part].size());
  }
  return counts;
}

/// A predictions file is called SET_STRATEGY_ARCHITECTURE_INITIALISATION_FOLD.REPEAT.csv, and a picture set
/// is a scale, a reduce and a hash.
std::vector<NetworkPredictions> load_network_predictions(const std::filesystem::path& folder,
                                                         const std::vector<evaluation::ResultRow>& results) {
  std::vector<std::filesystem::path> paths;
  if (std::filesystem::is_directory(folder)) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.path().extension() == ".csv") paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  std::vector<NetworkPredictions> networks;
  std::set<std::vector<std::string>> seen;
  for (const evaluation::ResultRow& row : results) {
    const std::vector<std::string> key = {row.scale,          row.reduce, row.strategy, row.architecture,
                                          row.initialisation, row.fold,   row.repeat};
    if (!seen.insert(key).second) continue;
    const std::string start = row.scale + "-" + row.reduce + "-";
    const std::string end = "_" + row.strategy + "_" + row.architecture + "_" + row.initialisation + "_" +
                            row.fold + "." + row.repeat;
    const auto found = std::find_if(paths.begin(), paths.end(), [&](const std::filesystem::path& path) {
      const std::string stem = path.stem().string();
      return stem.starts_with(start) && stem.ends_with(end);
    });
    if (found == paths.end()) continue;
    evaluation::Predictions test = evaluation::select_part(evaluation::load_predictions(*found), "test");
    if (test.size() == 0) continue;
    networks.push_back({row.scale, row.reduce, row.strategy, row.architecture, row.initialisation, row.fold,
                        row.repeat, std::move(test)});
  }
  return networks;
}

/// The configuration without what siblings may differ in.
Json comparable(Json configuration) {
  configuration.erase("name");
  if (configuration.contains("data")) configuration["data"].erase("group_by");
  return configuration;
}

std::string group_by_of(const Json& configuration) {
  const auto data = configuration.find("data");
  return data == configuration.end() || !data->is_object() ? "" : data->value("group_by", "");
}

std::vector<SiblingRun> load_siblings(const std::filesystem::path& run_directory, const Json& configuration) {
  std::vector<SiblingRun> siblings;
  const std::filesystem::path here = std::filesystem::absolute(run_directory).lexically_normal();
  const std::filesystem::path run = here.has_filename() ? here : here.parent_path();
  if (run.parent_path().filename() != "runs") return siblings;  // not in a workspace
  for (const auto& entry : std::filesystem::directory_iterator(run.parent_path())) {
    const std::filesystem::path toml = entry.path() / "experiment.toml";
    const std::filesystem::path results = entry.path() / "results.csv";
    if (entry.path() == run || !std::filesystem::exists(toml) || !std::filesystem::exists(results)) continue;
    try {
      const Json other = load_toml(toml);
      if (group_by_of(other) == group_by_of(configuration) || comparable(other) != comparable(configuration))
        continue;
      siblings.push_back(
          {entry.path().filename().string(), group_by_of(other), evaluation::load_results(results)});
    } catch (const Error&) {
      // What is wrong with another run is for that run's report to say.
    }
  }
  std::sort(siblings.begin(), siblings.end(),
            [](const SiblingRun& a, const SiblingRun& b) { return a.name < b.name; });
  return siblings;
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
  const Json configuration = parse_toml(files.experiment_toml, "experiment.toml");
  files.group_by = group_by_of(configuration);
  files.predictions = load_network_predictions(run_directory / "predictions", files.results);
  files.siblings = load_siblings(run_directory, configuration);
  return files;
}

}  // namespace gamut::report
