#include "gamut/doctor/fix_paths.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "gamut/catalogue/audio_files.h"
#include "gamut/core/error.h"
#include "gamut/core/interrupt.h"
#include "gamut/core/json.h"
#include "gamut/core/parallel.h"
#include "gamut/core/progress.h"
#include "gamut/core/text.h"
#include "gamut/doctor/examples.h"
#include "gamut/identity/examiner.h"
#include "gamut/identity/file_state.h"
#include "gamut/identity/identify.h"

namespace gamut::doctor {
namespace {

namespace fs = std::filesystem;
using catalogue::AudioIdentity;
using catalogue::Song;

bool lies_in(const fs::path& path, const fs::path& folder) {
  return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first == folder.end();
}

fs::path normal(std::string_view text) {
  fs::path path = fs::absolute(fs::path(text)).lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}

fs::path replace_start(const fs::path& path, const fs::path& from, const fs::path& to) {
  fs::path replaced = to;
  auto rest = path.begin();
  std::advance(rest, std::distance(from.begin(), from.end()));
  for (; rest != path.end(); ++rest) replaced /= *rest;
  return replaced;
}

/// A change to be, and what is known of its song.
struct Plan {
  const Song* song;
  FixPathsReport::Change change;
  AudioIdentity known;  ///< of the old file; without content where it was never heard
  bool must_listen = false;
  AudioIdentity heard = {};  ///< of the new file, where that was necessary
};

/// Says in `plan.change.reason` what speaks against it, as far as that can be seen without decoding.
void look_at_file(Plan& plan, const std::unordered_set<std::string>& catalogued) {
  const fs::path& to = plan.change.to;
  if (catalogued.contains(to.native())) {
    plan.change.reason = "another song of the catalogue has that file";
    return;
  }
  plan.change.reason = catalogue::file_fault(to);
  if (!plan.change.reason.empty() || plan.known.content.empty()) return;
  const auto state = identity::file_state(to);
  plan.must_listen = !state || !identity::is_current(plan.known, *state, plan.known.method);
  if (!state || !plan.must_listen) return;
  plan.heard.file_bytes = state->bytes;
  plan.heard.modified_ns = state->modified_ns;
}

void listen(Plan& plan) {
  AudioIdentity heard = identity::identify_audio(plan.change.to);
  if (heard.outcome == Outcome::failed) {
    plan.change.reason = heard.reason;
  } else if (heard.content != plan.known.content) {
    plan.change.reason = "it has other audio than the song had";
  }
  heard.song_id = plan.song->id;
  heard.file_bytes = plan.heard.file_bytes;
  heard.modified_ns = plan.heard.modified_ns;
  plan.heard = std::move(heard);
}

std::vector<Plan> make_plans(const catalogue::Catalogue& catalogue, std::span<const Song> songs,
                             const FixPathsOptions& options) {
  std::unordered_map<std::int64_t, AudioIdentity> known;
  const std::string method = identity::identity_method();
  for (AudioIdentity& identity : catalogue.audio_identities(catalogue::Fingerprints::without)) {
    const std::int64_t id = identity.song_id;
    if (identity.method == method) known.emplace(id, std::move(identity));
  }
  std::unordered_set<std::string> catalogued;
  for (const Song& song : songs) catalogued.insert(song.path.native());
  std::vector<Plan> plans;
  for (const Song& song : songs) {
    if (!lies_in(song.path, options.from)) continue;
    const auto found = known.find(song.id);
    plans.push_back({&song,
                     {song.name, song.path, replace_start(song.path, options.from, options.to)},
                     found == known.end() ? AudioIdentity() : std::move(found->second)});
    look_at_file(plans.back(), catalogued);
  }
  return plans;
}

void list(std::string& text, const char* one, const char* many,
          const std::vector<FixPathsReport::Change>& changes) {
  if (changes.empty()) return;
  text += fmt::format("{} {}:\n", changes.size(), changes.size() == 1 ? one : many);
  std::vector<std::string> lines;
  for (const FixPathsReport::Change& change : changes) {
    lines.push_back(printable(change.from.string()) + " -> " + printable(change.to.string()) +
                    (change.reason.empty() ? "" : ": " + change.reason));
  }
  text += examples(lines, 5);
}

Json changes_json(const std::vector<FixPathsReport::Change>& changes) {
  Json list = Json::array();
  for (const FixPathsReport::Change& change : changes) {
    Json entry = {{"song", change.song}, {"from", change.from.string()}, {"to", change.to.string()}};
    if (!change.reason.empty()) entry["reason"] = change.reason;
    list.push_back(std::move(entry));
  }
  return list;
}

}  // namespace

FixPathsOptions parse_fix_paths(std::string_view text, const std::vector<Song>& songs) {
  for (std::size_t at = text.find('='); at != std::string_view::npos; at = text.find('=', at + 1)) {
    if (at == 0 || at + 1 == text.size()) continue;
    FixPathsOptions options{normal(text.substr(0, at)), normal(text.substr(at + 1))};
    if (std::ranges::any_of(songs, [&](const Song& song) { return lies_in(song.path, options.from); })) {
      return options;
    }
  }
  throw ParameterError(
      fmt::format("--fix-paths takes OLD=NEW, and OLD must be a folder or file of songs in the catalogue; "
                  "\"{}\" is not so",
                  printable(text)));
}

FixPathsReport fix_paths(catalogue::Catalogue& catalogue, const FixPathsOptions& options) {
  const std::vector<Song> songs = catalogue.songs();
  std::vector<Plan> plans = make_plans(catalogue, songs, options);
  std::vector<Plan*> to_hear;
  for (Plan& plan : plans) {
    if (plan.must_listen) to_hear.push_back(&plan);
  }
  if (!to_hear.empty()) {
    Progress progress("files compared", to_hear.size());
    parallel_for(to_hear.size(), options.jobs, [&](std::size_t i) {
      check_interrupted();
      listen(*to_hear[i]);
      progress.advance();
    });
  }
  FixPathsReport report{.changed = {}, .left = {}, .dry_run = options.dry_run};
  std::vector<catalogue::SongPath> paths;
  std::vector<AudioIdentity> heard;
  for (Plan& plan : plans) {
    if (!plan.change.reason.empty()) {
      report.left.push_back(std::move(plan.change));
      continue;
    }
    paths.push_back({plan.song->id, plan.change.to});
    if (plan.must_listen) heard.push_back(std::move(plan.heard));
    report.changed.push_back(std::move(plan.change));
  }
  if (!options.dry_run) {
    catalogue.put_song_paths(paths);
    catalogue.put_audio_identities(heard);
  }
  return report;
}

Json to_json(const FixPathsReport& report) {
  return {{"dry_run", report.dry_run},
          {"changed", changes_json(report.changed)},
          {"left", changes_json(report.left)}};
}

std::string to_text(const FixPathsReport& report) {
  std::string text;
  if (report.dry_run) {
    list(text, "path would be changed", "paths would be changed", report.changed);
    list(text, "would be left as it is", "would be left as they are", report.left);
    return text + "Nothing was changed.\n";
  }
  list(text, "path changed", "paths changed", report.changed);
  list(text, "left as it is", "left as they are", report.left);
  return text;
}

}  // namespace gamut::doctor
