#include "gamut/catalogue/labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>

#include "gamut/core/error.h"
#include "gamut/core/label_key.h"
#include "gamut/core/text.h"

namespace gamut::catalogue {
namespace {

/// More genres left out than this a description does not name.
constexpr std::size_t kMostNamed = 5;

/// Songs of each genre, by label_key(), each under its first spelling.
class GenreSizes {
 public:
  explicit GenreSizes(std::span<const Song> songs) {
    for (const Song& song : songs) {
      std::set<std::string_view> own;
      for (const auto& genre : song.genres) {
        if (own.insert(key(genre)).second) ++entry(genre).songs;
      }
    }
  }

  /// nullptr where no song has the genre.
  const GenreCount* find(const std::string& genre) const {
    const auto found = sizes_.find(label_key(genre));
    return found == sizes_.end() ? nullptr : &found->second;
  }

  void erase(const std::string& genre) { sizes_.erase(label_key(genre)); }

  /// Most songs first, ties by name.
  std::vector<GenreCount> sorted() const {
    std::vector<GenreCount> list;
    for (const auto& [key, count] : sizes_) list.push_back(count);
    std::sort(list.begin(), list.end(), [](const GenreCount& a, const GenreCount& b) {
      return a.songs != b.songs ? a.songs > b.songs : a.genre < b.genre;
    });
    return list;
  }

 private:
  const std::string& key(const std::string& genre) {
    const auto [known, is_new] = key_of_.try_emplace(genre);
    if (is_new) known->second = label_key(genre);
    return known->second;
  }
  GenreCount& entry(const std::string& genre) {
    return sizes_.try_emplace(key(genre), GenreCount{.genre = genre}).first->second;
  }

  std::unordered_map<std::string, std::string> key_of_;
  std::map<std::string, GenreCount> sizes_;
};

/// The listed genres, but for the excluded and the too small, as the songs write them.
std::vector<std::string> listed_genres(const GenreSizes& sizes, const GenreChoice& choice,
                                       const std::set<std::string>& excluded) {
  std::vector<std::string> genres, unknown;
  std::set<std::string> seen;
  for (const auto& genre : choice.list) {
    if (!seen.insert(label_key(genre)).second) {
      throw ParameterError(fmt::format("the genre \"{}\" is listed twice; list each once", printable(genre)));
    }
    const GenreCount* size = sizes.find(genre);
    if (size == nullptr) {
      unknown.push_back('"' + printable(genre) + '"');
    } else if (!excluded.contains(label_key(genre)) && size->songs >= choice.min_songs) {
      genres.push_back(size->genre);
    }
  }
  if (!unknown.empty()) {
    throw CatalogueError(
        fmt::format("no song has the genre {}; `gamut genres` lists those there are", join_words(unknown)));
  }
  return genres;
}

std::vector<std::string> largest_genres(const GenreSizes& sizes, const GenreChoice& choice,
                                        const std::set<std::string>& excluded) {
  std::vector<std::string> genres;
  for (const GenreCount& size : sizes.sorted()) {
    if (genres.size() == static_cast<std::size_t>(choice.top) || size.songs < choice.min_songs) break;
    if (!excluded.contains(label_key(size.genre))) genres.push_back(size.genre);
  }
  return genres;
}

}  // namespace

std::vector<std::string> choose_genres(std::span<const Song> songs, const GenreChoice& choice) {
  if (choice.top < 1) throw ParameterError(fmt::format("genres.top = {}; give 1 or more genres", choice.top));
  if (choice.min_songs < 1) {
    throw ParameterError(fmt::format("genres.min_songs = {}; give 1 or more songs", choice.min_songs));
  }
  const GenreSizes sizes(songs);
  std::set<std::string> excluded;
  for (const auto& genre : choice.exclude) excluded.insert(label_key(genre));
  std::vector<std::string> genres =
      choice.list.empty() ? largest_genres(sizes, choice, excluded) : listed_genres(sizes, choice, excluded);
  if (genres.empty()) {
    throw CatalogueError(
        fmt::format("no genre is left of {} songs after `exclude` and min_songs = {}; import labelled songs, "
                    "exclude fewer genres or ask for fewer songs",
                    songs.size(), choice.min_songs));
  }
  return genres;
}

GenreConsequences genre_consequences(std::span<const Song> songs, const std::vector<std::string>& genres) {
  GenreConsequences result;
  result.songs = static_cast<std::int64_t>(songs.size());
  GenreSizes sizes(songs);
  for (const auto& genre : genres) {
    const GenreCount* size = sizes.find(genre);
    result.genres.push_back(size == nullptr ? GenreCount{.genre = genre} : *size);
  }
  for (const auto& genre : genres) sizes.erase(genre);
  result.left_out = sizes.sorted();

  const LabelMatrix labels = make_labels(songs, genres);
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < songs.size(); ++i) {
    const auto row = labels.row(i);
    if (std::find(row.begin(), row.end(), 1) != row.end()) {
      chosen.push_back(i);
    } else {
      ++(songs[i].genres.empty() ? result.without_genre : result.left_without);
    }
  }
  result.chosen = static_cast<std::int64_t>(chosen.size());
  if (!chosen.empty()) {
    result.cardinality = static_cast<double>(std::count(labels.values.begin(), labels.values.end(), 1)) /
                         static_cast<double>(chosen.size());
  }
  for (const auto& set : label_sets(labels, chosen)) {
    ++result.label_sets;
    if (set.size() == 1) ++result.single_song_sets;
  }
  return result;
}

