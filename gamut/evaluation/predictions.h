#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace gamut::evaluation {

/// Scores of songs for genres, with the truth: the only input of evaluation, from gamut or any other program.
/// On disk: CSV `song,label:<genre>…,score:<genre>…` and, where known, `part,fold,album,artist`.
struct Predictions {
  std::vector<std::string> songs;
  std::vector<std::string> genres;
  std::vector<std::uint8_t> labels;  ///< 0 or 1, shape [songs, genres]
  std::vector<double> scores;        ///< in [0, 1], shape [songs, genres]
  std::vector<std::string> part, fold, album, artist;  ///< empty where the file has no such column

  std::size_t size() const { return songs.size(); }
};

/// Columns are matched by name, in any order.
/// @throws FileError  missing; @throws ParameterError  every fault with its line: a label that is not 0 or 1, a score that is not in
/// [0, 1], a genre with a label and no score or the reverse, a song twice.
Predictions load_predictions(const std::filesystem::path& path);

/// Scores with 9 significant digits, atomically.
void save_predictions(const std::filesystem::path& path, const Predictions& predictions);

}  // namespace gamut::evaluation
