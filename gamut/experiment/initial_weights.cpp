#include "gamut/experiment/initial_weights.h"

#include <fmt/format.h>

#include "gamut/core/error.h"
#include "gamut/core/hash.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/experiment/cell.h"

namespace gamut::experiment {

void require_same_weights(const std::filesystem::path& file, const std::string& sha256, const Json& claimed) {
  const auto wanted = claimed.at("sha256").get<std::string>();
  if (sha256 == wanted) return;
  throw ModelError(fmt::format("{} is not the file that the run's networks started from ({}, SHA-256 {}); "
                               "say with --weights where that lies",
                               printable(file.string()), printable(claimed.value("file", "")), wanted),
                   file);
}

void claim_weights(const std::filesystem::path& run,
                   const std::map<std::string, std::filesystem::path>& files, const std::vector<Cell>& plan,
                   bool may_write) {
  if (files.empty()) return;
  std::map<std::string, std::string> checksums;
  Json now = Json::object();
  for (const auto& [architecture, file] : files) {
    checksums[architecture] = sha256_file(file);
    now[architecture] = {{"file", file.filename().string()}, {"sha256", checksums[architecture]}};
  }
  const auto require_same = [&](const std::string& architecture, const Json& claimed) {
    require_same_weights(files.at(architecture), checksums.at(architecture), claimed);
  };
  const std::filesystem::path path = run / "weights.json";
  const std::filesystem::path cells = run / "cells";
  if (std::filesystem::exists(path) && !(may_write && !has_begun(cells))) {
    const Json claims = load_json(path);
    for (const auto& [architecture, claimed] : claims.items()) require_same(architecture, claimed);
    return;
  }
  for (const Cell& cell : plan) {
    if (cell.combination.initialisation != "imagenet" || !is_done(cells, cell)) continue;
    const Json description = load_cell(cells, cell);
    if (description.contains("weights")) require_same(cell.combination.architecture, description["weights"]);
  }
  save_json(path, now);
}

}  // namespace gamut::experiment
