#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gamut/core/outcome.h"

namespace gamut::catalogue {

/// What a song sounds like, as far as copies of it can be told: of one state of its file, by one method.
struct AudioIdentity {
  std::int64_t song_id = 0;
  std::int64_t file_bytes = 0;   ///< of the file as it was read
  std::int64_t modified_ns = 0;  ///< since the epoch of the file clock, likewise
  std::string method = {};       ///< how content and fingerprint were computed, with versions
  Outcome outcome = Outcome::ok;
  std::string reason = {};                      ///< why partial or failed
  double duration_s = 0;                        ///< seconds decoded
  std::string content = {};                     ///< hash of the decoded samples; empty where failed
  std::vector<std::uint32_t> fingerprint = {};  ///< its 32-bit items in time; empty where failed or too short
};

}  // namespace gamut::catalogue
