#include "gamut/doctor/audit.h"

#include "gamut/core/json.h"
#include "gamut/doctor/describe_copies.h"

namespace gamut::doctor {
namespace {

using catalogue::Part;
using catalogue::Song;

AudioFindings find_in_audio(catalogue::Catalogue& catalogue, std::span<const Song> songs, int jobs) {
  const IdentifyReport report = identify_songs(catalogue, songs, jobs);
  AudioFindings findings{.computed = report.computed};
  for (std::size_t i : report.missing) findings.missing.push_back(songs[i].name);
  for (std::size_t i : report.failed) {
    findings.failed.push_back(songs[i].name + ": " + report.identities[i].reason);
  }
  for (std::size_t i = 0; i < songs.size(); ++i) {
    const catalogue::AudioIdentity& identity = report.identities[i];
    if (identity.outcome == Outcome::partial)
      findings.partial.push_back(songs[i].name + ": " + identity.reason);
  }
  findings.copies = find_copies(report.identities, jobs);
  return findings;
}

Json parts_json(const PartCounts& counts) {
  Json json = Json::object();
  for (Part part : catalogue::kParts) {
    json[std::string(to_string(part))] = counts[static_cast<std::size_t>(part)];
  }
  return json;
}

Json groups_json(const Audit& audit, const std::vector<catalogue::CrossingGroup>& groups, bool albums) {
  Json list = Json::array();
  for (const catalogue::CrossingGroup& group : groups) {
    const Song& song = audit.songs[group.first_song];
    Json entry = {{"artist", song.artist}};
    if (albums) entry["album"] = song.album;
    entry["songs"] = parts_json(group.songs);
    list.push_back(std::move(entry));
  }
  return list;
}

Json split_json(const Audit& audit, const SplitFindings& findings) {
  Json gaps = Json::array();
  for (const LabelSetGap& gap : findings.gaps) {
    gaps.push_back({{"genres", gap.genres}, {"songs", parts_json(gap.songs)}, {"too_few", gap.too_few}});
  }
  Json copies = Json::array();
  for (const CrossingCopies& crossing : findings.copies) {
    copies.push_back({{"set", crossing.set}, {"songs", parts_json(crossing.songs)}});
  }
  return {{"fold", findings.fold},
          {"repeat", findings.repeat},
          {"counts", to_json(findings.counts)},
          {"albums_crossing", groups_json(audit, findings.albums, true)},
          {"artists_crossing", groups_json(audit, findings.artists, false)},
          {"label_sets", findings.label_sets},
          {"label_sets_missing_from_a_part", std::move(gaps)},
          {"test_songs_with_label_sets_unseen_in_training", findings.unseen_test_songs},
          {"copies_crossing", std::move(copies)},
          {"test_songs_with_copies_in_training", findings.test_songs_with_copies_in_training}};
}

Json audio_json(const Audit& audit) {
  if (!audit.audio) return nullptr;
  const AudioFindings& audio = *audit.audio;
  Json sets = Json::array();
  for (const CopySet& set : audio.copies.sets) {
    Json names = Json::array();
    for (std::size_t song : set.songs) names.push_back(audit.songs[song].name);
    sets.push_back({{"songs", std::move(names)}, {"exact", set.exact}});
  }
  return {{"computed", audio.computed},   {"missing", audio.missing},
          {"failed", audio.failed},       {"partial", audio.partial},
          {"copy_sets", std::move(sets)}, {"near_pairs", near_pairs(audio.copies, audit.songs)}};
}

}  // namespace

Audit audit_library(catalogue::Catalogue& catalogue, const AuditOptions& options) {
  Audit audit{.songs = catalogue.songs()};
  if (options.audio) audit.audio = find_in_audio(catalogue, audit.songs, options.jobs);
  return audit;
}

Audit audit_splits(catalogue::Catalogue& catalogue, Splits splits, const AuditOptions& options) {
  Audit audit{.songs = std::move(splits.songs), .gone = splits.gone};
  if (options.audio) audit.audio = find_in_audio(catalogue, audit.songs, options.jobs);
  const Copies copies = audit.audio ? audit.audio->copies : Copies();
  for (const catalogue::FoldParts& split : splits.of_folds) {
    audit.splits.push_back(find_in_split(audit.songs, splits.labels, split, copies));
  }
  return audit;
}

Json to_json(const Audit& audit) {
  Json splits = Json::array();
  for (const SplitFindings& findings : audit.splits) splits.push_back(split_json(audit, findings));
  return {{"songs", audit.songs.size()},
          {"songs_gone", audit.gone},
          {"splits", std::move(splits)},
          {"audio", audio_json(audit)}};
}

}  // namespace gamut::doctor
