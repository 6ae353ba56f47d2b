#include "gamut/evaluation/metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::evaluation {
namespace {

/// Songs by truth and decision.
struct Confusion {
  double true_positives = 0;
  double false_positives = 0;
  double true_negatives = 0;
  double false_negatives = 0;

  double positives() const { return true_positives + false_negatives; }
  double negatives() const { return true_negatives + false_positives; }
  double predicted() const { return true_positives + false_positives; }
};

void check(std::span<const std::uint8_t> labels, std::span<const double> scores, double threshold) {
  if (labels.empty() || labels.size() != scores.size()) {
    throw ParameterError(
        fmt::format("metrics of {} labels and {} scores; there must be as many of each, and at least one",
                    labels.size(), scores.size()));
  }
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] > 1) throw ParameterError(fmt::format("label {} is {}; a label is 0 or 1", i, labels[i]));
    if (!(scores[i] >= 0 && scores[i] <= 1)) {
      throw ParameterError(fmt::format("score {} is {}; a score is a number from 0 to 1", i, scores[i]));
    }
  }
  if (!(threshold >= 0 && threshold <= 1)) {
    throw ParameterError(fmt::format("the threshold is {}; it must be from 0 to 1", threshold));
  }
}

Confusion count(std::span<const std::uint8_t> labels, std::span<const double> scores, double threshold) {
  Confusion counts;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const bool given = scores[i] > threshold;
    if (labels[i] == 1) {
      ++(given ? counts.true_positives : counts.false_negatives);
    } else {
      ++(given ? counts.false_positives : counts.true_negatives);
    }
  }
  return counts;
}

double log_loss(std::span<const std::uint8_t> labels, std::span<const double> scores) {
  constexpr double kEpsilon = std::numeric_limits<double>::epsilon();
  double sum = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const double score = std::clamp(scores[i], kEpsilon, 1 - kEpsilon);
    sum -= std::log(labels[i] == 1 ? score : 1 - score);
  }
  return sum / static_cast<double>(labels.size());
}

Metric ratio(std::string name, double numerator, double denominator, const std::string& reason) {
  if (denominator == 0) return {std::move(name), 0, reason};
  return {std::move(name), numerator / denominator, ""};
}

Metric balanced_accuracy(const Confusion& counts) {
  const std::string name = "balanced_accuracy";
  if (counts.positives() == 0) return {name, counts.true_negatives / counts.negatives(), "no positives"};
  if (counts.negatives() == 0) return {name, counts.true_positives / counts.positives(), "no negatives"};
  return {name, (counts.true_positives / counts.positives() + counts.true_negatives / counts.negatives()) / 2,
          ""};
}

std::vector<Metric> macro_mean(std::span<const GenreMetrics> genres) {
  std::vector<Metric> means;
  for (std::size_t m = 0; m < genres.front().metrics.size(); ++m) {
    Metric mean{genres.front().metrics[m].name, 0, ""};
    std::vector<std::string> undefined;
    for (const GenreMetrics& genre : genres) {
      mean.value += genre.metrics[m].value / static_cast<double>(genres.size());
      if (!genre.metrics[m].undefined.empty()) undefined.push_back(genre.genre);
    }
    if (!undefined.empty()) {
      mean.undefined = fmt::format("undefined for {} of {} genres: {}", undefined.size(), genres.size(),
                                   join_words(undefined));
    }
    means.push_back(std::move(mean));
  }
  return means;
}

}  // namespace

std::vector<Metric> binary_metrics(std::span<const std::uint8_t> labels, std::span<const double> scores,
                                   double threshold) {
  check(labels, scores, threshold);
  const Confusion counts = count(labels, scores, threshold);
  const double right = counts.true_positives + counts.true_negatives;
  return {{"accuracy", right / static_cast<double>(labels.size()), ""},
          {"log_loss", log_loss(labels, scores), ""},
          ratio("f1", 2 * counts.true_positives, counts.positives() + counts.predicted(),
                "no positives, none predicted"),
          balanced_accuracy(counts),
          ratio("precision", counts.true_positives, counts.predicted(), "none predicted"),
          ratio("recall", counts.true_positives, counts.positives(), "no positives")};
}

std::vector<GenreMetrics> evaluate(const Predictions& predictions, double threshold) {
  validate(predictions);
  const std::size_t n_genres = predictions.genres.size();
  std::vector<GenreMetrics> result;
  std::vector<std::uint8_t> labels(predictions.size());
  std::vector<double> scores(predictions.size());
  for (std::size_t g = 0; g < n_genres; ++g) {
    for (std::size_t s = 0; s < predictions.size(); ++s) {
      labels[s] = predictions.labels[s * n_genres + g];
      scores[s] = predictions.scores[s * n_genres + g];
    }
    result.push_back({predictions.genres[g], binary_metrics(labels, scores, threshold)});
  }
  GenreMetrics macro{std::string(kMacro), macro_mean(result)};
  result.push_back(
      {std::string(kAllCells), binary_metrics(predictions.labels, predictions.scores, threshold)});
  result.push_back(std::move(macro));
  return result;
}

}  // namespace gamut::evaluation
