#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gamut/evaluation/metrics.h"
#include "gamut/evaluation/predictions.h"

namespace gamut::evaluation {

/// Songs whose labels a guesser may know: those of training, or in their place those of validation.
struct KnownSongs {
  std::string part = "training";  ///< "training" or "validation", for sentences
  std::vector<std::string> genres = {};
  std::vector<std::uint8_t> labels = {};  ///< shape [songs, genres]
  std::vector<std::string> fold = {};     ///< whose training songs they are; empty, or not looked at, where
                                          ///< there are no folds
  std::vector<std::string> album = {};    ///< empty where it is not known

  std::size_t size() const { return genres.empty() ? 0 : labels.size() / genres.size(); }
};

/// Songs of the part "train", else of "validation"; none where there are neither.
KnownSongs known_songs(const Predictions& predictions);

/// Training songs of a split file that has the columns song, part and label:<genre>, and fold and album where
/// they are known.
///
/// @throws FileError  missing or unreadable.
/// @throws ParameterError  a column that is missing, or a label that is not 0 or 1, with its line.
KnownSongs load_known_songs(const std::filesystem::path& split, std::span<const std::string> genres);

/// What a guesser that never hears the music reaches.
struct Baseline {
  std::string name;  ///< as in the column decision of results.csv
  std::string what;  ///< what it does, in a sentence
  std::vector<GenreMetrics> metrics;
};

/// The baselines of the songs:
///
/// - `majority`: gives a genre to every song where most known songs have it; the score is 1 or 0.
/// - `prevalence`: gives each genre at random, as often as known songs have it; the mean over draws (between
/// 1
///   and 100, fewer for many songs), the score being the genre's share.
/// - `popularity`: gives every song the most frequent genres, as many as a known song has on average; the
///   score is the genre's share.
/// - `album-oracle`, where songs have album-mates among known songs of training: the score is the share of
/// the mates
///   that have the genre, decided at 0.5; for the others the genre's share among all.
///
/// @param known  the songs to learn from, of the same genres.
/// @param seed   of the random draws.
/// @throws ParameterError  as validate(), no known song in a fold, or other genres.
std::vector<Baseline> make_baselines(const Predictions& predictions, const KnownSongs& known,
                                     Undefined undefined = Undefined::zero, std::uint64_t seed = 97);

/// What a metric is expected to be for scores that know nothing of the song: 0.5 for balanced accuracy and
/// ROC AUC, 0 for MCC, the prevalence for average precision; none for the others, which depend on how often
/// the genre is given.
std::optional<double> chance_level(std::string_view metric, double prevalence);

/// A sentence for each genre, and for all cells and macro, whose interval of the ROC AUC or the balanced
/// accuracy includes chance.
std::vector<std::string> describe_chance(std::span<const GenreMetrics> genres);

}  // namespace gamut::evaluation
