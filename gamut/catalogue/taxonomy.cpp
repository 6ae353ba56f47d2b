#include "gamut/catalogue/taxonomy.h"

#include <fmt/format.h>

#include <algorithm>

#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::catalogue {

Taxonomy Taxonomy::load(const std::filesystem::path& path) {
  CsvReader csv(path);
  const std::string name = printable(path.string());
  for (std::string_view column : {"subgenre", "genre"}) {
    if (!csv.has_column(column)) {
      throw CatalogueError(
          fmt::format("{}: no column `{}`; a taxonomy has the columns subgenre,genre and one pair a "
                      "row",
                      name, column),
          path);
    }
  }
  Taxonomy taxonomy;
  std::vector<std::string> faults;
  while (csv.next()) {
    const std::string subgenre(trim(csv["subgenre"]));
    const std::string genre(trim(csv["genre"]));
    std::string fault = csv.fault();
    if (fault.empty() && subgenre.empty()) fault = "the subgenre is empty";
    if (fault.empty() && genre.empty()) fault = "the genre is empty";
    if (fault.empty() && (subgenre + genre).find(';') != std::string::npos) {
      fault = "a name contains \";\", which separates names in a list; write one pair a row";
    }
    if (fault.empty()) {
      taxonomy.add(subgenre, genre);
    } else {
      faults.push_back(fmt::format("{}:{}: {}", name, csv.line(), fault));
    }
  }
  if (!faults.empty()) throw CatalogueError(join(faults, "\n"), path);
  return taxonomy;
}

void Taxonomy::add(const std::string& subgenre, const std::string& genre) {
  auto& genres = genres_[subgenre];
  if (std::find(genres.begin(), genres.end(), genre) == genres.end()) genres.push_back(genre);
}

bool Taxonomy::contains(const std::string& subgenre) const {
  return genres_.count(subgenre) != 0;
}

std::vector<std::string> Taxonomy::genres_of(const std::vector<std::string>& subgenres) const {
  std::vector<std::string> all;
  for (const auto& subgenre : subgenres) {
    auto found = genres_.find(subgenre);
    if (found != genres_.end()) all.insert(all.end(), found->second.begin(), found->second.end());
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace gamut::catalogue
