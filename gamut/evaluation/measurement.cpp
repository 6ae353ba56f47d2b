#include "gamut/evaluation/measurement.h"

#include <fmt/format.h>

#include <algorithm>

#include "gamut/core/error.h"

namespace gamut::evaluation {
namespace {

constexpr std::size_t index_of(std::span<const std::string_view> names, std::string_view name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}
constexpr std::size_t kF1 = index_of(kSampleMetrics, "f1");
constexpr std::size_t kRocAuc = index_of(kSampleMetrics, "roc_auc");
constexpr std::size_t kAveragePrecision = index_of(kSampleMetrics, "average_precision");
constexpr std::size_t kF1Samples = index_of(kSongMetrics, "f1_samples");
constexpr std::size_t kOneError = index_of(kSongMetrics, "one_error");

std::vector<Sample> split_by_genre(const Predictions& predictions, std::span<const std::uint8_t> given,
                                   std::span<const std::uint32_t> groups, std::size_t n_groups) {
  const std::size_t n_genres = predictions.genres.size();
  std::vector<Sample> samples;
  std::vector<std::uint8_t> labels(predictions.size());
  std::vector<std::uint8_t> decisions(predictions.size());
  std::vector<double> scores(predictions.size());
  for (std::size_t g = 0; g < n_genres; ++g) {
    for (std::size_t s = 0; s < predictions.size(); ++s) {
      labels[s] = predictions.labels[s * n_genres + g];
      scores[s] = predictions.scores[s * n_genres + g];
      decisions[s] = given[s * n_genres + g];
    }
    samples.emplace_back(labels, scores, decisions, groups, n_groups);
  }
  return samples;
}

Sample pool(const Predictions& predictions, std::span<const std::uint8_t> given,
            std::span<const std::uint32_t> groups, std::size_t n_groups) {
  std::vector<std::uint32_t> of_cells;
  of_cells.reserve(given.size());
  for (const std::uint32_t group : groups) of_cells.insert(of_cells.end(), predictions.genres.size(), group);
  return {predictions.labels, predictions.scores, given, of_cells, n_groups};
}

const Predictions& checked(const Predictions& predictions, std::span<const std::uint8_t> given,
                           std::span<const std::uint32_t> groups) {
  validate(predictions);
  if (given.size() != predictions.labels.size() || groups.size() != predictions.size()) {
    throw ParameterError(fmt::format("{} decisions and {} groups do not fit {} cells of {} songs",
                                     given.size(), groups.size(), predictions.labels.size(),
                                     predictions.size()));
  }
  return predictions;
}

/// The mean over genres of one metric. Nothing stands in for an undefined ROC AUC: 0 would be the worst, and
/// scikit-learn has none.
Value macro_mean(const MeasuredValues& values, std::size_t metric, Undefined undefined,
                 const MeasuredValues* known) {
  double sum = 0;
  double n = 0;
  for (std::size_t g = 0; g < values.genres.size(); ++g) {
    const Value& value = values.genres[g][metric];
    const bool left_out = undefined == Undefined::skip || metric == kRocAuc ||
                          (known != nullptr && known->genres[g][metric].undefined == nullptr);
    if (value.undefined != nullptr && left_out) continue;
    sum += value.value;
    ++n;
  }
  return n == 0 ? Value{0, "undefined for every genre"} : Value{sum / n, nullptr};
}

bool is_genre_mean(std::string_view multi_label_metric) {
  return multi_label_metric.ends_with("_macro") || multi_label_metric == "f1_weighted";
}

}  // namespace

std::vector<std::span<const Value>> MeasuredValues::rows() const {
  std::vector<std::span<const Value>> all(genres.begin(), genres.end());
  all.emplace_back(all_cells);
  all.emplace_back(macro);
  all.emplace_back(multi_label);
  return all;
}

Measurement::Measurement(const Predictions& predictions, std::span<const std::uint8_t> given,
                         std::span<const std::uint32_t> groups, std::size_t n_groups, Undefined undefined)
    : undefined_(undefined),
      genres_(split_by_genre(checked(predictions, given, groups), given, groups, n_groups)),
      all_cells_(pool(predictions, given, groups, n_groups)),
      songs_(n_groups) {
  const std::size_t n_genres = predictions.genres.size();
  for (std::size_t s = 0; s < predictions.size(); ++s) {
    const auto of_song = [&](const auto& cells) { return std::span(cells).subspan(s * n_genres, n_genres); };
    const SongValues values =
        song_values(of_song(predictions.labels), of_song(predictions.scores), of_song(given));
    SongSums& group = songs_[groups[s]];
    ++group.songs;
    for (std::size_t m = 0; m < values.size(); ++m) {
      group.sums[m] += values[m].value;
      group.undefined[m] += values[m].undefined != nullptr ? 1 : 0;
    }
    songs_without_f1_ += values[kF1Samples].undefined != nullptr ? 1 : 0;
  }
  const std::vector<double> once(n_groups, 1);
  for (const Sample& genre : genres_) tallies_.push_back(genre.tally(once));
  values_ = measure(once, nullptr);
}

MeasuredValues Measurement::replicate(std::span<const double> weights) const {
  return measure(weights, &values_);
}

std::size_t Measurement::groups_behind(std::size_t row, std::size_t metric) const {
  if (row < genres_.size()) return genres_[row].groups_of_rarer_class();
  std::size_t fewest = all_cells_.groups_of_rarer_class();
  const std::size_t past_genres = row - genres_.size();  // all cells, macro, multi-label
  if (past_genres == 1 || (past_genres == 2 && is_genre_mean(kMultiLabelMetrics[metric]))) {
    for (const Sample& genre : genres_) {
      const std::size_t groups = genre.groups_of_rarer_class();
      if (groups > 0) fewest = std::min(fewest, groups);
    }
  }
  return fewest;
}

Measurement::SongSums Measurement::song_sums(std::span<const double> weights) const {
  SongSums all;
  for (std::size_t g = 0; g < songs_.size(); ++g) {
    all.songs += weights[g] * songs_[g].songs;
    for (std::size_t m = 0; m < kSongMetrics.size(); ++m) {
      all.sums[m] += weights[g] * songs_[g].sums[m];
      all.undefined[m] += weights[g] * songs_[g].undefined[m];
    }
  }
  return all;
}

Value Measurement::song_mean(const SongSums& sums, std::size_t metric) const {
  // A song without a genre cannot be ranked right or wrong, so that 0, the best one-error, is no stand-in.
  const bool left_out = metric == kOneError || undefined_ == Undefined::skip;
  const double songs = sums.songs - (left_out ? sums.undefined[metric] : 0);
  if (songs == 0) return {0, "undefined for every song"};
  return {sums.sums[metric] / songs, nullptr};
}

MeasuredValues Measurement::measure(std::span<const double> weights, const MeasuredValues* known) const {
  MeasuredValues measured;
  double support = 0;
  double weighted_f1 = 0;
  for (const Sample& genre : genres_) {
    measured.genres.push_back(genre.values(weights));
    const double positives = genre.tally(weights).positives();
    support += positives;
    weighted_f1 += positives * measured.genres.back()[kF1].value;
  }
  measured.all_cells = all_cells_.values(weights);
  for (std::size_t m = 0; m < kSampleMetrics.size(); ++m) {
    measured.macro[m] = macro_mean(measured, m, undefined_, known);
  }
  const SongSums songs = song_sums(weights);
  MultiLabelValues& values = measured.multi_label;
  values[0] = measured.all_cells[kF1];
  values[1] = measured.macro[kF1];
  values[2] = support == 0 ? Value{0, "no positives"} : Value{weighted_f1 / support, nullptr};
  for (std::size_t m = 0; m < kSongMetrics.size(); ++m) values[3 + m] = song_mean(songs, m);
  values[10] = measured.all_cells[kRocAuc];
  values[11] = measured.macro[kRocAuc];
  values[12] = measured.all_cells[kAveragePrecision];
  values[13] = measured.macro[kAveragePrecision];
  return measured;
}

}  // namespace gamut::evaluation