std::string describe(const GenreConsequences& consequences) {
  std::vector<std::string> lines;
  if (!consequences.genres.empty()) {
    const auto [least, most] =
        std::minmax_element(consequences.genres.begin(), consequences.genres.end(),
                            [](const auto& a, const auto& b) { return a.songs < b.songs; });
    lines.push_back(fmt::format("{} genres of {}: from {} with {} songs to {} with {}",
                                consequences.genres.size(),
                                consequences.genres.size() + consequences.left_out.size(),
                                printable(most->genre), most->songs, printable(least->genre), least->songs));
  }
  if (!consequences.left_out.empty()) {
    std::vector<std::string> names;
    for (const GenreCount& genre : consequences.left_out) {
      if (names.size() == kMostNamed) break;
      names.push_back(fmt::format("{} ({})", printable(genre.genre), genre.songs));
    }
    if (consequences.left_out.size() > kMostNamed) {
      names.push_back(fmt::format("{} more", consequences.left_out.size() - kMostNamed));
    }
    lines.push_back("genres left out, with their songs: " + join(names, ", "));
  }
  lines.push_back(fmt::format(
      "{} of {} songs have one of them or more; {} have other genres only, {} have none", consequences.chosen,
      consequences.songs, consequences.left_without, consequences.without_genre));
  lines.push_back(fmt::format("{:.2f} labels a song, {} label sets, {} of them of one song",
                              consequences.cardinality, consequences.label_sets,
                              consequences.single_song_sets));
  return join(lines, "\n");
}

LabelMatrix make_labels(std::span<const Song> songs, const std::vector<std::string>& genres) {
  LabelMatrix labels{genres, std::vector<std::uint8_t>(songs.size() * genres.size())};
  std::unordered_map<std::string, std::size_t> column_of_key;
  for (std::size_t g = 0; g < genres.size(); ++g) column_of_key.emplace(label_key(genres[g]), g);
  std::unordered_map<std::string_view, std::size_t> column;  // of each spelling; genres.size(): none
  for (std::size_t i = 0; i < songs.size(); ++i) {
    for (const auto& genre : songs[i].genres) {
      const auto [known, is_new] = column.try_emplace(genre, genres.size());
      if (is_new) {
        const auto found = column_of_key.find(label_key(genre));
        if (found != column_of_key.end()) known->second = found->second;
      }
      if (known->second < genres.size()) labels.values[i * genres.size() + known->second] = 1;
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
