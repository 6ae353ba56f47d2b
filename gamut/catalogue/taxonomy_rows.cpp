#include "gamut/catalogue/taxonomy_rows.h"

#include <fmt/format.h>

#include <memory>
#include <sstream>

#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/core/label_key.h"
#include "gamut/core/text.h"

namespace gamut::catalogue {
namespace {

CsvReader open(const std::filesystem::path& path) {
  if (path != kDefaultTaxonomy) return CsvReader(path);
  return {std::make_unique<std::istringstream>(std::string(default_taxonomy_csv())), path};
}

/// What is wrong with a name; empty where nothing is.
std::string name_fault(const std::string& what, const std::string& name) {
  if (name.empty()) return "the " + what + " is empty";
  if (name.size() > kMaxLabelBytes) {
    return fmt::format("the {} has {} bytes; at most {} bytes make a name", what, name.size(),
                       kMaxLabelBytes);
  }
  if (!is_utf8(name)) return "the " + what + " is not UTF-8; save the file as UTF-8";
  if (name.find(';') != std::string::npos) {
    return "a name contains \";\", which separates names in a list; write one pair a row";
  }
  return {};
}

std::string row_fault(const TaxonomyRow& row) {
  std::string fault = name_fault("subgenre", row.subgenre);
  if (fault.empty()) fault = name_fault("genre", row.genre);
  for (const std::string& alias : row.aliases) {
    if (fault.empty()) fault = name_fault("alias", alias);
  }
  return fault;
}

}  // namespace

std::vector<TaxonomyRow> read_taxonomy_rows(const std::filesystem::path& path) {
  CsvReader csv = open(path);
  for (std::string_view column : {"subgenre", "genre"}) {
    if (!csv.has_column(column)) {
      throw CatalogueError(
          fmt::format("{}: no column `{}`; a taxonomy has the columns subgenre,genre and one pair a row",
                      printable(path.string()), column),
          path);
    }
  }
  std::vector<TaxonomyRow> rows;
  while (csv.next()) {
    TaxonomyRow row;
    row.line = csv.line();
    row.fault = csv.fault();
    row.subgenre = trim(csv["subgenre"]);
    row.genre = trim(csv["genre"]);
    if (csv.has_column("aliases")) row.aliases = split_list(csv["aliases"], ';');
    if (csv.has_column("source")) row.source = trim(csv["source"]);
    if (row.fault.empty()) row.fault = row_fault(row);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace gamut::catalogue
