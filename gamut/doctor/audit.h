#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gamut/core/json_fwd.h"
#include "gamut/doctor/run_splits.h"
#include "gamut/doctor/split_findings.h"

namespace gamut::doctor {

/// What the audio of the audited songs shows.
struct AudioFindings {
  std::int64_t computed = 0;              ///< decoded now
  std::vector<std::string> missing = {};  ///< names of songs whose file is not there
  std::vector<std::string> failed = {};   ///< "name: reason" of songs whose file cannot be decoded
  std::vector<std::string> partial =
      {};              ///< likewise of those decoded in part; they are compared as they are
  Copies copies = {};  ///< indices into Audit::songs
};

/// What an audit found; songs are referred to by index.
struct Audit {
  std::vector<catalogue::Song> songs = {};
  std::int64_t gone = 0;                    ///< songs of the splits that the catalogue has no more
  std::vector<SplitFindings> splits = {};   ///< empty where the library was audited as it is
  std::optional<AudioFindings> audio = {};  ///< none where it was left out
};

struct AuditOptions {
  bool audio = true;  ///< decode every song and look for copies
  int jobs = 1;       ///< threads
};

/// Looks for copies in the whole library.
/// @throws FileError    the catalogue cannot be written.
/// @throws Interrupted  what was fingerprinted is kept.
Audit audit_library(catalogue::Catalogue& catalogue, const AuditOptions& options);

/// Looks for whatever crosses the parts of splits: albums, artists, copies; and for what parts lack.
/// @throws FileError    the catalogue cannot be written.
/// @throws Interrupted  what was fingerprinted is kept.
Audit audit_splits(catalogue::Catalogue& catalogue, Splits splits, const AuditOptions& options);

/// Every finding with its songs, by name.
Json to_json(const Audit& audit);

/// For people: what was found, the worst examples, and what was not looked at.
/// @param subject  "the run x", for the first line.
std::string to_text(const Audit& audit, const std::string& subject);

}  // namespace gamut::doctor
