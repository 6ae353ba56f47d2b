#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "gamut/core/files.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/experiment/config.h"

namespace gamut::experiment {
namespace {

std::string without_ticks(const std::string& cell) {
  const bool code = cell.size() > 2 && cell.front() == '`' && cell.back() == '`';
  return code ? cell.substr(1, cell.size() - 2) : cell;
}

// Section.key and the cell of its default, of every row of the manual's tables of keys.
std::map<std::string, std::string> keys_of_the_manual() {
  std::map<std::string, std::string> defaults;
  std::string section;
  for (const std::string& line : split_list(load_text(GAMUT_SOURCE_DIR "/docs/experiment.md"), '\n')) {
    if (line.starts_with("## ")) section = line.substr(3) + ".";
    if (!line.starts_with("| `")) continue;
    const std::vector<std::string> cells = split_list(line, '|');
    defaults[section + without_ticks(cells.at(0))] = without_ticks(cells.at(1));
  }
  return defaults;
}

void add(const Json& json, const std::string& prefix, std::map<std::string, Json>& keys) {
  for (const auto& [key, value] : json.items()) {
    if (value.is_object()) {
      add(value, prefix + key + ".", keys);
    } else {
      keys[prefix + key] = value;
    }
  }
}

std::map<std::string, Json> keys_of_an_experiment() {
  std::map<std::string, Json> keys;
  add(to_json(experiment_from_json({{"name", "manual"}, {"data", {{"split", "parts.csv"}}}})), "", keys);
  // Written only where they are given, so that they have no default.
  for (const char* key : {"data.genres.list", "data.split", "model.weights"}) keys[key] = nullptr;
  return keys;
}

TEST(Manual, HasEveryKeyOfAnExperimentWithItsDefault) {
  const std::map<std::string, std::string> manual = keys_of_the_manual();
  for (const auto& [key, value] : keys_of_an_experiment()) {
    const auto found = manual.find(key);
    if (found == manual.end()) {
      ADD_FAILURE() << "docs/experiment.md has no " << key;
    } else if (!value.is_null() && key != "name") {
      EXPECT_EQ(Json::parse(found->second, nullptr, false), value) << key << ": " << found->second;
    }
  }
}

TEST(Manual, HasNoKeyThatAnExperimentLacks) {
  const std::map<std::string, Json> keys = keys_of_an_experiment();
  for (const auto& [key, value] : keys_of_the_manual()) EXPECT_TRUE(keys.contains(key)) << key;
}

}  // namespace
}  // namespace gamut::experiment
