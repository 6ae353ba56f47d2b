#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gamut/core/json_fwd.h"
#include "gamut/doctor/copies.h"
#include "gamut/doctor/moved_songs.h"

namespace gamut::doctor {

/// From where on something is a finding; docs/doctor.md gives the reasons.
struct CheckupOptions {
  double silence_dbfs = -60;      ///< root mean square of all channels; at or below is silent; < 0
  double clipped_share = 0.001;   ///< of the samples at full scale; above is clipped; 0 … 1
  double shortest_s = 5.8;        ///< shorter is too short; >= 0
  double length_tolerance_s = 1;  ///< declared and decoded length may differ by so much and by 1 %; >= 0
  std::vector<std::filesystem::path> look_in = {};  ///< for moved songs; default: folder_around()
  int jobs = 1;                                     ///< files decoded at the same time
  bool retry_failed = false;                        ///< decode once more what was undecodable
};

/// What may be wrong with one song's file, most serious first.
enum class SongFault { missing, unreadable, truncated, silent, too_short, wrong_length, clipped };
inline constexpr std::array kSongFaults{SongFault::missing, SongFault::unreadable, SongFault::truncated,
                                        SongFault::silent,  SongFault::too_short,  SongFault::wrong_length,
                                        SongFault::clipped};

struct SongFinding {
  std::size_t song = 0;     ///< index
  std::string detail = {};  ///< a path, a reason, a measure
};

/// Songs of one album, two of which have no genre in common.
struct AlbumFinding {
  struct Genres {
    std::vector<std::string> genres;  ///< not empty
    std::size_t songs = 0;            ///< that have just these
  };
  std::size_t first_song = 0;  ///< index
  std::vector<Genres> sets = {};
};

/// What a look at a library found; songs are referred to by index.
struct Checkup {
  std::vector<catalogue::Song> songs = {};
  std::int64_t decoded = 0;  ///< now; of the others enough was known
  std::array<std::vector<SongFinding>, kSongFaults.size()> faults = {};  ///< missing: nowhere to be found
  std::vector<MovedSong> moved = {};
  std::vector<PathChange> changes = {};  ///< that would bring the moved songs back
  Copies copies = {};
  std::vector<std::size_t> copies_with_other_genres = {};  ///< sets of copies with different genres
  std::vector<AlbumFinding> albums = {};

  const std::vector<SongFinding>& of(SongFault fault) const {
    return faults[static_cast<std::size_t>(fault)];
  }
  bool is_healthy() const;
};

/// Looks at every song of a catalogue. Files are decoded where the catalogue does not know them in their
/// present state, as extraction leaves it; what was heard is recorded. Nothing else is changed.
///
/// @throws ParameterError  an option out of its range.
/// @throws FileError       the catalogue cannot be written.
/// @throws Interrupted     what was heard is kept.
Checkup check_library(catalogue::Catalogue& catalogue, const CheckupOptions& options);

/// Every finding with its songs, by name.
Json to_json(const Checkup& checkup);

/// For people: each kind of finding with its number, the first of them, and what to do.
std::string to_text(const Checkup& checkup);

}  // namespace gamut::doctor
