#include "gamut/doctor/moved_songs.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "gamut/catalogue/audio_files.h"
#include "gamut/core/interrupt.h"
#include "gamut/core/parallel.h"
#include "gamut/core/progress.h"
#include "gamut/identity/examiner.h"
#include "gamut/identity/file_state.h"
#include "gamut/identity/identify.h"

namespace gamut::doctor {
namespace {

namespace fs = std::filesystem;
using catalogue::AudioIdentity;
using catalogue::Song;

/// What was heard of the missing songs while they were there: index of the song, and that.
std::map<std::size_t, AudioIdentity> remembered(const catalogue::Catalogue& catalogue,
                                                std::span<const Song> songs, const IdentifyReport& report) {
  std::unordered_map<std::int64_t, AudioIdentity> known;
  const std::string method = identity::identity_method();
  for (AudioIdentity& identity : catalogue.audio_identities(catalogue::Fingerprints::without)) {
    const std::int64_t id = identity.song_id;
    if (identity.method == method && !identity.content.empty()) known.emplace(id, std::move(identity));
  }
  std::map<std::size_t, AudioIdentity> missing;
  for (std::size_t i : report.missing) {
    const auto found = known.find(songs[i].id);
    if (found != known.end()) missing.emplace(i, std::move(found->second));
  }
  return missing;
}

/// Audio files of no song that have the name or the size of one that is missing.
std::vector<fs::path> likely_files(std::span<const Song> songs,
                                   const std::map<std::size_t, AudioIdentity>& missing,
                                   std::span<const fs::path> folders) {
  std::unordered_set<std::string> catalogued, names;
  for (const Song& song : songs) catalogued.insert(song.path.native());
  std::unordered_set<std::int64_t> sizes;
  for (const auto& [i, identity] : missing) {
    names.insert(songs[i].path.filename().native());
    sizes.insert(identity.file_bytes);
  }
  std::set<fs::path> likely;
  for (const fs::path& folder : folders) {
    std::vector<fs::path> files;
    std::vector<std::string> faults;
    catalogue::collect_audio(folder, files, faults);
    for (const fs::path& file : files) {
      if (catalogued.contains(file.native())) continue;
      const auto state = identity::file_state(file);
      if (names.contains(file.filename().native()) || (state && sizes.contains(state->bytes))) {
        likely.insert(file);
      }
    }
  }
  return {likely.begin(), likely.end()};
}

/// Content hashes of files, with the first file that has each.
std::map<std::string, fs::path> hear(std::span<const fs::path> files, int jobs) {
  std::vector<std::string> contents(files.size());
  Progress progress("files that may be missing songs", files.size());
  parallel_for(files.size(), jobs, [&](std::size_t i) {
    check_interrupted();
    contents[i] = identity::identify_audio(files[i]).content;
    progress.advance();
  });
  std::map<std::string, fs::path> heard;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!contents[i].empty()) heard.emplace(contents[i], files[i]);
  }
  return heard;
}

}  // namespace

std::vector<MovedSong> find_moved_songs(const catalogue::Catalogue& catalogue, std::span<const Song> songs,
                                        const IdentifyReport& report, std::span<const fs::path> folders,
                                        int jobs) {
  std::map<std::size_t, AudioIdentity> missing = remembered(catalogue, songs, report);
  if (missing.empty()) return {};
  std::unordered_map<std::string, std::size_t> present;
  for (std::size_t i = 0; i < songs.size(); ++i) {
    if (!report.identities[i].content.empty()) present.emplace(report.identities[i].content, i);
  }
  std::vector<MovedSong> moved;
  std::erase_if(missing, [&](const auto& entry) {
    const auto found = present.find(entry.second.content);
    if (found == present.end()) return false;
    moved.push_back({entry.first, songs[found->second].path, true});
    return true;
  });
  const std::vector<fs::path> likely = likely_files(songs, missing, folders);
  if (!likely.empty()) {
    const std::map<std::string, fs::path> heard = hear(likely, jobs);
    for (const auto& [i, identity] : missing) {
      const auto found = heard.find(identity.content);
      if (found != heard.end()) moved.push_back({i, found->second, false});
    }
  }
  std::ranges::sort(moved, {}, &MovedSong::song);
  return moved;
}

fs::path folder_around(std::span<const Song> songs) {
  if (songs.empty()) return {};
  fs::path common = songs.front().path.parent_path();
  for (const Song& song : songs) {
    const fs::path folder = song.path.parent_path();
    const auto end = std::mismatch(common.begin(), common.end(), folder.begin(), folder.end()).first;
    fs::path shared;
    for (auto part = common.begin(); part != end; ++part) shared /= *part;
    common = std::move(shared);
  }
  std::error_code ignored;
  if (common.parent_path().has_relative_path()) common = common.parent_path();
  while (common.has_relative_path() && !fs::is_directory(common, ignored)) common = common.parent_path();
  return common.has_relative_path() ? common : fs::path();
}

std::vector<PathChange> suggest_changes(std::span<const Song> songs, std::span<const MovedSong> moved) {
  std::map<std::pair<fs::path, fs::path>, std::size_t> counts;
  for (const MovedSong& song : moved) {
    if (song.is_catalogued) continue;
    fs::path from = songs[song.song].path, to = song.found;
    while (from.filename() == to.filename() && from.has_relative_path() && to.has_relative_path()) {
      from = from.parent_path();
      to = to.parent_path();
    }
    ++counts[{from, to}];
  }
  std::vector<PathChange> changes;
  for (const auto& [change, count] : counts) changes.push_back({change.first, change.second, count});
  std::ranges::stable_sort(changes, std::ranges::greater(), &PathChange::songs);
  return changes;
}

}  // namespace gamut::doctor
