#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace gamut::evaluation {

/// A bar of the reliability diagram: the cells whose score lies in [low, high), the last one with its high
/// end.
struct ReliabilityBin {
  double low = 0;
  double high = 0;
  double cells = 0;
  double mean_score = 0;     ///< 0 where there are no cells
  double positive_rate = 0;  ///< the same; a calibrated network has it equal to mean_score
};

/// Cells by score in bins of equal width.
///
/// @param labels  0 or 1.
/// @param scores  in [0, 1], as many.
/// @param n_bins  >= 1.
/// @throws ParameterError  n_bins < 1, or unequal lengths.
std::vector<ReliabilityBin> reliability(std::span<const std::uint8_t> labels, std::span<const double> scores,
                                        int n_bins = 10);

/// The mean over cells of how far their bin's mean score is from its share of positives; in [0, 1].
///
/// @source Naeini, Cooper & Hauskrecht, Obtaining Well Calibrated Probabilities Using Bayesian Binning, AAAI
/// 2015; here of the score of the positive class, not of the more likely one.
double expected_calibration_error(std::span<const ReliabilityBin> bins);

}  // namespace gamut::evaluation
