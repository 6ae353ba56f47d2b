#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "gamut/catalogue/catalogue.h"

namespace gamut::catalogue {

/// Which genres an experiment is about. Names are compared by label_key().
struct GenreChoice {
  int top = 16;                      ///< the largest ones, where `list` is empty; >= 1. Origin: paper.
  std::int64_t min_songs = 1;        ///< none with fewer songs than this, listed or not; >= 1
  std::vector<std::string> list;     ///< exactly these, in this order
  std::vector<std::string> exclude;  ///< never these; a genre that no song has is no fault here
};

/// The genres of an experiment: the listed ones in their order, or the largest, most songs first and ties by
/// name; never an excluded one or one of fewer than `min_songs` songs. They come as the songs write them
/// first.
/// @throws ParameterError  `top` or `min_songs` below 1, or a genre listed twice.
/// @throws CatalogueError  a listed genre that no song has, or no genre left.
std::vector<std::string> choose_genres(std::span<const Song> songs, const GenreChoice& choice);

/// What a choice of genres makes of a library.
struct GenreConsequences {
  std::vector<GenreCount> genres;     ///< the chosen ones in their order; `albums` is not counted
  std::vector<GenreCount> left_out;   ///< the others, most songs first, ties by name; `albums` is not counted
  std::int64_t songs = 0;             ///< of the library
  std::int64_t without_genre = 0;     ///< that have no genre at all
  std::int64_t left_without = 0;      ///< that have genres, but none of the chosen
  std::int64_t chosen = 0;            ///< that have one of the chosen or more
  double cardinality = 0;             ///< mean labels a chosen song; 0 where there is none
  std::int64_t label_sets = 0;        ///< distinct sets of labels of chosen songs
  std::int64_t single_song_sets = 0;  ///< of these, the ones of one song: no split can stand on both sides
};

/// @param genres  the chosen ones.
GenreConsequences genre_consequences(std::span<const Song> songs, const std::vector<std::string>& genres);

/// The consequences in three or four lines, the last without its newline.
std::string describe(const GenreConsequences& consequences);

/// Labels of songs over a fixed list of genres.
struct LabelMatrix {
  std::vector<std::string> genres;
  std::vector<std::uint8_t> values;  ///< 0 or 1, row-major, shape [songs, genres]
  bool has(std::size_t song, std::size_t genre) const { return values[song * genres.size() + genre] != 0; }
  std::span<const std::uint8_t> row(std::size_t song) const {
    return std::span(values).subspan(song * genres.size(), genres.size());
  }
};

/// @param genres  the columns, compared by label_key(); genres of the songs that are not among them are
///                dropped.
LabelMatrix make_labels(std::span<const Song> songs, const std::vector<std::string>& genres);

/// Indices of songs with the same labels, label set by label set: a set's songs in the order given, the sets
/// in order of their rows of 0 and 1.
std::vector<std::vector<std::size_t>> label_sets(const LabelMatrix& labels,
                                                 std::span<const std::size_t> songs);

}  // namespace gamut::catalogue
