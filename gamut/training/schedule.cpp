#include "gamut/training/schedule.h"

#include <cmath>
#include <numbers>

namespace gamut::training {
namespace {

// PyTorch's OneCycleLR.
constexpr double kWarmUp = 0.3;
constexpr double kStart = 1.0 / 25;
constexpr double kEnd = kStart / 1e4;

/// From `first` to `last` along half a cosine; `way` from 0 to 1.
double ease(double first, double last, double way) {
  return last + (first - last) * (1 + std::cos(std::numbers::pi * way)) / 2;
}

}  // namespace

double learning_rate_at(const TrainingOptions& options, int step, int steps) {
  const double highest = options.learning_rate;
  switch (options.schedule) {
    case Schedule::constant:
      return highest;
    case Schedule::cosine:
      return ease(highest, 0, static_cast<double>(step) / steps);
    case Schedule::one_cycle: {
      const double top = kWarmUp * steps - 1;
      if (step <= top) return ease(highest * kStart, highest, step / top);
      return ease(highest, highest * kEnd, (step - top) / (steps - 1 - top));
    }
  }
  return highest;
}

}  // namespace gamut::training
