#pragma once

#include <span>

namespace gamut::training {

/// How good logits are when both classes count alike, however many examples each has.
struct BalancedScore {
  double loss = 0;      ///< mean over the classes of each one's mean binary cross-entropy, natural logarithm
  double accuracy = 0;  ///< mean over the classes of the share on the right side of 0 (a score of 0.5); 0
                        ///< itself is negative
};

/// @param logits  as many as `labels`, which are 0 or 1; a class without examples counts for nothing.
/// @return zeros for no examples.
BalancedScore score_balanced(std::span<const double> logits, std::span<const float> labels);

}  // namespace gamut::training
