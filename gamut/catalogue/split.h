#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gamut/catalogue/catalogue.h"
#include "gamut/catalogue/groups.h"
#include "gamut/catalogue/labels.h"
#include "gamut/core/json_fwd.h"

namespace gamut::catalogue {

enum class Part { train, validation, test };
inline constexpr std::array<Part, 3> kParts = {Part::train, Part::validation, Part::test};
std::string_view to_string(Part part);
/// @throws ParameterError  a word that is none of train, validation, test.
Part parse_part(std::string_view word);

struct SplitOptions {
  double test = 0.1;        ///< share of the songs, 0 … 1, to six decimals. Origin: paper.
  double validation = 0.1;  ///< share of the songs, 0 … 1, to six decimals; with `test` below 1
  GroupBy group_by = GroupBy::album;
  std::uint64_t seed = 97;
};

/// One part a song, such that the shares are met for the whole and for each genre, and no group crosses
/// parts.
///
/// With groups: group-wise iterative stratification from the rarest genre on, then a local search of moves
/// and swaps, see stratify.h. A genre has songs in every part where it has groups enough. Without groups the
/// label powerset is stratified: every label set with songs enough for each part gives each part its share,
/// rounded down or up; the smaller sets are pooled and dealt genre by genre.
///
/// The same with any compiler (integer arithmetic and our own generator) and for any order of `songs`.
///
/// @param songs   songs of the experiment, all with at least one of the genres; their names are different.
/// A library that has grown keeps its split: songs with a part in `kept` stay there, the others go where the
/// shares need them, but into the part of their group where that has kept songs (of several, the one that has
/// most of it). How near the shares then come depends on what was kept.
///
/// @param labels  of these songs.
/// @param kept    one a song, or none at all; none where a song has no part yet.
/// @throws ParameterError  shares outside their range, or labels or kept parts of other songs.
/// @throws CatalogueError  `group_by` a field that songs lack (named, with how many lack it), or too few
/// groups to split.
/// @source Sechidis, Tsoumakas & Vlahavas, On the Stratification of Multi-label Data, ECML PKDD 2011.
std::vector<Part> draw_split(std::span<const Song> songs, const LabelMatrix& labels,
                             const SplitOptions& options, std::span<const std::optional<Part>> kept = {});

/// Training songs of one genre's binary network.
struct BinarySet {
  std::vector<std::size_t> positives, negatives;  ///< indices into the songs, ascending
};

/// Every positive of `candidates`, and `ratio` times as many negatives, stratified over label sets by the
/// largest remainder (all of them where there are fewer). Each genre draws from a random stream of its own.
/// @param genre       column of `labels`.
/// @param candidates  indices of songs, each once, in any order.
/// @param ratio       negatives a positive, rounded to whole songs; > 0, may be infinite. Origin: paper (1).
BinarySet draw_binary_set(const LabelMatrix& labels, std::size_t genre,
                          std::span<const std::size_t> candidates, std::uint64_t seed, double ratio = 1);

/// A group with songs in more than one part.
struct CrossingGroup {
  std::size_t first_song = 0;                          ///< index of one of its songs, to name it by
  std::array<std::int64_t, kParts.size()> songs = {};  ///< in train, validation and test
};

/// The groups that cross parts, in order of first appearance; songs without a group belong to none.
/// @param parts  one a song of `groups`.
std::vector<CrossingGroup> crossing_groups(const Groups& groups, std::span<const Part> parts);

/// How well a split kept its promises: shares for the whole and a genre, groups that cross parts.
struct SplitAudit {
  struct Row {
    std::string genre;  ///< "(all)" first
    std::int64_t train = 0, validation = 0, test = 0;
  };
  std::vector<Row> rows;
  std::int64_t albums_crossing = 0, artists_crossing = 0;  ///< with songs in more than one part
  std::int64_t test_songs_with_album_mates = 0;            ///< in train or validation
  std::int64_t test_songs_with_artist_mates = 0;
  std::int64_t test_songs_with_album_mates_in_training = 0;
  std::int64_t test_songs_with_artist_mates_in_training = 0;
  std::int64_t songs_without_album = 0, songs_without_artist = 0;  ///< of these nothing can be said
};

/// Albums are those of album_groups().
SplitAudit audit_split(std::span<const Song> songs, const LabelMatrix& labels, std::span<const Part> parts);
Json to_json(const SplitAudit& audit);

/// `split.csv`: song,part,fold,album,artist,label:<genre>…, one row a song; albums as album_names() calls
/// them. Written atomically.
/// @param labels  of the songs.
void save_split(const std::filesystem::path& path, std::span<const Song> songs, const LabelMatrix& labels,
                std::span<const Part> parts, int fold = 0);

/// Parts in the order of `songs`.
/// @param labels  of the songs; nullptr: whatever the file says of labels.
/// @throws FileError       missing or unreadable.
/// @throws CatalogueError  a malformed row, a song twice, a song of `songs` that the file lacks, a song that
/// is not among them, or a song with other labels.
std::vector<Part> load_split(const std::filesystem::path& path, std::span<const Song> songs,
                             const LabelMatrix* labels = nullptr);

/// A split of other songs, as far as it says something of these.
struct EarlierSplit {
  std::vector<std::optional<Part>> parts;  ///< one a song; none where the file lacks it
  std::vector<std::string> strangers;      ///< songs of the file that are not among these
  std::vector<std::string> relabelled;     ///< songs of both with other labels now
};

/// The parts of those of `songs` that a split file names: an earlier state of a library, or a data set's
/// split.
/// @param labels  of the songs; nullptr: whatever the file says of labels. Where the file has other genres,
/// as label_key() sees them, or another order of them, all its songs have other labels.
/// @throws FileError       missing or unreadable.
/// @throws CatalogueError  a malformed row, or a song twice.
EarlierSplit load_earlier_split(const std::filesystem::path& path, std::span<const Song> songs,
                                const LabelMatrix* labels = nullptr);

}  // namespace gamut::catalogue
