#include <fmt/format.h>
#include <algorithm>

#include "gamut/catalogue/split.h"
#include "gamut/core/error.h"

namespace gamut::catalogue {
namespace {

void count(SplitAudit::Row& row, Part part) {
  ++(part == Part::train ? row.train : part == Part::validation ? row.validation : row.test);
}

/// What a kind of group (albums, artists) shows of a split.
struct Crossing {
  std::int64_t groups_crossing = 0;
  std::int64_t test_songs_with_mates = 0;
  std::int64_t songs_without = 0;
};

Crossing find_crossing(const Groups& groups, std::span<const Part> parts) {
  std::vector<std::array<std::int64_t, kParts.size()>> songs(groups.count);
  Crossing crossing;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (groups.of_song[i] == kNoGroup) {
      ++crossing.songs_without;
    } else {
      ++songs[groups.of_song[i]][static_cast<std::size_t>(parts[i])];
    }
  }
  for (const auto& of_part : songs) {
    if (std::count(of_part.begin(), of_part.end(), 0) >= 2) continue;
    ++crossing.groups_crossing;
    crossing.test_songs_with_mates += of_part[static_cast<std::size_t>(Part::test)];
  }
  return crossing;
}

}  // namespace

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
  const Crossing albums = find_crossing(album_groups(songs), parts);
  const Crossing artists = find_crossing(artist_groups(songs), parts);
  audit.albums_crossing = albums.groups_crossing;
  audit.artists_crossing = artists.groups_crossing;
  audit.test_songs_with_album_mates = albums.test_songs_with_mates;
  audit.test_songs_with_artist_mates = artists.test_songs_with_mates;
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
          {"songs_without_album", audit.songs_without_album},
          {"songs_without_artist", audit.songs_without_artist}};
}

}  // namespace gamut::catalogue
