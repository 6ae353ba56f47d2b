#include <fmt/format.h>

#include <algorithm>

#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/doctor/audit.h"
#include "gamut/doctor/describe_copies.h"
#include "gamut/doctor/examples.h"

namespace gamut::doctor {
namespace {

using catalogue::CrossingGroup;
using catalogue::Part;
using catalogue::Song;

constexpr std::size_t kExamples = 5;
constexpr std::size_t kListed = 10;

std::string describe(const PartCounts& counts) {
  std::vector<std::string> words;
  for (Part part : catalogue::kParts) {
    words.push_back(fmt::format("{} in {}", counts[static_cast<std::size_t>(part)], to_string(part)));
  }
  return join(words, ", ");
}

std::string share(std::int64_t some, std::int64_t all) {
  return fmt::format("{} of {} test songs ({:.1f} %)", some, all,
                     all == 0 ? 0.0 : 100.0 * double(some) / double(all));
}

std::string album_name(const Song& song) {
  return printable(song.album) + (song.artist.empty() ? "" : " by " + printable(song.artist));
}

/// @param kind  "album" or "artist".
std::string describe_groups(const Audit& audit, const SplitFindings& findings, bool albums) {
  const catalogue::SplitAudit& counts = findings.counts;
  const std::string kind = albums ? "album" : "artist";
  std::string text = albums ? "  albums: " : "  artists: ";
  const auto without =
      static_cast<std::size_t>(albums ? counts.songs_without_album : counts.songs_without_artist);
  if (without == audit.songs.size()) return text + "known of no song, so nothing can be said\n";
  std::vector<CrossingGroup> groups = albums ? findings.albums : findings.artists;
  if (groups.empty()) {
    text += "none has songs in more than one part\n";
  } else {
    const std::int64_t tested = albums ? counts.test_songs_with_album_mates_in_training
                                       : counts.test_songs_with_artist_mates_in_training;
    text += fmt::format("{} songs in more than one part; {} have songs of their {} in training\n",
                        count(groups.size(), (kind + " has").c_str(), (kind + "s have").c_str()),
                        share(tested, counts.rows.front().test), kind);
    std::stable_sort(groups.begin(), groups.end(), [](const CrossingGroup& a, const CrossingGroup& b) {
      const auto test = static_cast<std::size_t>(Part::test);
      return a.songs[test] > b.songs[test];
    });
    std::vector<std::string> lines;
    for (const CrossingGroup& group : groups) {
      const Song& song = audit.songs[group.first_song];
      lines.push_back((albums ? album_name(song) : printable(song.artist)) + ": " + describe(group.songs));
    }
    text += examples(lines, kExamples);
  }
  if (without > 0) {
    text += fmt::format("    {} no {}; of these nothing can be said\n",
                        count(without, "song has", "songs have"), kind);
  }
  return text;
}

std::string describe_gaps(const SplitFindings& findings) {
  if (findings.gaps.empty())
    return fmt::format("  label sets: all {} are in every part\n", findings.label_sets);
  const auto too_few = std::count_if(findings.gaps.begin(), findings.gaps.end(),
                                     [](const LabelSetGap& gap) { return gap.too_few; });
  std::string text = fmt::format(
      "  label sets: {} of {} are missing from some part, {} of these for want of songs or albums; {} test "
      "songs have a label set that training lacks\n",
      findings.gaps.size(), findings.label_sets, too_few, findings.unseen_test_songs);
  std::vector<std::string> lines;
  for (const LabelSetGap& gap : findings.gaps) {
    const std::string name = gap.genres.empty() ? "(no genre)" : printable(join(gap.genres, " + "));
    lines.push_back(name + ": " + describe(gap.songs));
  }
  return text + examples(lines, kExamples);
}

std::string describe_set(const Audit& audit, const CopySet& set) {
  return (set.exact ? "same samples: " : "same recording: ") +
         describe(set, audit.audio->copies, audit.songs);
}

std::string describe_copies(const Audit& audit, const SplitFindings& findings) {
  if (!audit.audio) return "  copies: not looked for\n";
  if (findings.copies.empty()) return "  copies: none has songs in more than one part\n";
  std::string text =
      fmt::format("  copies: {} songs in more than one part; {} have a copy in training\n",
                  count(findings.copies.size(), "recording has", "recordings have"),
                  share(findings.test_songs_with_copies_in_training, findings.counts.rows.front().test));
  std::vector<std::string> lines;
  for (const CrossingCopies& crossing : findings.copies) {
    lines.push_back(describe(crossing.songs) + ", " +
                    describe_set(audit, audit.audio->copies.sets[crossing.set]));
  }
  return text + examples(lines, kListed);
}

std::string describe_split(const Audit& audit, const SplitFindings& findings) {
  const catalogue::SplitAudit::Row& all = findings.counts.rows.front();
  std::string text = audit.splits.size() == 1
                         ? "Split: "
                         : fmt::format("Fold {}, repeat {}: ", findings.fold, findings.repeat);
  text += describe({all.train, all.validation, all.test}) + "\n";
  text += describe_groups(audit, findings, true) + describe_groups(audit, findings, false);
  return text + describe_copies(audit, findings) + describe_gaps(findings);
}

std::string describe_audio(const Audit& audit) {
  if (!audit.audio) return "Audio: left out, so no copies were looked for.\n";
  const AudioFindings& audio = *audit.audio;
  std::size_t copied = 0, exact = 0;
  std::vector<std::string> lines;
  for (const CopySet& set : audio.copies.sets) {
    copied += set.songs.size();
    exact += set.exact ? 1 : 0;
    lines.push_back(describe_set(audit, set));
  }
  const std::size_t there = audit.songs.size() - audio.missing.size() - audio.failed.size();
  std::string text = fmt::format("Audio of {} compared", count(there, "song", "songs"));
  if (lines.empty()) {
    text += there == 0 ? ": nothing can be said of copies.\n" : "; no two are the same recording.\n";
  } else {
    text += fmt::format("; {} there more than once ({} songs; the same samples {} times):\n",
                        count(lines.size(), "recording is", "recordings are"), copied, exact);
    text += examples(lines, kListed);
  }
  const auto list = [&](const std::vector<std::string>& songs, const char* one, const char* many) {
    if (songs.empty()) return;
    std::vector<std::string> names;
    for (const std::string& song : songs) names.push_back(printable(song));
    text += "  " + count(songs.size(), one, many) + ":\n" + examples(names, kExamples);
  };
  list(audio.missing, "file is not there", "files are not there");
  list(audio.failed, "file cannot be decoded", "files cannot be decoded");
  list(audio.partial, "file was decoded in part", "files were decoded in part");
  return text;
}

/// The finding that matters, first.
std::string headline(const Audit& audit, const std::string& subject) {
  std::int64_t tests = 0, mates = 0, copies = 0;
  for (const SplitFindings& findings : audit.splits) {
    tests += findings.counts.rows.front().test;
    mates += findings.counts.test_songs_with_album_mates_in_training;
    copies += findings.test_songs_with_copies_in_training;
  }
  std::string text = fmt::format("Audit of {}: {}", subject, count(audit.songs.size(), "song", "songs"));
  if (audit.splits.size() > 1) text += fmt::format(" in {} splits", audit.splits.size());
  if (audit.splits.empty()) return text + "\n";
  if (mates == 0 && copies == 0) {
    return text +
           (audit.audio
                ? ". No album-mate and no copy of a test song was found in training.\n"
                : ". No album-mate of a test song was found in training; copies were not looked for.\n");
  }
  return text + fmt::format(". IT LEAKS: {} have album-mates in training, and {} a copy.\n",
                            share(mates, tests), audit.audio ? std::to_string(copies) : "an unknown number");
}

}  // namespace

std::string to_text(const Audit& audit, const std::string& subject) {
  std::string text = headline(audit, subject);
  if (audit.gone > 0) {
    text += fmt::format("{} songs of it are no longer in the catalogue, and nothing is said of them\n",
                        audit.gone);
  }
  for (const SplitFindings& findings : audit.splits) text += "\n" + describe_split(audit, findings);
  return text + "\n" + describe_audio(audit);
}

}  // namespace gamut::doctor
