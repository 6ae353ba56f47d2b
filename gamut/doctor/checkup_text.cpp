#include <fmt/format.h>

#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/doctor/checkup.h"
#include "gamut/doctor/describe_copies.h"
#include "gamut/doctor/examples.h"

namespace gamut::doctor {
namespace {

constexpr std::size_t kShown = 5;

/// How a kind of finding is said, and what to do about it.
struct Wording {
  SongFault fault;
  const char *one, *many, *cure;
};

constexpr Wording kWordings[] = {
    {SongFault::missing, "file is missing", "files are missing",
     "bring them back, or say where they are: gamut doctor --fix-paths OLD=NEW. A file that was heard before "
     "is found where it moved to; --look-in DIR searches other folders"},
    {SongFault::unreadable, "file cannot be decoded", "files cannot be decoded",
     "get them anew, or take them out of the library; --retry-failed reads them once more, with another "
     "FFmpeg"},
    {SongFault::truncated, "file is cut short or damaged on the way",
     "files are cut short or damaged on the way",
     "get them anew; experiments leave them out unless include_partial = true"},
    {SongFault::silent, "file is silent", "files are silent",
     "get them anew, or take them out of the library"},
    {SongFault::too_short, "file is too short to fill a picture", "files are too short to fill a picture",
     "take out what is no song"},
    {SongFault::wrong_length, "file is longer or shorter than declared",
     "files are longer or shorter than declared",
     "listen whether they are the songs they claim to be; remuxing writes the true length into the file, an "
     "import of the corrected source into the catalogue"},
    {SongFault::clipped, "file is clipped", "files are clipped", "a better master, if there is one"},
};

std::string section(std::size_t number, const char* one, const char* many,
                    const std::vector<std::string>& lines, const std::string& cure) {
  return "\n" + count(number, one, many) + ":\n" + examples(lines, kShown) + "  " + cure + ".\n";
}

std::string name_of(const Checkup& checkup, std::size_t song) {
  return printable(checkup.songs[song].name);
}

std::string describe_faults(const Checkup& checkup, const Wording& wording) {
  const std::vector<SongFinding>& findings = checkup.of(wording.fault);
  if (findings.empty()) return "";
  std::vector<std::string> lines;
  for (const SongFinding& finding : findings) {
    lines.push_back(name_of(checkup, finding.song) + ": " + printable(finding.detail));
  }
  return section(findings.size(), wording.one, wording.many, lines, wording.cure);
}

/// For a shell, in single quotes.
std::string quoted(const std::string& text) {
  std::string quoted = "'";
  for (char letter : text) quoted += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  return quoted + "'";
}

std::string describe_moved(const Checkup& checkup) {
  if (checkup.moved.empty()) return "";
  std::vector<std::string> lines;
  for (const MovedSong& moved : checkup.moved) {
    lines.push_back(name_of(checkup, moved.song) + ": now " + printable(moved.found.string()) +
                    (moved.is_catalogued ? ", which is a song of the catalogue too" : ""));
  }
  std::string cure = "imported again from where they are; the old entries are left over";
  if (!checkup.changes.empty()) {
    cure = "these commands bring the catalogue to them:\n";
    std::vector<std::string> commands;
    for (const PathChange& change : checkup.changes) {
      commands.push_back("gamut doctor --fix-paths " +
                         printable(quoted(change.from.string() + "=" + change.to.string())) + "   # " +
                         count(change.songs, "song", "songs"));
    }
    cure += examples(commands, kShown) + "  nothing is changed before";
  }
  return section(checkup.moved.size(), "file has moved", "files have moved", lines, cure);
}

std::string genre_list(const std::vector<std::string>& genres) {
  return genres.empty() ? "(no genre)" : printable(join(genres, " + "));
}

std::string describe_other_genres(const Checkup& checkup) {
  if (checkup.copies_with_other_genres.empty()) return "";
  std::vector<std::string> lines;
  for (std::size_t set : checkup.copies_with_other_genres) {
    std::vector<std::string> songs;
    for (std::size_t song : checkup.copies.sets[set].songs) {
      songs.push_back(name_of(checkup, song) + ": " + genre_list(checkup.songs[song].genres));
    }
    lines.push_back(join(songs, "; "));
  }
  return section(lines.size(), "recording is there under different genres",
                 "recordings are there under different genres", lines,
                 "decide for one set of genres, or keep one copy");
}

std::string describe_copies(const Checkup& checkup, bool exact) {
  std::vector<std::string> lines;
  for (const CopySet& set : checkup.copies.sets) {
    if (set.exact == exact) lines.push_back(describe(set, checkup.copies, checkup.songs));
  }
  if (lines.empty()) return "";
  const char* cure = "keep one, or give all of them one album and artist, so that no split parts them";
  return exact ? section(lines.size(), "recording is there more than once, sample by sample",
                         "recordings are there more than once, sample by sample", lines, cure)
               : section(lines.size(), "recording is there more than once, in different files",
                         "recordings are there more than once, in different files", lines, cure);
}

std::string describe_albums(const Checkup& checkup) {
  if (checkup.albums.empty()) return "";
  std::vector<std::string> lines;
  for (const AlbumFinding& album : checkup.albums) {
    const catalogue::Song& first = checkup.songs[album.first_song];
    std::vector<std::string> sets;
    for (const AlbumFinding::Genres& set : album.sets) {
      sets.push_back(fmt::format("{} ({})", genre_list(set.genres), set.songs));
    }
    lines.push_back(printable(first.album) + (first.artist.empty() ? "" : " by " + printable(first.artist)) +
                    ": " + join(sets, ", "));
  }
  return section(lines.size(), "album has songs without a genre in common",
                 "albums have songs without a genre in common", lines,
                 "right for a compilation; otherwise one of the labels is wrong");
}

}  // namespace

std::string to_text(const Checkup& checkup) {
  std::string text = fmt::format("{} looked at, {} decoded now", count(checkup.songs.size(), "song", "songs"),
                                 checkup.decoded);
  if (checkup.is_healthy()) return text + "; nothing was found.\n";
  text += ". Nothing was changed.\n";
  for (const Wording& wording : kWordings) {
    text += describe_faults(checkup, wording);
    if (wording.fault == SongFault::missing) text += describe_moved(checkup);
    if (wording.fault == SongFault::wrong_length) {
      text +=
          describe_other_genres(checkup) + describe_copies(checkup, true) + describe_copies(checkup, false);
    }
  }
  return text + describe_albums(checkup);
}

}  // namespace gamut::doctor
