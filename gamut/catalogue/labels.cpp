#include "gamut/catalogue/labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>

#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::catalogue {
namespace {

std::vector<std::string> largest_genres(const std::map<std::string, std::int64_t>& counts, int top) {
  std::vector<std::pair<std::int64_t, std::string>> order;
  for (const auto& [genre, songs] : counts) order.emplace_back(-songs, genre);
  std::sort(order.begin(), order.end());
  if (order.size() > static_cast<std::size_t>(top)) order.resize(static_cast<std::size_t>(top));
  std::vector<std::string> genres;
  for (auto& [songs, genre] : order) genres.push_back(std::move(genre));
  return genres;
}

}  // namespace

std::vector<std::string> choose_genres(std::span<const Song> songs, const GenreChoice& choice) {
  if (choice.top < 1) throw ParameterError(fmt::format("genres.top = {}; give 1 or more genres", choice.top));
  std::map<std::string, std::int64_t> counts;
  for (const Song& song : songs) {
    for (const auto& genre : song.genres) ++counts[genre];
  }
  const std::set<std::string> excluded(choice.exclude.begin(), choice.exclude.end());
  std::vector<std::string> genres;
  if (choice.list.empty()) {
    for (const auto& genre : excluded) counts.erase(genre);
    genres = largest_genres(counts, choice.top);
  } else {
    std::vector<std::string> unknown;
    std::set<std::string> seen;
    for (const auto& genre : choice.list) {
      if (!seen.insert(genre).second) {
        throw ParameterError(
            fmt::format("the genre \"{}\" is listed twice; list each once", printable(genre)));
      }
      if (counts.count(genre) == 0) unknown.push_back('"' + printable(genre) + '"');
      if (excluded.count(genre) == 0) genres.push_back(genre);
    }
    if (!unknown.empty()) {
      throw CatalogueError(
          fmt::format("no song has the genre {}; `gamut genres` lists those there are", join_words(unknown)));
    }
  }
  if (genres.empty()) {
    throw CatalogueError(
        fmt::format("no genre is left of {} songs after `exclude`; import labelled songs or exclude "
                    "fewer genres",
                    songs.size()));
  }
  return genres;
}

LabelMatrix make_labels(std::span<const Song> songs, const std::vector<std::string>& genres) {
  LabelMatrix labels{genres, std::vector<std::uint8_t>(songs.size() * genres.size())};
  std::unordered_map<std::string_view, std::size_t> column;
  for (std::size_t g = 0; g < genres.size(); ++g) column.emplace(genres[g], g);
  for (std::size_t i = 0; i < songs.size(); ++i) {
    for (const auto& genre : songs[i].genres) {
      auto found = column.find(genre);
      if (found != column.end()) labels.values[i * genres.size() + found->second] = 1;
    }
  }
  return labels;
}

std::vector<std::vector<std::size_t>> label_sets(const LabelMatrix& labels,
                                                 std::span<const std::size_t> songs) {
  std::map<std::string_view, std::vector<std::size_t>> sets;
  for (std::size_t song : songs) {
    auto row = labels.row(song);
    sets[{reinterpret_cast<const char*>(row.data()), row.size()}].push_back(song);
  }
  std::vector<std::vector<std::size_t>> list;
  for (auto& [row, members] : sets) list.push_back(std::move(members));
  return list;
}

}  // namespace gamut::catalogue
