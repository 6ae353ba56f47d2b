#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gamut::evaluation {

/// Scores of songs for genres, with the truth: the only input of evaluation, from gamut or any other program.
/// On disk: CSV `song,label:<genre>…,score:<genre>…` and, where known, `part,fold,album,artist`.
struct Predictions {
  std::vector<std::string> songs = {};
  std::vector<std::string> genres = {};
  std::vector<std::uint8_t> labels = {};  ///< 0 or 1, shape [songs, genres]
  std::vector<double> scores = {};        ///< in [0, 1], shape [songs, genres]
  // What else is known of each song; empty where the file has no such column.
  std::vector<std::string> part = {}, fold = {}, album = {}, artist = {};

  std::size_t size() const { return songs.size(); }
};

/// Checks that the shapes agree and that every value is one the file format can hold.
///
/// @throws ParameterError  naming the first fault: no song or no genre, a name that is empty, doubled or
/// edged by blanks, an array of the wrong length, a label that is not 0 or 1, a score that is not in [0, 1].
void validate(const Predictions& predictions);

/// Reads a predictions file. Columns are matched by name, in any order; genres keep the order of the label
/// columns; other columns are ignored.
///
/// @throws FileError  missing, unreadable or empty.
/// @throws ParameterError  every fault with its line: a row of the wrong width, a song without a name, a song
/// twice (in one fold, where there are folds), a label that is not 0 or 1, a score that is not in [0, 1], a
/// genre with a label and no score or the reverse, no song at all.
Predictions load_predictions(const std::filesystem::path& path);

/// Writes a predictions file atomically; scores carry 9 significant digits, which brings any float32 back
/// unchanged.
///
/// @throws ParameterError  as validate().
/// @throws FileError  the disk is full or the directory is not writable.
void save_predictions(const std::filesystem::path& path, const Predictions& predictions);

/// The songs of one part, in their order, with everything that is known of them; none where the part has none
/// (which evaluate() then refuses).
///
/// @param part  "train", "validation", "test", or whatever else the part column says.
/// @throws ParameterError  the predictions have songs and no part column.
Predictions select_part(const Predictions& predictions, std::string_view part);

}  // namespace gamut::evaluation
