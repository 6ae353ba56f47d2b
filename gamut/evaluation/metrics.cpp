#include "gamut/evaluation/metrics.h"

#include <fmt/format.h>

#include <algorithm>

#include "gamut/core/error.h"
#include "gamut/core/text.h"
#include "gamut/evaluation/reliability.h"

namespace gamut::evaluation {
namespace {

void check_threshold(double threshold) {
  if (!(threshold >= 0 && threshold <= 1)) {
    throw ParameterError(fmt::format("the threshold is {}; it must be from 0 to 1", threshold));
  }
}

void check(std::span<const std::uint8_t> labels, std::span<const double> scores) {
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
}

std::vector<std::uint8_t> above(std::span<const double> scores, double threshold) {
  std::vector<std::uint8_t> given(scores.size());
  std::transform(scores.begin(), scores.end(), given.begin(),
                 [&](double score) { return static_cast<std::uint8_t>(score > threshold ? 1 : 0); });
  return given;
}

std::vector<Metric> named(std::span<const std::string_view> names, std::span<const Value> values) {
  std::vector<Metric> metrics;
  for (std::size_t m = 0; m < names.size(); ++m) {
    metrics.push_back(
        {std::string(names[m]), values[m].value, values[m].undefined == nullptr ? "" : values[m].undefined});
  }
  return metrics;
}

/// Adds what the truth and the calibration of the cells alone give.
void add_counts(std::vector<Metric>& metrics, std::span<const std::uint8_t> labels,
                std::span<const double> scores) {
  const auto positives = static_cast<double>(std::count(labels.begin(), labels.end(), 1));
  metrics.push_back({"support", positives, ""});
  metrics.push_back({"prevalence", positives / static_cast<double>(labels.size()), ""});
  metrics.push_back(
      {"expected_calibration_error", expected_calibration_error(reliability(labels, scores)), ""});
}

/// Names the genres that a macro mean treats as undefined, and adds the means of what has no Sample.
void finish_macro(std::vector<Metric>& macro, std::span<const GenreMetrics> genres, Undefined policy) {
  const auto n_genres = static_cast<double>(genres.size());
  for (std::size_t m = 0; m < genres.front().metrics.size(); ++m) {
    std::vector<std::string> undefined;
    double mean = 0;
    for (const GenreMetrics& genre : genres) {
      mean += genre.metrics[m].value / n_genres;
      if (!genre.metrics[m].undefined.empty()) undefined.push_back(genre.genre);
    }
    if (m >= macro.size()) macro.push_back({genres.front().metrics[m].name, mean, ""});
    if (undefined.empty()) continue;
    const bool left_out = policy == Undefined::skip || macro[m].name == "roc_auc";
    macro[m].partial = macro[m].undefined.empty();
    macro[m].undefined = fmt::format("undefined for {} of {} genres: {}{}", undefined.size(), genres.size(),
                                     join_words(undefined), left_out ? "; left out of the mean" : "");
  }
}

/// Says in the multi-label rows what their macro means and samples leave undefined.
void flag_multi_label(std::vector<Metric>& metrics, std::span<const Metric> macro, std::size_t songs_without,
                      std::size_t n_songs) {
  for (Metric& metric : metrics) {
    if (!metric.undefined.empty()) continue;
    for (const Metric& mean : macro) {
      if (metric.name == mean.name + "_macro") metric.undefined = mean.undefined;
    }
    metric.partial = !metric.undefined.empty();
    if (metric.name == "f1_samples" && songs_without > 0) {
      metric.partial = true;
      metric.undefined = fmt::format("undefined for {} of {} songs, which have no genre and are given none",
                                     songs_without, n_songs);
    }
  }
}

/// A value may be given an interval where it stands for the songs, not in the place of nothing, and where
/// these songs are not of a few groups alone.
void add_intervals(std::vector<GenreMetrics>& genres, const Measurement& measurement,
                   const SongGroups& groups, const BootstrapOptions& options) {
  if (groups.count < kFewestGroups) return;
  const Replicates replicates = draw_replicates(measurement, groups.count, options);
  const std::vector<std::span<const Value>> rows = measurement.values().rows();
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t m = 0; m < rows[r].size(); ++m) {
      if (rows[r][m].undefined != nullptr || measurement.groups_behind(r, m) < kFewestGroups) continue;
      genres[r].metrics[m].interval = percentile_interval(replicates[r][m]);
    }
  }
}

}  // namespace

std::vector<Metric> binary_metrics(std::span<const std::uint8_t> labels, std::span<const double> scores,
                                   double threshold) {
  check(labels, scores);
  check_threshold(threshold);
  const std::vector<std::uint32_t> one_group(labels.size(), 0);
  const Sample sample(labels, scores, above(scores, threshold), one_group, 1);
  std::vector<Metric> metrics = named(kSampleMetrics, sample.values(std::array{1.0}));
  add_counts(metrics, labels, scores);
  return metrics;
}

std::vector<std::uint8_t> decide(const Predictions& predictions, double threshold) {
  check_threshold(threshold);
  return above(predictions.scores, threshold);
}

std::vector<GenreMetrics> evaluate(const Predictions& predictions, std::span<const std::uint8_t> given,
                                   const EvaluationOptions& options) {
  validate(predictions);
  SongGroups groups{"", std::vector<std::uint32_t>(predictions.size(), 0), 1};
  if (options.bootstrap) groups = group_songs(predictions, options.bootstrap->by);
  const Measurement measurement(predictions, given, groups.of_song, groups.count, options.undefined);
  const MeasuredValues& values = measurement.values();

  const std::size_t n_genres = predictions.genres.size();
  std::vector<GenreMetrics> result;
  std::vector<std::uint8_t> labels(predictions.size());
  std::vector<double> scores(predictions.size());
  for (std::size_t g = 0; g < n_genres; ++g) {
    for (std::size_t s = 0; s < predictions.size(); ++s) {
      labels[s] = predictions.labels[s * n_genres + g];
      scores[s] = predictions.scores[s * n_genres + g];
    }
    result.push_back({predictions.genres[g], named(kSampleMetrics, values.genres[g])});
    add_counts(result.back().metrics, labels, scores);
  }
  GenreMetrics macro{std::string(kMacro), named(kSampleMetrics, values.macro)};
  finish_macro(macro.metrics, result, options.undefined);
  GenreMetrics all_cells{std::string(kAllCells), named(kSampleMetrics, values.all_cells)};
  add_counts(all_cells.metrics, predictions.labels, predictions.scores);
  GenreMetrics multi_label{std::string(kMultiLabel), named(kMultiLabelMetrics, values.multi_label)};
  flag_multi_label(multi_label.metrics, macro.metrics, measurement.songs_without_f1(), predictions.size());
  result.push_back(std::move(all_cells));
  result.push_back(std::move(macro));
  result.push_back(std::move(multi_label));
  if (options.bootstrap) add_intervals(result, measurement, groups, *options.bootstrap);
  return result;
}

std::vector<GenreMetrics> evaluate(const Predictions& predictions, double threshold) {
  validate(predictions);
  return evaluate(predictions, decide(predictions, threshold));
}

const Metric& find_metric(std::span<const GenreMetrics> genres, std::string_view genre,
                          std::string_view name) {
  for (const GenreMetrics& candidate : genres) {
    if (candidate.genre != genre) continue;
    for (const Metric& metric : candidate.metrics) {
      if (metric.name == name) return metric;
    }
  }
  throw ParameterError(fmt::format("there is no metric {} of {}", name, printable(genre)));
}

}  // namespace gamut::evaluation
