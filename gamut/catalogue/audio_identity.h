#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gamut/core/outcome.h"

namespace gamut::catalogue {

/// What was once heard of a song: of one state of its file, by one method.
struct AudioIdentity {
  std::int64_t song_id = 0;
  std::int64_t file_bytes = 0;   ///< of the file as it was read
  std::int64_t modified_ns = 0;  ///< since the epoch of the file clock, likewise
  std::string method = {};       ///< how all that follows was computed, with versions; empty: not known
  Outcome outcome = Outcome::ok;
  std::string reason = {};      ///< why partial or failed
  double duration_s = 0;        ///< seconds decoded
  double declared_s = 0;        ///< seconds that the file declares; 0 where it declares nothing
  double peak = 0;              ///< largest absolute sample of all channels; 1 is full scale
  double rms = 0;               ///< root of the mean square of all channels
  double full_scale_share = 0;  ///< of the samples, those at full scale or beyond; 0 … 1
  std::string content = {};     ///< hash of the decoded samples; empty where failed
  std::vector<std::uint32_t> fingerprint = {};  ///< its 32-bit items in time; empty where failed or too short
};

/// Whether fingerprints are read too: they take a thousand times the room of all the rest.
enum class Fingerprints { with, without };

}  // namespace gamut::catalogue
