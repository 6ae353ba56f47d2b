#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gamut/catalogue/catalogue.h"
#include "gamut/core/json.h"

namespace gamut::catalogue {

enum class Part { train, validation, test };
std::string_view to_string(Part part);

enum class GroupBy { none, album, artist };
std::string_view to_string(GroupBy group_by);
GroupBy parse_group_by(std::string_view word);

struct SplitOptions {
  double test = 0.1;        ///< share of the songs; origin: paper
  double validation = 0.1;  ///< share of the songs
  GroupBy group_by = GroupBy::album;
  std::uint64_t seed = 97;
};

/// Which genres an experiment is about.
struct GenreChoice {
  int top = 16;                        ///< the largest ones, where `list` is empty; origin: paper
  std::vector<std::string> list;       ///< exactly these, in this order
  std::vector<std::string> exclude;
};
/// @throws CatalogueError  a listed genre that no song has, or fewer than one genre left.
std::vector<std::string> choose_genres(std::span<const Song> songs, const GenreChoice& choice);

/// Labels of songs over a fixed list of genres.
struct LabelMatrix {
  std::vector<std::string> genres;
  std::vector<std::uint8_t> values;  ///< 0 or 1, shape [songs, genres]
  bool has(std::size_t song, std::size_t genre) const { return values[song * genres.size() + genre] != 0; }
};
LabelMatrix make_labels(std::span<const Song> songs, const std::vector<std::string>& genres);

/// One part a song, such that the shares are met for the whole and for each genre, and no group crosses parts.
/// Without groups the label powerset is stratified; label sets too small to split are pooled.
/// The same with any compiler: integer arithmetic and our own generator.
/// @param songs   songs of the experiment, all with at least one of the genres.
/// @throws CatalogueError  `group_by` a field that songs lack (named, with how many lack it), or too few groups to split.
std::vector<Part> draw_split(std::span<const Song> songs, const LabelMatrix& labels, const SplitOptions& options);

/// Training songs of one genre's binary network: every positive of `candidates`, and as many negatives, stratified over
/// label sets (all of them where there are fewer). Sorted.
struct BinarySet {
  std::vector<std::size_t> positives, negatives;  ///< indices into the songs
};
BinarySet draw_balanced(const LabelMatrix& labels, std::size_t genre, std::span<const std::size_t> candidates,
                        std::uint64_t seed);

/// How well a split kept its promises: shares for the whole and a genre, groups that cross parts.
struct SplitAudit {
  struct Row {
    std::string genre;   ///< "(all)" first
    std::int64_t train = 0, validation = 0, test = 0;
  };
  std::vector<Row> rows;
  std::int64_t albums_crossing = 0, artists_crossing = 0;       ///< with songs in more than one part
  std::int64_t test_songs_with_album_mates = 0;                 ///< in train or validation
  std::int64_t test_songs_with_artist_mates = 0;
  std::int64_t songs_without_album = 0, songs_without_artist = 0;
};
SplitAudit audit_split(std::span<const Song> songs, const LabelMatrix& labels, std::span<const Part> parts);
Json to_json(const SplitAudit& audit);

/// `split.csv`: song,part,fold,album,artist.
void save_split(const std::filesystem::path& path, std::span<const Song> songs, std::span<const Part> parts);
/// Parts in the order of `songs`.
/// @throws CatalogueError  a song of `songs` is missing from the file, or the file names a song that is not there.
std::vector<Part> load_split(const std::filesystem::path& path, std::span<const Song> songs);

}  // namespace gamut::catalogue
