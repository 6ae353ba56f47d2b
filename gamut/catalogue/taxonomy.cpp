#include "gamut/catalogue/taxonomy.h"

#include <fmt/format.h>

#include <algorithm>

#include "gamut/catalogue/taxonomy_rows.h"
#include "gamut/core/error.h"
#include "gamut/core/label_key.h"
#include "gamut/core/text.h"

namespace gamut::catalogue {
namespace {

std::optional<std::string> look_up(const std::unordered_map<std::string, std::string>& names,
                                   std::string_view name) {
  const auto found = names.find(label_key(name));
  if (found == names.end()) return std::nullopt;
  return found->second;
}

}  // namespace

Taxonomy Taxonomy::load(const std::filesystem::path& path) {
  const std::vector<TaxonomyRow> rows = read_taxonomy_rows(path);
  Taxonomy taxonomy;
  std::vector<std::string> faults;
  const auto add_fault = [&](const TaxonomyRow& row, const std::string& fault) {
    faults.push_back(fmt::format("{}:{}: {}", printable(path.string()), row.line, fault));
  };
  for (const TaxonomyRow& row : rows) {
    if (row.fault.empty()) {
      taxonomy.add(row.subgenre, row.genre);
    } else {
      add_fault(row, row.fault);
    }
  }
  // Aliases come after all names, so that the order of the rows does not decide who goes by a name.
  for (const TaxonomyRow& row : rows) {
    if (!row.fault.empty()) continue;
    for (const std::string& alias : row.aliases) {
      if (taxonomy.add_alias(row.subgenre, alias)) continue;
      add_fault(row, fmt::format("the alias \"{}\" of \"{}\" is also a name of \"{}\"; a name belongs to one",
                                 printable(alias), printable(row.subgenre),
                                 printable(taxonomy.find(alias).value())));
    }
  }
  if (!faults.empty()) throw CatalogueError(join(faults, "\n"), path);
  return taxonomy;
}

void Taxonomy::add(const std::string& subgenre, const std::string& genre) {
  const std::string& own = subgenre_of_key_.try_emplace(label_key(subgenre), subgenre).first->second;
  const std::string& broad = genre_of_key_.try_emplace(label_key(genre), genre).first->second;
  auto& genres = genres_[own];
  if (std::find(genres.begin(), genres.end(), broad) == genres.end()) genres.push_back(broad);
}

bool Taxonomy::add_alias(const std::string& subgenre, const std::string& alias) {
  const std::string own = find(subgenre).value();
  const auto [entry, is_new] = subgenre_of_key_.try_emplace(label_key(alias), own);
  if (is_new) aliases_[own].push_back(alias);
  return entry->second == own;
}

std::optional<std::string> Taxonomy::find(std::string_view name) const {
  return look_up(subgenre_of_key_, name);
}

std::optional<std::string> Taxonomy::find_genre(std::string_view name) const {
  return look_up(genre_of_key_, name);
}

std::vector<std::string> Taxonomy::genres_of(const std::vector<std::string>& subgenres) const {
  std::vector<std::string> all;
  for (const auto& name : subgenres) {
    const std::optional<std::string> subgenre = find(name);
    if (!subgenre) continue;
    const auto& genres = genres_.at(*subgenre);
    all.insert(all.end(), genres.begin(), genres.end());
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::vector<std::string> Taxonomy::aliases_of(const std::string& subgenre) const {
  const auto found = aliases_.find(subgenre);
  return found == aliases_.end() ? std::vector<std::string>() : found->second;
}

std::vector<std::string> Taxonomy::genres() const {
  std::vector<std::string> list;
  for (const auto& [key, genre] : genre_of_key_) list.push_back(genre);
  std::sort(list.begin(), list.end());
  return list;
}

}  // namespace gamut::catalogue
