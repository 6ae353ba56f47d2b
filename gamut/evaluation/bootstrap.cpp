#include "gamut/evaluation/bootstrap.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "gamut/core/error.h"
#include "gamut/core/parallel.h"
#include "gamut/core/random.h"

namespace gamut::evaluation {
namespace {

std::vector<double> draw_weights(std::size_t n_groups, std::uint64_t seed, std::size_t replicate) {
  Random random(seed, fmt::format("bootstrap {}", replicate));
  std::vector<double> weights(n_groups, 0);
  for (std::size_t i = 0; i < n_groups; ++i) ++weights[random.below(n_groups)];
  return weights;
}

/// Interpolated between order statistics.
/// @param sorted  at least one.
double percentile(const std::vector<double>& sorted, double fraction) {
  const double position = fraction * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (position - std::floor(position)) * (sorted[above] - sorted[below]);
}

bool has_names(const std::vector<std::string>& column) {
  return std::any_of(column.begin(), column.end(), [](const std::string& name) { return !name.empty(); });
}

}  // namespace

SongGroups group_songs(const Predictions& predictions, ResampleBy by) {
  if (by == ResampleBy::known) {
    by = has_names(predictions.album)    ? ResampleBy::album
         : has_names(predictions.artist) ? ResampleBy::artist
                                         : ResampleBy::song;
  }
  SongGroups result;
  result.by = by == ResampleBy::album ? "album" : by == ResampleBy::artist ? "artist" : "song";
  const std::vector<std::string>& names = by == ResampleBy::album    ? predictions.album
                                          : by == ResampleBy::artist ? predictions.artist
                                                                     : predictions.songs;
  if (names.size() != predictions.size()) {
    throw ParameterError(
        fmt::format("cannot resample by {0}: the predictions have no {0} column", result.by));
  }
  std::unordered_map<std::string_view, std::uint32_t> known;
  for (const std::string& name : names) {
    const auto next = static_cast<std::uint32_t>(result.count);
    const std::uint32_t group = name.empty() ? next : known.emplace(name, next).first->second;
    if (group == next) ++result.count;
    result.of_song.push_back(group);
  }
  return result;
}

Replicates draw_replicates(const Measurement& measurement, std::size_t n_groups,
                           const BootstrapOptions& options) {
  if (options.replicates < 1) {
    throw ParameterError(fmt::format("{} replicates; there must be at least one", options.replicates));
  }
  const auto n_replicates = static_cast<std::size_t>(options.replicates);
  Replicates replicates;
  for (const std::span<const Value> row : measurement.values().rows()) {
    replicates.emplace_back(row.size(), std::vector<double>(n_replicates));
  }
  parallel_for(n_replicates, available_cores(), [&](std::size_t b) {
    const MeasuredValues measured = measurement.replicate(draw_weights(n_groups, options.seed, b));
    const std::vector<std::span<const Value>> rows = measured.rows();
    for (std::size_t r = 0; r < rows.size(); ++r) {
      for (std::size_t m = 0; m < rows[r].size(); ++m) {
        const Value& value = rows[r][m];
        replicates[r][m][b] =
            value.undefined == nullptr ? value.value : std::numeric_limits<double>::quiet_NaN();
      }
    }
  });
  return replicates;
}

std::optional<Interval> percentile_interval(std::vector<double> replicates) {
  const std::size_t drawn = replicates.size();
  std::erase_if(replicates, [](double value) { return std::isnan(value); });
  if (replicates.empty() || 2 * replicates.size() < drawn) return std::nullopt;
  std::sort(replicates.begin(), replicates.end());
  return Interval{percentile(replicates, 0.025), percentile(replicates, 0.975)};
}

}  // namespace gamut::evaluation
