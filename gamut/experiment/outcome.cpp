#include "gamut/experiment/outcome.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "gamut/core/error.h"
#include "gamut/core/text.h"
#include "gamut/evaluation/metrics.h"
#include "gamut/experiment/cell.h"

namespace gamut::experiment {
namespace {

using catalogue::Part;
using evaluation::Predictions;
using evaluation::ResultRow;

bool is_one_genre(const ResultRow& row) {
  return !row.genre.starts_with('(');
}

/// The values of one column, in order of first appearance.
std::vector<std::string> values_of(const std::vector<ResultRow>& rows, std::string ResultRow::*column) {
  std::vector<std::string> values;
  for (const ResultRow& row : rows) {
    if (std::find(values.begin(), values.end(), row.*column) == values.end()) values.push_back(row.*column);
  }
  return values;
}

/// A metric as people write it.
std::string display_name(std::string metric) {
  if (metric == "f1") return "F1";
  std::replace(metric.begin(), metric.end(), '_', ' ');
  return metric;
}

/// One fold's validation songs, then its test songs.
void append_fold(Predictions& predictions, const Combination& combination, const Selection& selection,
                 std::span<const Part> parts, const std::filesystem::path& cells) {
  std::vector<std::size_t> songs;
  for (const Part part : {Part::validation, Part::test}) {
    for (std::size_t i = 0; i < selection.songs.size(); ++i) {
      if (parts[i] == part) songs.push_back(i);
    }
  }
  const std::size_t n_genres = predictions.genres.size();
  const std::size_t first_song = predictions.size();
  for (const std::size_t song : songs) {
    predictions.songs.push_back(selection.songs[song].name);
    predictions.part.emplace_back(to_string(parts[song]));
    predictions.fold.push_back(std::to_string(combination.fold));
    predictions.album.push_back(selection.songs[song].album);
    predictions.artist.push_back(selection.songs[song].artist);
    for (std::size_t g = 0; g < n_genres; ++g)
      predictions.labels.push_back(selection.labels.has(song, g) ? 1 : 0);
  }
  predictions.scores.resize(predictions.size() * n_genres);
  std::size_t first_genre = 0;
  for (const Cell& cell : plan_cells({combination}, predictions.genres)) {
    const std::map<std::string, std::vector<double>> scores = load_scores(cells, cell);
    const std::size_t n_scores = cell.genre.empty() ? n_genres : 1;
    for (std::size_t i = first_song; i < predictions.size(); ++i) {
      const auto score = scores.find(predictions.songs[i]);
      if (score == scores.end() || score->second.size() != n_scores) {
        throw FileError(printable((cells / cell.folder()).string()) + " has no score for " +
                        printable(predictions.songs[i]) + "; delete that folder and run again");
      }
      std::ranges::copy(score->second,
                        predictions.scores.begin() + static_cast<std::ptrdiff_t>(i * n_genres + first_genre));
    }
    first_genre += n_scores;
  }
}

statistics::Observation observation(const ResultRow& row) {
  return {.columns = {{"scale", row.scale},
                      {"genre", row.genre},
                      {"architecture", row.architecture},
                      {"repeat", row.repeat}},
          .value = row.value};
}

}  // namespace

Predictions collect_predictions(const PooledCombinations& pooled, const Selection& selection,
                                std::span<const catalogue::FoldParts> splits,
                                const std::filesystem::path& cells) {
  Predictions predictions;
  predictions.genres = selection.labels.genres;
  for (const Combination& combination : pooled.folds) {
    append_fold(predictions, combination, selection, parts_of(splits, combination), cells);
  }
  return predictions;
}

std::vector<ResultRow> score_combination(const std::string& run, const PooledCombinations& pooled,
                                         const Predictions& predictions) {
  const Combination& combination = pooled.folds.front();
  std::vector<ResultRow> rows;
  for (const Part part : {Part::validation, Part::test}) {
    const Predictions chosen = evaluation::select_part(predictions, to_string(part));
    if (chosen.size() == 0) continue;
    for (const evaluation::GenreMetrics& genre : evaluation::evaluate(chosen)) {
      for (const evaluation::Metric& metric : genre.metrics) {
        rows.push_back({.run = run,
                        .scale = combination.scale,
                        .reduce = combination.reduce,
                        .strategy = combination.strategy,
                        .architecture = combination.architecture,
                        .initialisation = combination.initialisation,
                        .fold = pooled.fold_name(),
                        .repeat = std::to_string(combination.repeat),
                        .part = std::string(to_string(part)),
                        .decision = "0.5",
                        .genre = genre.genre,
                        .metric = metric.name,
                        .value = metric.value,
                        .low = std::nullopt,
                        .high = std::nullopt,
                        .undefined = false});
      }
    }
  }
  return rows;
}

std::vector<ScaleComparison> compare_scales(const std::vector<ResultRow>& results,
                                            const std::string& metric) {
  std::vector<ResultRow> rows;
  std::copy_if(results.begin(), results.end(), std::back_inserter(rows), [&](const ResultRow& row) {
    return row.part == "test" && row.decision == "0.5" && row.metric == metric && is_one_genre(row);
  });
  const std::vector<std::string> scales = values_of(rows, &ResultRow::scale);
  std::vector<ScaleComparison> comparisons;
  const auto add_pairs_of_scales = [&](const ResultRow& like) {
    for (std::size_t first = 0; first < scales.size(); ++first) {
      for (std::size_t second = first + 1; second < scales.size(); ++second) {
        std::vector<statistics::Observation> observations;
        for (const ResultRow& row : rows) {
          const bool wanted = row.strategy == like.strategy && row.reduce == like.reduce &&
                              row.initialisation == like.initialisation &&
                              (row.scale == scales[first] || row.scale == scales[second]);
          if (wanted) observations.push_back(observation(row));
        }
        ScaleComparison result{
            metric,
            like.strategy,
            like.initialisation,
            like.reduce,
            statistics::compare(observations, "scale", "genre", {"architecture", "repeat"}),
            ""};
        result.sentence = statistics::describe(result.comparison, display_name(metric));
        comparisons.push_back(std::move(result));
      }
    }
  };
  for (const std::string& strategy : values_of(rows, &ResultRow::strategy)) {
    for (const std::string& reduce : values_of(rows, &ResultRow::reduce)) {
      for (const std::string& initialisation : values_of(rows, &ResultRow::initialisation)) {
        add_pairs_of_scales({.reduce = reduce, .strategy = strategy, .initialisation = initialisation});
      }
    }
  }
  return comparisons;
}

}  // namespace gamut::experiment
