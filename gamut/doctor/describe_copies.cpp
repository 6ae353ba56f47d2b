#include "gamut/doctor/describe_copies.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/identity/examiner.h"

namespace gamut::doctor {

std::string describe(const CopySet& set, const Copies& copies, std::span<const catalogue::Song> songs) {
  std::vector<std::string> names;
  for (std::size_t song : set.songs) names.push_back(printable(songs[song].name));
  std::string line = join(names, ", ");
  const auto match = std::ranges::find_if(copies.matches, [&](const Match& candidate) {
    return std::ranges::binary_search(set.songs, candidate.first);
  });
  if (!set.exact && match != copies.matches.end()) {
    const double item_s = identity::fingerprint_item_s();
    line += fmt::format(" (bit error rate {:.3f} over {:.0f} s, {:.1f} s apart)", match->bit_error_rate,
                        match->overlap_items * item_s, std::abs(match->offset_items) * item_s);
  }
  return line;
}

Json near_pairs(const Copies& copies, std::span<const catalogue::Song> songs) {
  const double item_s = identity::fingerprint_item_s();
  Json pairs = Json::array();
  for (const Match& match : copies.matches) {
    pairs.push_back({{"first", songs[match.first].name},
                     {"second", songs[match.second].name},
                     {"offset_s", match.offset_items * item_s},
                     {"overlap_s", match.overlap_items * item_s},
                     {"bit_error_rate", match.bit_error_rate}});
  }
  return pairs;
}

}  // namespace gamut::doctor
