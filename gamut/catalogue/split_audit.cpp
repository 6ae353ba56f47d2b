#include <fmt/format.h>
#include <algorithm>

#include "gamut/catalogue/split.h"
#include "gamut/core/error.h"
#include "gamut/core/json.h"

namespace gamut::catalogue {
namespace {

void count(SplitAudit::Row& row, Part part) {
  ++(part == Part::train ? row.train : part == Part::validation ? row.validation : row.test);
}

/// What a kind of group (albums, artists) shows of a split.
struct Mates {
  std::int64_t groups_crossing = 0;
  std::int64_t test_songs = 0;              ///< with mates in train or validation
  std::int64_t test_songs_of_training = 0;  ///< with mates in train
  std::int64_t songs_without = 0;
};

Mates count_mates(const Groups& groups, std::span<const Part> parts) {
  Mates mates;
  mates.songs_without = std::count(groups.of_song.begin(), groups.of_song.end(), kNoGroup);
  for (const CrossingGroup& group : crossing_groups(groups, parts)) {
    const std::int64_t tested = group.songs[static_cast<std::size_t>(Part::test)];
    ++mates.groups_crossing;
    mates.test_songs += tested;
    if (group.songs[static_cast<std::size_t>(Part::train)] > 0) mates.test_songs_of_training += tested;
  }
  return mates;
}

}  // namespace

std::vector<CrossingGroup> crossing_groups(const Groups& groups, std::span<const Part> parts) {
  std::vector<CrossingGroup> all(groups.count);
  std::vector<bool> seen(groups.count);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t group = groups.of_song[i];
    if (group == kNoGroup) continue;
    if (!seen[group]) all[group].first_song = i;
    seen[group] = true;
    ++all[group].songs[static_cast<std::size_t>(parts[i])];
  }
  std::erase_if(all, [](const CrossingGroup& group) {
    return std::count(group.songs.begin(), group.songs.end(), 0) >= 2;
  });
  return all;
}

SplitAudit audit_split(std::span<const Song> songs, const LabelMatrix& labels, std::span<const Part> parts) {
  if (parts.size() != songs.size() || labels.values.size() != songs.size() * labels.genres.size()) {
    throw ParameterError(fmt::format("{} parts and {} labels do not fit {} songs and {} genres", parts.size(),
                                     labels.values.size(), songs.size(), labels.genres.size()));
  }
  SplitAudit audit;
  audit.rows.push_back({.genre = "(all)"});
  for (const auto& genre : labels.genres) audit.rows.push_back({.genre = genre});
  for (std::size_t i = 0; i < songs.size(); ++i) {
    count(audit.rows[0], parts[i]);
    for (std::size_t g = 0; g < labels.genres.size(); ++g) {
      if (labels.has(i, g)) count(audit.rows[g + 1], parts[i]);
    }
  }
  const Mates albums = count_mates(album_groups(songs), parts);
  const Mates artists = count_mates(artist_groups(songs), parts);
  audit.albums_crossing = albums.groups_crossing;
  audit.artists_crossing = artists.groups_crossing;
  audit.test_songs_with_album_mates = albums.test_songs;
  audit.test_songs_with_artist_mates = artists.test_songs;
  audit.test_songs_with_album_mates_in_training = albums.test_songs_of_training;
  audit.test_songs_with_artist_mates_in_training = artists.test_songs_of_training;
  audit.songs_without_album = albums.songs_without;
  audit.songs_without_artist = artists.songs_without;
  return audit;
}

Json to_json(const SplitAudit& audit) {
  Json rows = Json::array();
  for (const auto& row : audit.rows) {
    rows.push_back(
        {{"genre", row.genre}, {"train", row.train}, {"validation", row.validation}, {"test", row.test}});
  }
  return {{"rows", std::move(rows)},
          {"albums_crossing", audit.albums_crossing},
          {"artists_crossing", audit.artists_crossing},
          {"test_songs_with_album_mates", audit.test_songs_with_album_mates},
          {"test_songs_with_artist_mates", audit.test_songs_with_artist_mates},
          {"test_songs_with_album_mates_in_training", audit.test_songs_with_album_mates_in_training},
          {"test_songs_with_artist_mates_in_training", audit.test_songs_with_artist_mates_in_training},
          {"songs_without_album", audit.songs_without_album},
          {"songs_without_artist", audit.songs_without_artist}};
}

}  // namespace gamut::catalogue
