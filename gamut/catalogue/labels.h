#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "gamut/catalogue/catalogue.h"

namespace gamut::catalogue {

/// Which genres an experiment is about.
struct GenreChoice {
  int top = 16;                      ///< the largest ones, where `list` is empty; >= 1. Origin: paper.
  std::vector<std::string> list;     ///< exactly these, in this order
  std::vector<std::string> exclude;  ///< never these; a genre that no song has is no fault here
};

/// The genres of an experiment: the listed ones in their order, or the largest, most songs first and ties by
/// name; never an excluded one.
/// @throws ParameterError  `top` below 1, or a genre listed twice.
/// @throws CatalogueError  a listed genre that no song has, or no genre left.
std::vector<std::string> choose_genres(std::span<const Song> songs, const GenreChoice& choice);

/// Labels of songs over a fixed list of genres.
struct LabelMatrix {
  std::vector<std::string> genres;
  std::vector<std::uint8_t> values;  ///< 0 or 1, row-major, shape [songs, genres]
  bool has(std::size_t song, std::size_t genre) const { return values[song * genres.size() + genre] != 0; }
  std::span<const std::uint8_t> row(std::size_t song) const {
    return std::span(values).subspan(song * genres.size(), genres.size());
  }
};

/// @param genres  the columns; genres of the songs that are not among them are dropped.
LabelMatrix make_labels(std::span<const Song> songs, const std::vector<std::string>& genres);

/// Indices of songs with the same labels, label set by label set: a set's songs in the order given, the sets
/// in order of their rows of 0 and 1.
std::vector<std::vector<std::size_t>> label_sets(const LabelMatrix& labels,
                                                 std::span<const std::size_t> songs);

}  // namespace gamut::catalogue
