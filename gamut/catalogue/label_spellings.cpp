#include "gamut/catalogue/label_spellings.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <algorithm>

#include "gamut/core/label_key.h"

namespace gamut::catalogue {

LabelSpellings::LabelSpellings(SQLite::Database& sqlite, const std::string& table)
    : sqlite_(sqlite), table_(table) {
  SQLite::Statement names(sqlite, "SELECT name FROM " + table + " ORDER BY id");
  while (names.executeStep()) {
    const std::string name = names.getColumn(0).getString();
    by_key_.try_emplace(label_key(name), Spelling{.stored = name, .is_old = true});
  }
}

LabelSpellings::Spelling& LabelSpellings::spelling_of(const std::string& label) {
  const auto [known, is_new] = by_label_.try_emplace(label);
  if (is_new) {
    known->second = &by_key_.try_emplace(label_key(label), Spelling{.stored = label}).first->second;
    Spelling& spelling = *known->second;
    if (spelling.stored == label) {
      spelling.met = true;
    } else if (spelling.other.empty()) {
      spelling.other = label;
    }
  }
  return *known->second;
}

void LabelSpellings::apply(std::vector<std::string>& labels) {
  std::vector<std::string> spelt;
  for (const std::string& label : labels) {
    const std::string& stored = spelling_of(label).stored;
    if (std::find(spelt.begin(), spelt.end(), stored) == spelt.end()) spelt.push_back(stored);
  }
  labels = std::move(spelt);
}

void LabelSpellings::correct(std::int64_t source, std::vector<Respelling>& respelt) {
  const std::string column = table_ == "genres" ? "genre_id" : "subgenre_id";
  SQLite::Statement elsewhere(
      sqlite_, fmt::format("SELECT 1 FROM song_{0} JOIN songs ON songs.id = song_id JOIN {0} ON {0}.id = {1}"
                           " WHERE {0}.name = ? AND source_id IS NOT ? LIMIT 1",
                           table_, column));
  SQLite::Statement update(sqlite_, fmt::format("UPDATE OR IGNORE {} SET name = ? WHERE name = ?", table_));
  const std::size_t before = respelt.size();
  for (const auto& [key, spelling] : by_key_) {
    if (!spelling.is_old || spelling.met || spelling.other.empty()) continue;
    elsewhere.reset();
    elsewhere.bind(1, spelling.stored);
    elsewhere.bind(2, source);
    if (elsewhere.executeStep()) continue;
    update.reset();
    update.bind(1, spelling.other);
    update.bind(2, spelling.stored);
    if (update.exec() > 0) respelt.push_back({spelling.stored, spelling.other});
  }
  std::sort(respelt.begin() + static_cast<std::ptrdiff_t>(before), respelt.end(),
            [](const Respelling& a, const Respelling& b) { return a.before < b.before; });
}

}  // namespace gamut::catalogue
