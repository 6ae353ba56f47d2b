#include "gamut/doctor/split_findings.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace gamut::doctor {
namespace {

using catalogue::Part;

constexpr auto kTrain = static_cast<std::size_t>(Part::train);
constexpr auto kTest = static_cast<std::size_t>(Part::test);

PartCounts count_parts(std::span<const std::size_t> songs, std::span<const Part> parts) {
  PartCounts counts{};
  for (std::size_t song : songs) ++counts[static_cast<std::size_t>(parts[song])];
  return counts;
}

std::vector<std::string> genres_of(const catalogue::LabelMatrix& labels, std::size_t song) {
  std::vector<std::string> genres;
  for (std::size_t g = 0; g < labels.genres.size(); ++g) {
    if (labels.has(song, g)) genres.push_back(labels.genres[g]);
  }
  return genres;
}

/// Albums among some songs; a song without one counts as one of its own.
std::int64_t count_albums(std::span<const std::size_t> songs, const catalogue::Groups& albums) {
  std::set<std::size_t> different;
  std::int64_t singles = 0;
  for (std::size_t song : songs) {
    if (albums.of_song[song] == catalogue::kNoGroup) {
      ++singles;
    } else {
      different.insert(albums.of_song[song]);
    }
  }
  return singles + std::ssize(different);
}

void find_gaps(std::span<const catalogue::Song> songs, const catalogue::LabelMatrix& labels,
               std::span<const Part> parts, SplitFindings& findings) {
  std::vector<std::size_t> all(songs.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  const PartCounts sizes = count_parts(all, parts);
  const auto used_parts = std::ssize(sizes) - std::count(sizes.begin(), sizes.end(), 0);
  const catalogue::Groups albums = catalogue::album_groups(songs);
  for (const std::vector<std::size_t>& set : label_sets(labels, all)) {
    ++findings.label_sets;
    LabelSetGap gap{.genres = genres_of(labels, set.front()), .songs = count_parts(set, parts)};
    const bool everywhere =
        std::equal(sizes.begin(), sizes.end(), gap.songs.begin(),
                   [](std::int64_t part, std::int64_t here) { return part == 0 || here > 0; });
    if (everywhere) continue;
    gap.too_few = std::ssize(set) < used_parts || count_albums(set, albums) < used_parts;
    if (gap.songs[kTrain] == 0) findings.unseen_test_songs += gap.songs[kTest];
    findings.gaps.push_back(std::move(gap));
  }
  std::stable_sort(findings.gaps.begin(), findings.gaps.end(),
                   [](const LabelSetGap& a, const LabelSetGap& b) {
                     return std::accumulate(a.songs.begin(), a.songs.end(), std::int64_t{0}) >
                            std::accumulate(b.songs.begin(), b.songs.end(), std::int64_t{0});
                   });
}

}  // namespace

SplitFindings find_in_split(std::span<const catalogue::Song> songs, const catalogue::LabelMatrix& labels,
                            const catalogue::FoldParts& split, const Copies& copies) {
  SplitFindings findings{.fold = split.fold, .repeat = split.repeat};
  findings.counts = audit_split(songs, labels, split.parts);
  findings.albums = crossing_groups(catalogue::album_groups(songs), split.parts);
  findings.artists = crossing_groups(catalogue::artist_groups(songs), split.parts);
  find_gaps(songs, labels, split.parts, findings);
  for (std::size_t i = 0; i < copies.sets.size(); ++i) {
    const PartCounts counts = count_parts(copies.sets[i].songs, split.parts);
    if (std::count(counts.begin(), counts.end(), 0) >= 2) continue;
    findings.copies.push_back({i, counts});
    if (counts[kTrain] > 0) findings.test_songs_with_copies_in_training += counts[kTest];
  }
  return findings;
}

}  // namespace gamut::doctor
