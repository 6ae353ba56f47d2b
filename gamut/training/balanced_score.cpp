#include "gamut/training/balanced_score.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace gamut::training {
namespace {

// log(1 + exp(x)) without overflow.
double softplus(double x) {
  return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x)));
}

struct ClassSums {
  double loss = 0;
  double right = 0;
  double count = 0;
};

}  // namespace

BalancedScore score_balanced(std::span<const double> logits, std::span<const float> labels) {
  std::array<ClassSums, 2> classes;
  for (std::size_t i = 0; i < logits.size(); ++i) {
    const bool positive = labels[i] > 0.5F;
    ClassSums& sums = classes[positive ? 1 : 0];
    sums.loss += softplus(positive ? -logits[i] : logits[i]);
    sums.right += (logits[i] > 0) == positive ? 1 : 0;
    sums.count += 1;
  }
  BalancedScore score;
  const auto present =
      std::count_if(classes.begin(), classes.end(), [](const ClassSums& c) { return c.count > 0; });
  for (const ClassSums& sums : classes) {
    if (sums.count == 0) continue;
    score.loss += sums.loss / sums.count / static_cast<double>(present);
    score.accuracy += sums.right / sums.count / static_cast<double>(present);
  }
  return score;
}

}  // namespace gamut::training
