#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "gamut/tagging/model_card.h"

namespace gamut::tagging {

/// A training song near another in what a network makes of them.
struct Neighbour {
  std::string song, artist, album, genres;  ///< as in the run; genres joined by "; "
  double similarity = 0;                    ///< cosine, -1 to 1
};

/// Where a model directory keeps its training songs (CSV: song, artist, album, genres), and what one of its
/// networks makes of them: float32, [songs, features], each row of length 1.
std::filesystem::path neighbour_songs_file(const std::filesystem::path& directory);
std::filesystem::path neighbour_embeddings_file(const std::filesystem::path& directory,
                                                const std::string& network_file);

/// The training songs nearest to a song in the embedding space of a genre's network, nearest first.
///
/// @param embedding  Explanation::embedding of the genre.
/// @param n          at most so many.
/// @return none where the model was exported without its training songs.
/// @throws ModelError  files that do not fit each other or the embedding.
std::vector<Neighbour> find_neighbours(const std::filesystem::path& directory, const GenreCard& genre,
                                       std::span<const float> embedding, std::size_t n);

}  // namespace gamut::tagging
