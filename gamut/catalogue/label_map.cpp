#include "gamut/catalogue/label_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/core/label_key.h"
#include "gamut/core/text.h"

namespace gamut::catalogue {
namespace {

/// What values are compared by: label_key(), with one space for a run of blanks.
std::string value_key(std::string_view text) {
  std::string spaced;
  for (char letter : trim(text)) {
    const bool blank = letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n';
    if (!blank) {
      spaced += letter;
    } else if (spaced.back() != ' ') {
      spaced += ' ';
    }
  }
  return label_key(spaced);
}

void add_once(std::vector<std::string>& list, const std::string& value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

}  // namespace

LabelMap::LabelMap(const std::optional<Taxonomy>& taxonomy, const std::vector<std::string>& more_genres,
                   const std::optional<std::filesystem::path>& aliases)
    : open_(!taxonomy && !aliases) {
  if (taxonomy) {
    // Names before other names: what is written as a subgenre or a genre means just that.
    for (const auto& [subgenre, genres] : taxonomy->subgenres()) {
      labels_[value_key(subgenre)] = {Label{subgenre, genres}};
    }
    for (const std::string& genre : taxonomy->genres()) {
      labels_.try_emplace(value_key(genre), 1, Label{genre, {}});
    }
    for (const auto& [subgenre, genres] : taxonomy->subgenres()) {
      for (const std::string& alias : taxonomy->aliases_of(subgenre)) {
        labels_.try_emplace(value_key(alias), 1, Label{subgenre, genres});
      }
    }
  }
  for (const std::string& genre : more_genres) labels_.try_emplace(value_key(genre), 1, Label{genre, {}});
  if (aliases) load_aliases(*aliases, taxonomy.has_value());
}

void LabelMap::load_aliases(const std::filesystem::path& path, bool has_taxonomy) {
  CsvReader csv(path);
  const std::string name = printable(path.string());
  for (std::string_view column : {"value", "label"}) {
    if (csv.has_column(column)) continue;
    throw CatalogueError(
        fmt::format("{}: no column `{}`; an alias file has the columns value,label", name, column), path);
  }
  const auto taxonomy = labels_;
  std::set<std::string> met;
  std::vector<std::string> faults;
  while (csv.next()) {
    auto fault = [&](const std::string& what) {
      faults.push_back(fmt::format("{}:{}: {}", name, csv.line(), what));
    };
    const std::string value = value_key(csv["value"]);
    const std::string label(trim(csv["label"]));
    if (!csv.fault().empty()) {
      fault(csv.fault());
    } else if (value.empty()) {
      fault("the value is empty");
    } else {
      std::vector<Label>& meaning = labels_[value];
      if (met.insert(value).second) meaning.clear();
      if (label.empty()) continue;
      const auto known = taxonomy.find(value_key(label));
      if (known != taxonomy.end()) {
        meaning.insert(meaning.end(), known->second.begin(), known->second.end());
      } else if (has_taxonomy) {
        fault(fmt::format("the label \"{}\" is no subgenre and no genre of the taxonomy", printable(label)));
      } else {
        meaning.push_back({label, {}});
      }
    }
  }
  if (!faults.empty()) throw CatalogueError(join(faults, "\n"), path);
}

bool LabelMap::knows(std::string_view value) const {
  return labels_.contains(value_key(value));
}

bool LabelMap::label(Song& song, const std::string& value) {
  const std::string key = value_key(value);
  auto found = labels_.find(key);
  if (found == labels_.end()) {
    if (!open_) return false;
    found = labels_.try_emplace(key, 1, Label{std::string(trim(value)), {}}).first;
  }
  for (const Label& label : found->second) {
    add_once(label.genres.empty() ? song.genres : song.subgenres, label.name);
    for (const std::string& genre : label.genres) add_once(song.genres, genre);
  }
  return true;
}

const std::string& LabelMap::spelling(const std::string& value) {
  return spellings_.try_emplace(value_key(value), trim(value)).first->second;
}

}  // namespace gamut::catalogue
