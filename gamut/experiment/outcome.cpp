#include "gamut/experiment/outcome.h"

#include <algorithm>

#include "gamut/catalogue/groups.h"
#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/evaluation/assessment.h"
#include "gamut/evaluation/metrics.h"
#include "gamut/experiment/cell.h"

namespace gamut::experiment {
namespace {

using catalogue::Part;
using evaluation::Predictions;
using evaluation::ResultRow;

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
  const std::vector<std::string> albums = catalogue::album_names(selection.songs);
  for (const std::size_t song : songs) {
    predictions.songs.push_back(selection.songs[song].name);
    predictions.part.emplace_back(to_string(parts[song]));
    predictions.fold.push_back(std::to_string(combination.fold));
    predictions.album.push_back(albums[song]);
    predictions.artist.push_back(selection.songs[song].artist);
    for (std::size_t g = 0; g < n_genres; ++g)
      predictions.labels.push_back(selection.labels.has(song, g) ? 1 : 0);
  }
  predictions.scores.resize(predictions.size() * n_genres);
  std::size_t first_genre = 0;
  for (const Cell& cell : plan_cells({combination}, predictions.genres)) {
    const std::map<std::string, std::vector<double>> scores = load_scores(cells, cell, predictions.genres);
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

/// One fold's training songs.
void append_training(evaluation::KnownSongs& training, const Combination& combination,
                     const Selection& selection, std::span<const Part> parts) {
  const std::vector<std::string> albums = catalogue::album_names(selection.songs);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i] != Part::train) continue;
    for (std::size_t g = 0; g < training.genres.size(); ++g)
      training.labels.push_back(selection.labels.has(i, g) ? 1 : 0);
    training.fold.push_back(std::to_string(combination.fold));
    training.album.push_back(albums[i]);
  }
}

/// Each genre's share of the pictures that its network was trained on, as they counted, and of all training
/// songs.
std::vector<evaluation::Prior> priors_of(const Combination& combination, const Selection& selection,
                                         std::span<const Part> parts, const std::filesystem::path& cells,
                                         const ExperimentConfig& config) {
  std::vector<evaluation::Prior> priors;
  for (std::size_t g = 0; g < selection.labels.genres.size(); ++g) {
    double positives = 0;
    double songs = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (parts[i] != Part::train) continue;
      ++songs;
      positives += selection.labels.has(i, g) ? 1 : 0;
    }
    const std::string& genre = selection.labels.genres[g];
    const Cell cell{combination, combination.strategy == kMultiLabel ? "" : genre};
    const double share = smoothed_share(positives, songs);
    priors.push_back({.trained = trained_share(cells, cell, genre, config, share), .real = share});
  }
  return priors;
}

/// One row a metric, `row` filled in; an undefined value is the number that stands in its place, with why.
void append_rows(std::vector<ResultRow>& rows, ResultRow row,
                 const std::vector<evaluation::GenreMetrics>& genres) {
  for (const evaluation::GenreMetrics& genre : genres) {
    row.genre = genre.genre;
    for (const evaluation::Metric& metric : genre.metrics) {
      row.metric = metric.name;
      row.value = metric.value;
      row.reason = metric.undefined;
      row.low = metric.interval ? std::optional(metric.interval->low) : std::nullopt;
      row.high = metric.interval ? std::optional(metric.interval->high) : std::nullopt;
      rows.push_back(row);
    }
  }
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

ScoringContext make_scoring_context(const PooledCombinations& pooled, const Selection& selection,
                                    std::span<const catalogue::FoldParts> splits,
                                    const std::filesystem::path& cells, const ExperimentConfig& config) {
  ScoringContext context;
  context.training.genres = selection.labels.genres;
  context.bootstrap = {.seed = config.split.seed,
                       .by = config.split.group_by == catalogue::GroupBy::artist
                                 ? evaluation::ResampleBy::artist
                                 : evaluation::ResampleBy::known};
  for (const Combination& combination : pooled.folds) {
    const std::span<const Part> parts = parts_of(splits, combination);
    append_training(context.training, combination, selection, parts);
    context.priors[std::to_string(combination.fold)] =
        priors_of(combination, selection, parts, cells, config);
  }
  return context;
}

std::vector<ResultRow> score_combination(const std::string& run, const PooledCombinations& pooled,
                                         const Predictions& predictions, const ScoringContext& context) {
  const Combination& combination = pooled.folds.front();
  ResultRow row{.run = run,
                .scale = combination.scale,
                .reduce = combination.reduce,
                .strategy = combination.strategy,
                .architecture = combination.architecture,
                .initialisation = combination.initialisation,
                .fold = pooled.fold_name(),
                .repeat = std::to_string(combination.repeat)};
  std::vector<ResultRow> rows;
  const Predictions validation = evaluation::select_part(predictions, to_string(Part::validation));
  if (validation.size() > 0) {
    row.part = to_string(Part::validation);
    row.decision = "0.5";
    append_rows(
        rows, row,
        evaluation::evaluate(validation, evaluation::decide(validation), {.bootstrap = context.bootstrap}));
  }
  const evaluation::Assessment assessment =
      evaluation::assess(predictions, {.part = std::string(to_string(Part::test)),
                                       .bootstrap = context.bootstrap,
                                       .known = context.training,
                                       .priors = context.priors,
                                       .seed = context.bootstrap.seed});
  row.part = assessment.part;
  for (const evaluation::DecisionMetrics& decision : assessment.decisions) {
    row.decision = decision.decision;
    append_rows(rows, row, decision.metrics);
  }
  for (const evaluation::Baseline& baseline : assessment.baselines) {
    row.decision = baseline.name;
    append_rows(rows, row, baseline.metrics);
  }
  return rows;
}

}  // namespace gamut::experiment
