#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "gamut/catalogue/folds.h"
#include "gamut/doctor/copies.h"

namespace gamut::doctor {

/// Songs in train, validation and test.
using PartCounts = std::array<std::int64_t, catalogue::kParts.size()>;

/// A combination of genres that some part lacks.
struct LabelSetGap {
  std::vector<std::string> genres = {};
  PartCounts songs = {};
  bool too_few = false;  ///< fewer songs or albums than parts: no split without leaks has it everywhere
};

/// A set of copies with songs in more than one part.
struct CrossingCopies {
  std::size_t set = 0;  ///< index into Copies::sets
  PartCounts songs = {};
};

/// What the audit of one split found.
struct SplitFindings {
  int fold = 0, repeat = 0;
  catalogue::SplitAudit counts = {};
  std::vector<catalogue::CrossingGroup> albums = {}, artists = {};  ///< those that cross parts
  std::int64_t label_sets = 0;                                      ///< that the songs have
  std::vector<LabelSetGap> gaps = {};  ///< most songs first; parts without songs are no gap
  std::int64_t unseen_test_songs = 0;  ///< whose label set training does not have
  std::vector<CrossingCopies> copies = {};
  std::int64_t test_songs_with_copies_in_training = 0;
};

/// @param songs   of the split.
/// @param labels  of these songs.
/// @param copies  among these songs.
/// @throws ParameterError  parts or labels of other songs.
SplitFindings find_in_split(std::span<const catalogue::Song> songs, const catalogue::LabelMatrix& labels,
                            const catalogue::FoldParts& split, const Copies& copies);

}  // namespace gamut::doctor
