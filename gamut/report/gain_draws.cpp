#include "gamut/report/gain_draws.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "gamut/evaluation/decisions.h"
#include "gamut/evaluation/measurement.h"
#include "gamut/evaluation/metrics.h"

namespace gamut::report {
namespace {

using evaluation::Predictions;

bool same_but_scale(const NetworkPredictions& a, const NetworkPredictions& b) {
  return a.reduce == b.reduce && a.strategy == b.strategy && a.architecture == b.architecture &&
         a.initialisation == b.initialisation && a.fold == b.fold && a.repeat == b.repeat;
}

/// Whether the draws of one are those of the other: the same songs in the same order.
bool same_songs(const Predictions& a, const Predictions& b) {
  return a.songs == b.songs && a.genres == b.genres;
}

/// @param gains   NaN where a draw leaves a gain undefined; those are left out.
/// @param groups  that the gain rests on.
std::optional<DrawnGain> judge(std::vector<double> gains, std::size_t groups) {
  const std::optional<evaluation::Interval> interval = evaluation::percentile_interval(gains);
  if (!interval || groups < evaluation::kFewestGroups) return std::nullopt;
  std::erase_if(gains, [](double gain) { return std::isnan(gain); });
  const auto below = std::count_if(gains.begin(), gains.end(), [](double gain) { return gain <= 0; });
  const auto above = std::count_if(gains.begin(), gains.end(), [](double gain) { return gain >= 0; });
  const double share = double(1 + std::min(below, above)) / double(gains.size() + 1);
  const double least = std::exp2(-double(groups));
  return DrawnGain{*interval, std::min(1.0, 2 * std::max(share, least))};
}

}  // namespace

GainDraws::GainDraws(const RunFiles& files) {
  const evaluation::BootstrapOptions options{
      .by = files.group_by == "artist" ? evaluation::ResampleBy::artist : evaluation::ResampleBy::known};
  const auto metric = static_cast<std::size_t>(
      std::find(evaluation::kSampleMetrics.begin(), evaluation::kSampleMetrics.end(), "f1") -
      evaluation::kSampleMetrics.begin());
  for (const NetworkPredictions& network : files.predictions) {
    const evaluation::SongGroups groups = evaluation::group_songs(network.test, options.by);
    if (groups.count < evaluation::kFewestGroups) continue;
    const evaluation::Measurement measurement(network.test, evaluation::decide(network.test), groups.of_song,
                                              groups.count, evaluation::Undefined::zero);
    evaluation::Replicates replicates = evaluation::draw_replicates(measurement, groups.count, options);
    by_ = groups.by;
    NetworkDraws draws{&network, {}};
    for (std::size_t genre = 0; genre < network.test.genres.size(); ++genre) {
      draws.genres[network.test.genres[genre]] = {std::move(replicates[genre][metric]),
                                                  measurement.groups_behind(genre, metric)};
    }
    networks_.push_back(std::move(draws));
  }
}

/// A draw's mean over the genres that it leaves defined.
std::vector<double> GainDraws::mean_f1(const NetworkDraws& draws, std::span<const std::string> genres) {
  std::vector<double> means(draws.genres.find(genres.front())->second.f1.size());
  for (std::size_t i = 0; i < means.size(); ++i) {
    double sum = 0;
    int n = 0;
    for (const std::string& genre : genres) {
      const double value = draws.genres.find(genre)->second.f1[i];
      if (std::isnan(value)) continue;
      sum += value;
      ++n;
    }
    means[i] = sum / n;  // NaN without any
  }
  return means;
}

std::optional<DrawnGain> GainDraws::gain(std::string_view candidate, std::string_view baseline,
                                         std::span<const std::string> genres,
                                         const std::function<bool(const NetworkPredictions&)>& wanted) const {
  std::vector<double> sums;
  int n = 0;
  std::size_t groups = std::numeric_limits<std::size_t>::max();
  for (const NetworkDraws& with : networks_) {
    if (with.network->scale != candidate || !wanted(*with.network)) continue;
    const auto has = [&](const std::string& genre) { return with.genres.contains(genre); };
    if (!std::ranges::all_of(genres, has)) return std::nullopt;
    for (const NetworkDraws& without : networks_) {
      if (without.network->scale != baseline || !same_but_scale(*with.network, *without.network)) continue;
      if (!same_songs(with.network->test, without.network->test)) continue;
      const std::vector<double> first = mean_f1(with, genres);
      const std::vector<double> second = mean_f1(without, genres);
      sums.resize(first.size(), 0);
      for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += first[i] - second[i];
      for (const std::string& genre : genres)
        groups = std::min(groups, with.genres.find(genre)->second.groups);
      ++n;
    }
  }
  if (n == 0) return std::nullopt;
  for (double& sum : sums) sum /= n;
  return judge(std::move(sums), groups);
}

}  // namespace gamut::report
