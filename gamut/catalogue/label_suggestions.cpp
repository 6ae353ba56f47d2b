#include "gamut/catalogue/label_suggestions.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "gamut/core/error.h"
#include "gamut/core/label_key.h"

namespace gamut::catalogue {
namespace {

/// A subgenre and the characters of its names.
struct Candidate {
  std::string subgenre;
  std::vector<std::u32string> names;
};

std::vector<Candidate> make_candidates(const Taxonomy& taxonomy) {
  std::vector<Candidate> candidates;
  for (const auto& [subgenre, genres] : taxonomy.subgenres()) {
    candidates.push_back({subgenre, {near_label_characters(subgenre)}});
    for (const std::string& alias : taxonomy.aliases_of(subgenre)) {
      candidates.back().names.push_back(near_label_characters(alias));
    }
  }
  return candidates;
}

std::vector<Suggestion> nearest_subgenres(const std::string& label, const std::vector<Candidate>& candidates,
                                          const SuggestOptions& options) {
  const std::u32string own = near_label_characters(label);
  std::vector<Suggestion> list;
  for (const Candidate& candidate : candidates) {
    double similarity = 0;
    for (const std::u32string& name : candidate.names) {
      similarity = std::max(similarity, label_similarity(own, name, options.min_similarity));
    }
    if (similarity > 0) list.push_back({candidate.subgenre, similarity});
  }
  std::stable_sort(list.begin(), list.end(),
                   [](const auto& a, const auto& b) { return a.similarity > b.similarity; });
  if (list.size() > static_cast<std::size_t>(options.nearest)) {
    list.resize(static_cast<std::size_t>(options.nearest));
  }
  return list;
}

}  // namespace

std::map<std::string, std::int64_t> count_labels(std::span<const Song> songs) {
  std::unordered_map<std::string, std::string> first_of_key;
  std::unordered_map<std::string, std::string> first_of_label;
  std::map<std::string, std::int64_t> counts;
  for (const Song& song : songs) {
    std::vector<std::string> own;
    for (const auto* labels : {&song.subgenres, &song.genres}) {
      for (const std::string& label : *labels) {
        auto [known, is_new] = first_of_label.try_emplace(label);
        if (is_new) known->second = first_of_key.try_emplace(label_key(label), label).first->second;
        own.push_back(known->second);
      }
    }
    std::sort(own.begin(), own.end());
    own.erase(std::unique(own.begin(), own.end()), own.end());
    for (const std::string& label : own) ++counts[label];
  }
  return counts;
}

std::vector<UnmappedLabel> suggest_labels(const std::map<std::string, std::int64_t>& labels,
                                          const Taxonomy& taxonomy, const SuggestOptions& options) {
  if (options.nearest < 1) {
    throw ParameterError(fmt::format("{} suggestions a label; ask for 1 or more", options.nearest));
  }
  if (!(options.min_similarity >= 0 && options.min_similarity <= 1)) {
    throw ParameterError(
        fmt::format("the smallest similarity is {}; it must be between 0 and 1", options.min_similarity));
  }
  const std::vector<Candidate> candidates = make_candidates(taxonomy);
  std::vector<UnmappedLabel> unmapped;
  for (const auto& [label, songs] : labels) {
    if (taxonomy.contains(label) || taxonomy.find_genre(label)) continue;
    unmapped.push_back({label, songs, nearest_subgenres(label, candidates, options)});
  }
  std::stable_sort(unmapped.begin(), unmapped.end(),
                   [](const auto& a, const auto& b) { return a.songs > b.songs; });
  return unmapped;
}

}  // namespace gamut::catalogue
