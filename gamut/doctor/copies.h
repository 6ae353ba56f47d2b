#pragma once

#include <span>
#include <vector>

#include "gamut/doctor/fingerprint_index.h"
#include "gamut/doctor/identify.h"

namespace gamut::doctor {

/// Songs that are one recording.
struct CopySet {
  std::vector<std::size_t> songs;  ///< indices, ascending; two or more
  bool exact = true;               ///< all have the same decoded samples
};

/// The copies in a library.
struct Copies {
  std::vector<CopySet> sets;   ///< in order of their first song
  std::vector<Match> matches;  ///< the near pairs; one song stands for all with the same samples
};

/// Exact duplicates by content, near ones by fingerprint; what hangs together through such pairs is one set.
/// @param identities  one a song; failed ones are copies of nothing.
/// @param jobs        threads.
Copies find_copies(std::span<const catalogue::AudioIdentity> identities, int jobs);

}  // namespace gamut::doctor
