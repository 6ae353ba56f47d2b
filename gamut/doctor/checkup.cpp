#include "gamut/doctor/checkup.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "gamut/catalogue/groups.h"
#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::doctor {
namespace {

using catalogue::AudioIdentity;
using catalogue::Song;

void require(bool holds, const char* option, double value, const char* limit) {
  if (!holds) throw ParameterError(fmt::format("{} is {}, but must be {}", option, value, limit));
}

void validate(const CheckupOptions& options) {
  require(options.silence_dbfs < 0 && std::isfinite(options.silence_dbfs), "the level of silence",
          options.silence_dbfs, "below 0 dBFS");
  require(options.clipped_share >= 0 && options.clipped_share <= 1, "the share of clipped samples",
          options.clipped_share, "from 0 to 1");
  require(options.shortest_s >= 0 && std::isfinite(options.shortest_s), "the shortest length",
          options.shortest_s, "0 s or more");
  require(options.length_tolerance_s >= 0 && std::isfinite(options.length_tolerance_s),
          "the tolerance of lengths", options.length_tolerance_s, "0 s or more");
}

double decibels(double amplitude) {
  return 20 * std::log10(amplitude);
}

/// Sorts one song's findings into the checkup.
class FileCheck {
 public:
  FileCheck(const CheckupOptions& options, Checkup& checkup) : options_(options), checkup_(checkup) {}

  void look_at(std::size_t song, const AudioIdentity& heard) {
    if (heard.outcome == Outcome::failed) return add(SongFault::unreadable, song, heard.reason);
    if (heard.outcome == Outcome::partial) {
      add(SongFault::truncated, song, heard.reason);
    } else {
      compare_lengths(song, heard);
    }
    if (heard.rms == 0) {
      add(SongFault::silent, song, "digital silence");
    } else if (decibels(heard.rms) <= options_.silence_dbfs) {
      add(SongFault::silent, song, fmt::format("{:.1f} dBFS", decibels(heard.rms)));
    }
    if (heard.duration_s < options_.shortest_s) {
      add(SongFault::too_short, song, fmt::format("{:.2f} s", heard.duration_s));
    }
    if (heard.full_scale_share > options_.clipped_share) {
      add(SongFault::clipped, song,
          fmt::format("{:.2f} % of the samples at full scale, peak {:+.1f} dBFS",
                      100 * heard.full_scale_share, decibels(heard.peak)));
    }
  }

  void add(SongFault fault, std::size_t song, std::string detail) {
    checkup_.faults[static_cast<std::size_t>(fault)].push_back({song, std::move(detail)});
  }

 private:
  /// What is cut short has its finding already; its length would only say it again.
  void compare_lengths(std::size_t song, const AudioIdentity& heard) {
    const double source_s = checkup_.songs[song].declared_s.value_or(0);
    std::vector<std::string> lengths{fmt::format("{:.2f} s decoded", heard.duration_s)};
    if (heard.declared_s > 0 && differs(heard.duration_s, heard.declared_s)) {
      lengths.push_back(fmt::format("{:.2f} s declared by the file", heard.declared_s));
    }
    if (source_s > 0 && differs(heard.duration_s, source_s)) {
      lengths.push_back(fmt::format("{:.2f} s declared by the source of its import", source_s));
    }
    if (lengths.size() > 1) add(SongFault::wrong_length, song, join(lengths, ", "));
  }

  bool differs(double duration_s, double declared_s) const {
    const double difference_s = std::abs(duration_s - declared_s);
    return difference_s > options_.length_tolerance_s && difference_s > 0.01 * declared_s;
  }

  const CheckupOptions& options_;
  Checkup& checkup_;
};

/// Songs that have the same genres count together; those without genres are left out.
std::vector<AlbumFinding::Genres> genre_sets(std::span<const Song> songs,
                                             std::span<const std::size_t> members) {
  std::map<std::vector<std::string>, std::size_t> counts;
  for (std::size_t song : members) {
    if (!songs[song].genres.empty()) ++counts[songs[song].genres];
  }
  std::vector<AlbumFinding::Genres> sets;
  for (const auto& [genres, count] : counts) sets.push_back({genres, count});
  std::ranges::stable_sort(sets, std::ranges::greater(), &AlbumFinding::Genres::songs);
  return sets;
}

bool share_a_genre(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::ranges::find_first_of(a, b) != a.end();
}

bool contradict(const std::vector<AlbumFinding::Genres>& sets) {
  for (std::size_t i = 0; i < sets.size(); ++i) {
    for (std::size_t j = i + 1; j < sets.size(); ++j) {
      if (!share_a_genre(sets[i].genres, sets[j].genres)) return true;
    }
  }
  return false;
}

std::vector<AlbumFinding> find_contradictory_albums(std::span<const Song> songs) {
  const catalogue::Groups albums = catalogue::album_groups(songs);
  std::vector<std::vector<std::size_t>> members(albums.count);
  for (std::size_t i = 0; i < songs.size(); ++i) {
    if (albums.of_song[i] != catalogue::kNoGroup) members[albums.of_song[i]].push_back(i);
  }
  std::vector<AlbumFinding> findings;
  for (const std::vector<std::size_t>& album : members) {
    AlbumFinding finding{album.front(), genre_sets(songs, album)};
    if (contradict(finding.sets)) findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace

bool Checkup::is_healthy() const {
  return std::ranges::all_of(faults, [](const auto& songs_found) { return songs_found.empty(); }) &&
         moved.empty() && copies.sets.empty() && albums.empty();
}

Checkup check_library(catalogue::Catalogue& catalogue, const CheckupOptions& options) {
  validate(options);
  Checkup checkup{.songs = catalogue.songs()};
  const IdentifyReport report = identify_songs(catalogue, checkup.songs, options.jobs, options.retry_failed);
  checkup.decoded = report.computed;

  std::vector<std::filesystem::path> folders;
  for (const std::filesystem::path& folder : options.look_in) {
    folders.push_back(std::filesystem::absolute(folder).lexically_normal());
  }
  if (folders.empty() && !report.missing.empty()) {
    const std::filesystem::path common = folder_around(checkup.songs);
    if (!common.empty()) folders.push_back(common);
  }
  checkup.moved = find_moved_songs(catalogue, checkup.songs, report, folders, options.jobs);
  checkup.changes = suggest_changes(checkup.songs, checkup.moved);

  FileCheck check(options, checkup);
  auto missing = report.missing.begin();
  for (std::size_t i = 0; i < checkup.songs.size(); ++i) {
    if (missing == report.missing.end() || *missing != i) {
      check.look_at(i, report.identities[i]);
      continue;
    }
    ++missing;
    if (!std::ranges::binary_search(checkup.moved, i, {}, &MovedSong::song)) {
      check.add(SongFault::missing, i, checkup.songs[i].path.string());
    }
  }

  checkup.copies = find_copies(report.identities, options.jobs);
  for (std::size_t set = 0; set < checkup.copies.sets.size(); ++set) {
    if (genre_sets(checkup.songs, checkup.copies.sets[set].songs).size() > 1)
      checkup.copies_with_other_genres.push_back(set);
  }
  checkup.albums = find_contradictory_albums(checkup.songs);
  return checkup;
}

}  // namespace gamut::doctor
