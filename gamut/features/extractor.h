#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "gamut/catalogue/catalogue.h"
#include "gamut/features/extract_plan.h"
#include "gamut/spectra/front_end.h"

namespace gamut::features {

struct ExtractOptions {
  std::vector<spectra::FrontEndOptions>
      front_ends;  ///< one picture set each; one sample rate and channel choice
  int jobs = 1;
  bool retry_failed = false;         ///< songs that failed before are tried again, and only these
  double max_duration_s = 3 * 3600;  ///< longer songs fail; finite, > 0
};

/// How the songs of a catalogue stand in the picture sets asked for.
struct ExtractReport {
  struct Fault {
    std::string song, reason;
    Outcome outcome;  ///< partial or failed
  };
  ExtractPlan plan;           ///< what it was about to do, said before it began
  std::int64_t computed = 0;  ///< songs decoded now
  std::int64_t complete = 0;  ///< songs that were complete before
  /// Every song that stands as partial or failed in any of the sets, in catalogue order, new or old; as it
  /// stands in the set where it stands worst.
  std::vector<Fault> faults;
  std::int64_t failed() const;
};

/// Computes the pictures that are missing, all sets of a song from one decode, and records one outcome a song
/// and set. The same decode tells the catalogue what `gamut doctor` and `gamut audit` ask: content hash,
/// fingerprint, levels, lengths.
///
/// Before, it says what it will do and why, see ExtractPlan. A song is drawn anew where the content of its
/// file has changed since, or the version of the front end; pictures that come out as they were keep their
/// rows. A file that is gone changes nothing.
///
/// Rows are written in catalogue order whatever `jobs` is, so the store's bytes do not depend on it. Rows
/// that are recorded but whose bytes do not match their checksum are computed again.
///
/// @throws ParameterError  options out of their range, before anything is touched.
/// @throws FileError    another process extracts into this workspace, or the disk is full: what was recorded
/// is kept.
/// @throws Interrupted  on SIGINT: what was recorded is kept.
ExtractReport extract(catalogue::Catalogue& catalogue, const std::filesystem::path& workspace,
                      const ExtractOptions& options);

}  // namespace gamut::features
