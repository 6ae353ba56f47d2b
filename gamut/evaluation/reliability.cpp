#include "gamut/evaluation/reliability.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gamut/core/error.h"

namespace gamut::evaluation {

std::vector<ReliabilityBin> reliability(std::span<const std::uint8_t> labels, std::span<const double> scores,
                                        int n_bins) {
  if (n_bins < 1 || labels.size() != scores.size()) {
    throw ParameterError(
        fmt::format("{} labels and {} scores in {} bins; there must be as many of each, and "
                    "at least one bin",
                    labels.size(), scores.size(), n_bins));
  }
  std::vector<ReliabilityBin> bins(static_cast<std::size_t>(n_bins));
  for (std::size_t b = 0; b < bins.size(); ++b) {
    bins[b].low = static_cast<double>(b) / n_bins;
    bins[b].high = static_cast<double>(b + 1) / n_bins;
  }
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto bin = std::min(bins.size() - 1, static_cast<std::size_t>(scores[i] * n_bins));
    ++bins[bin].cells;
    bins[bin].mean_score += scores[i];
    bins[bin].positive_rate += labels[i];
  }
  for (ReliabilityBin& bin : bins) {
    if (bin.cells == 0) continue;
    bin.mean_score /= bin.cells;
    bin.positive_rate /= bin.cells;
  }
  return bins;
}

double expected_calibration_error(std::span<const ReliabilityBin> bins) {
  double cells = 0;
  double error = 0;
  for (const ReliabilityBin& bin : bins) {
    cells += bin.cells;
    error += bin.cells * std::abs(bin.mean_score - bin.positive_rate);
  }
  return cells == 0 ? 0 : error / cells;
}

}  // namespace gamut::evaluation
