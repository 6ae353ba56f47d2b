#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "gamut/catalogue/catalogue.h"
#include "gamut/catalogue/taxonomy.h"

namespace gamut::catalogue {

struct Suggestion {
  std::string subgenre;   ///< as the taxonomy writes it
  double similarity = 0;  ///< label_similarity() with the nearest of its names, 0 to 1
};

/// A label that a taxonomy does not have, and what of the taxonomy is like it.
struct UnmappedLabel {
  std::string label;  ///< as first written
  std::int64_t songs = 0;
  std::vector<Suggestion> nearest;  ///< the most alike first, ties by name
};

struct SuggestOptions {
  int nearest = 3;              ///< suggestions a label at most; >= 1
  double min_similarity = 0.6;  ///< 0 to 1
};

/// Songs of each label, subgenre or genre, of a library; labels of one label_key() are one, as first written.
std::map<std::string, std::int64_t> count_labels(std::span<const Song> songs);

/// The labels that are neither a subgenre (by any of its names) nor a genre of the taxonomy, those of most
/// songs first, ties by name. Nothing is mapped: what fits, a person puts into the taxonomy as an alias.
/// @param labels  songs of each label.
/// @throws ParameterError  an option out of its range.
std::vector<UnmappedLabel> suggest_labels(const std::map<std::string, std::int64_t>& labels,
                                          const Taxonomy& taxonomy, const SuggestOptions& options);

}  // namespace gamut::catalogue
