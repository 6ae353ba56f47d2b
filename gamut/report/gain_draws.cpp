#include "gamut/report/gain_draws.h"

#include <algorithm>
#include <cmath>

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

/// @param sums  NaN where a draw leaves a gain undefined; those are left out.
std::optional<DrawnGain> judge(std::vector<double> sums) {
  const std::optional<evaluation::Interval> interval = evaluation::percentile_interval(sums);
  if (!interval) return std::nullopt;
  std::erase_if(sums, [](double gain) { return std::isnan(gain); });
  const auto below = std::count_if(sums.begin(), sums.end(), [](double gain) { return gain <= 0; });
  const auto above = std::count_if(sums.begin(), sums.end(), [](double gain) { return gain >= 0; });
  const double share = double(1 + std::min(below, above)) / double(sums.size() + 1);
  return DrawnGain{*interval, std::min(1.0, 2 * share)};
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
    if (groups.count < 2) continue;
    const evaluation::Measurement measurement(network.test, evaluation::decide(network.test), groups.of_song,
                                              groups.count, evaluation::Undefined::zero);
    const evaluation::Replicates replicates = evaluation::draw_replicates(measurement, groups.count, options);
    by_ = groups.by;
    rows_ = network.test.genres;
    Draws draws{&network, {}};
    for (std::size_t genre = 0; genre < rows_.size(); ++genre) draws.f1.push_back(replicates[genre][metric]);
    draws.f1.push_back(replicates[rows_.size() + 1][metric]);  // after the pooled cells
    rows_.emplace_back(evaluation::kMacro);
    networks_.push_back(std::move(draws));
  }
}

std::optional<DrawnGain> GainDraws::gain(std::string_view candidate, std::string_view baseline,
                                         std::string_view genre,
                                         const std::function<bool(const NetworkPredictions&)>& wanted) const {
  const auto row = static_cast<std::size_t>(std::find(rows_.begin(), rows_.end(), genre) - rows_.begin());
  if (row == rows_.size()) return std::nullopt;
  std::vector<double> sums;
  int n = 0;
  for (const Draws& with : networks_) {
    if (with.network->scale != candidate || !wanted(*with.network)) continue;
    for (const Draws& without : networks_) {
      if (without.network->scale != baseline || !same_but_scale(*with.network, *without.network)) continue;
      if (!same_songs(with.network->test, without.network->test)) continue;
      sums.resize(with.f1[row].size(), 0);
      for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += with.f1[row][i] - without.f1[row][i];
      ++n;
    }
  }
  if (n == 0) return std::nullopt;
  for (double& sum : sums) sum /= n;
  return judge(std::move(sums));
}

}  // namespace gamut::report
