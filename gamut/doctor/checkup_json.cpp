#include "gamut/core/json.h"
#include "gamut/doctor/checkup.h"
#include "gamut/doctor/describe_copies.h"

namespace gamut::doctor {
namespace {

constexpr const char* kKeys[] = {"missing",   "unreadable",   "truncated", "silent",
                                 "too_short", "wrong_length", "clipped"};
static_assert(std::size(kKeys) == kSongFaults.size());

Json names(const Checkup& checkup, const std::vector<std::size_t>& songs) {
  Json list = Json::array();
  for (std::size_t song : songs) list.push_back(checkup.songs[song].name);
  return list;
}

Json moved_json(const Checkup& checkup) {
  Json list = Json::array();
  for (const MovedSong& moved : checkup.moved) {
    list.push_back({{"song", checkup.songs[moved.song].name},
                    {"from", checkup.songs[moved.song].path.string()},
                    {"to", moved.found.string()},
                    {"in_catalogue", moved.is_catalogued}});
  }
  return list;
}

Json copies_json(const Checkup& checkup) {
  Json list = Json::array();
  for (const CopySet& set : checkup.copies.sets) {
    list.push_back({{"songs", names(checkup, set.songs)}, {"exact", set.exact}, {"different_genres", false}});
  }
  for (std::size_t set : checkup.copies_with_other_genres) list[set]["different_genres"] = true;
  return list;
}

Json albums_json(const Checkup& checkup) {
  Json list = Json::array();
  for (const AlbumFinding& album : checkup.albums) {
    const catalogue::Song& first = checkup.songs[album.first_song];
    Json sets = Json::array();
    for (const AlbumFinding::Genres& set : album.sets) {
      sets.push_back({{"genres", set.genres}, {"songs", set.songs}});
    }
    list.push_back({{"album", first.album}, {"artist", first.artist}, {"genres", std::move(sets)}});
  }
  return list;
}

}  // namespace

Json to_json(const Checkup& checkup) {
  Json json = {
      {"songs", checkup.songs.size()}, {"decoded", checkup.decoded}, {"healthy", checkup.is_healthy()}};
  for (SongFault fault : kSongFaults) {
    Json list = Json::array();
    for (const SongFinding& finding : checkup.of(fault)) {
      list.push_back({{"song", checkup.songs[finding.song].name}, {"detail", finding.detail}});
    }
    json[kKeys[static_cast<std::size_t>(fault)]] = std::move(list);
  }
  json["moved"] = moved_json(checkup);
  Json changes = Json::array();
  for (const PathChange& change : checkup.changes) {
    changes.push_back({{"from", change.from.string()}, {"to", change.to.string()}, {"songs", change.songs}});
  }
  json["fix_paths"] = std::move(changes);
  json["copies"] = copies_json(checkup);
  json["near_pairs"] = near_pairs(checkup.copies, checkup.songs);
  json["contradictory_albums"] = albums_json(checkup);
  return json;
}

}  // namespace gamut::doctor
