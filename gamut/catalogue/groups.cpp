#include "gamut/catalogue/groups.h"

#include <fmt/format.h>

#include <numeric>
#include <string>
#include <unordered_map>

#include "gamut/core/disjoint_sets.h"
#include "gamut/core/error.h"
#include "gamut/core/words.h"

namespace gamut::catalogue {
namespace {

/// No title, artist or folder contains a NUL, so it keeps the two fields apart.
std::string pair_key(char kind, const std::string& first, const std::string& second) {
  return kind + first + '\0' + second;
}

constexpr auto kGroupBys = std::to_array<Word<GroupBy>>(
    {{GroupBy::none, "none"}, {GroupBy::album, "album"}, {GroupBy::artist, "artist"}});

}  // namespace

std::string_view to_string(GroupBy group_by) {
  return word_of(group_by, kGroupBys);
}

GroupBy parse_group_by(std::string_view word) {
  return parse_word("group_by", word, kGroupBys);
}

Groups album_groups(std::span<const Song> songs) {
  DisjointSets sets(songs.size());
  std::unordered_map<std::string, std::size_t> first;
  for (std::size_t i = 0; i < songs.size(); ++i) {
    const Song& song = songs[i];
    if (song.album.empty()) continue;
    for (const std::string& key : {pair_key('a', song.album, song.artist),
                                   pair_key('f', song.album, song.path.parent_path().string())}) {
      auto [known, is_new] = first.try_emplace(key, i);
      if (!is_new) sets.merge(known->second, i);
    }
  }
  Groups groups{std::vector<std::size_t>(songs.size(), kNoGroup), 0};
  std::unordered_map<std::size_t, std::size_t> number;
  for (std::size_t i = 0; i < songs.size(); ++i) {
    if (songs[i].album.empty()) continue;
    auto [known, is_new] = number.try_emplace(sets.root(i), groups.count);
    if (is_new) ++groups.count;
    groups.of_song[i] = known->second;
  }
  return groups;
}

std::vector<std::string> album_names(std::span<const Song> songs) {
  const Groups groups = album_groups(songs);
  std::vector<std::string> of_group(groups.count);
  std::unordered_map<std::string_view, std::size_t> albums_of_title;
  const auto for_first_songs = [&](const auto& act) {
    std::size_t next = 0;  // groups are numbered in order of first appearance
    for (std::size_t i = 0; i < songs.size(); ++i) {
      if (groups.of_song[i] == next) act(songs[i], next++);
    }
  };
  for_first_songs([&](const Song& song, std::size_t) { ++albums_of_title[song.album]; });
  for_first_songs([&](const Song& song, std::size_t group) {
    of_group[group] = song.album;
    // One artist, or none, has one album of a title.
    if (albums_of_title[song.album] > 1 && !song.artist.empty()) of_group[group] += " (" + song.artist + ")";
  });
  std::vector<std::string> names;
  for (const std::size_t group : groups.of_song) names.push_back(group == kNoGroup ? "" : of_group[group]);
  return names;
}

Groups artist_groups(std::span<const Song> songs) {
  Groups groups{std::vector<std::size_t>(songs.size(), kNoGroup), 0};
  std::unordered_map<std::string_view, std::size_t> number;
  for (std::size_t i = 0; i < songs.size(); ++i) {
    if (songs[i].artist.empty()) continue;
    auto [known, is_new] = number.try_emplace(songs[i].artist, groups.count);
    if (is_new) ++groups.count;
    groups.of_song[i] = known->second;
  }
  return groups;
}

Groups make_groups(std::span<const Song> songs, GroupBy group_by) {
  if (group_by == GroupBy::album) return album_groups(songs);
  if (group_by == GroupBy::artist) return artist_groups(songs);
  Groups groups{std::vector<std::size_t>(songs.size()), songs.size()};
  std::iota(groups.of_song.begin(), groups.of_song.end(), std::size_t{0});
  return groups;
}

}  // namespace gamut::catalogue
