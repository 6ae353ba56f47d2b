#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "gamut/catalogue/catalogue.h"
#include "gamut/core/json_fwd.h"

namespace gamut::doctor {

struct FixPathsOptions {
  std::filesystem::path from, to;  ///< absolute, lexically normal; files or folders
  bool dry_run = false;            ///< only says what would be done
  int jobs = 1;                    ///< files decoded at the same time
};

/// What became, or would become, of the songs whose path starts with `from`.
struct FixPathsReport {
  struct Change {
    std::string song;  ///< name
    std::filesystem::path from, to;
    std::string reason = {};  ///< why it was left as it is
  };
  std::vector<Change> changed, left;
  bool dry_run = false;
};

/// Splits "OLD=NEW", where either may contain "=" too: at the first "=" that leaves an OLD which some song
/// lies in. Both become absolute and lexically normal.
/// @throws ParameterError  no "=", nothing before or after it, or no song in OLD.
FixPathsOptions parse_fix_paths(std::string_view text, const std::vector<catalogue::Song>& songs);

/// Writes new paths into the catalogue, in one transaction; names, labels and pictures stay with their songs.
///
/// A song is left as it is where the new file is not there, is a file of another song, or has other audio
/// than was once heard of the song. A file of unchanged size and time of change is not decoded for that.
///
/// @throws FileError    the catalogue cannot be written.
/// @throws Interrupted  nothing was changed.
FixPathsReport fix_paths(catalogue::Catalogue& catalogue, const FixPathsOptions& options);

Json to_json(const FixPathsReport& report);
std::string to_text(const FixPathsReport& report);

}  // namespace gamut::doctor
