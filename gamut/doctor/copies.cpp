#include "gamut/doctor/copies.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>

#include "gamut/core/disjoint_sets.h"

namespace gamut::doctor {
Copies find_copies(std::span<const catalogue::AudioIdentity> identities, int jobs) {
  DisjointSets sets(identities.size());
  std::unordered_map<std::string_view, std::size_t> first_with;
  std::vector<std::size_t> representatives;
  std::vector<Fingerprint> fingerprints;
  for (std::size_t i = 0; i < identities.size(); ++i) {
    if (identities[i].content.empty()) continue;
    const auto [known, is_new] = first_with.emplace(identities[i].content, i);
    if (is_new) {
      representatives.push_back(i);
      fingerprints.emplace_back(identities[i].fingerprint);
    } else {
      sets.merge(known->second, i);
    }
  }

  Copies copies;
  copies.matches = find_matches(fingerprints, jobs);
  for (Match& match : copies.matches) {
    match.first = representatives[match.first];
    match.second = representatives[match.second];
    sets.merge(match.first, match.second);
  }

  std::map<std::size_t, CopySet> by_root;
  for (std::size_t i = 0; i < identities.size(); ++i) by_root[sets.root(i)].songs.push_back(i);
  for (auto& [root, set] : by_root) {
    if (set.songs.size() < 2) continue;
    set.exact = std::all_of(set.songs.begin(), set.songs.end(), [&](std::size_t song) {
      return identities[song].content == identities[set.songs.front()].content;
    });
    copies.sets.push_back(std::move(set));
  }
  std::sort(copies.sets.begin(), copies.sets.end(),
            [](const CopySet& a, const CopySet& b) { return a.songs.front() < b.songs.front(); });
  return copies;
}

}  // namespace gamut::doctor
