#include "gamut/statistics/studentized_range.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "gamut/core/error.h"

namespace gamut::statistics {
namespace {

double normal_cdf(double x) {
  return std::erfc(-x / std::numbers::sqrt2) / 2;
}

double normal_density(double x) {
  return std::exp(-x * x / 2) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
}

void check_conditions(int conditions) {
  if (conditions < 2 || conditions > 100) {
    throw ParameterError(
        fmt::format("studentised range of {} conditions; there must be 2 to 100", conditions));
  }
}

}  // namespace

double studentized_range_cdf(double q, int conditions) {
  check_conditions(conditions);
  if (!(q >= 0)) throw ParameterError(fmt::format("studentised range up to {}; it must be at least 0", q));
  // The density of the least value at x, times the chance that all others lie within q above it. The
  // integrand is smooth and falls like a normal density, so the trapezoid rule is accurate to rounding.
  constexpr double kStep = 0.05;
  constexpr double kReach = 10;  // beyond it the normal density is below 1e-22
  double sum = 0;
  for (int i = 0; i <= static_cast<int>(2 * kReach / kStep); ++i) {
    const double x = i * kStep - kReach;
    sum += normal_density(x) * std::pow(normal_cdf(x + q) - normal_cdf(x), conditions - 1);
  }
  return std::clamp(conditions * kStep * sum, 0.0, 1.0);
}

double studentized_range_quantile(double probability, int conditions) {
  check_conditions(conditions);
  if (!(probability > 0 && probability < 1)) {
    throw ParameterError(
        fmt::format("quantile of the studentised range at {}; it must lie between 0 and 1", probability));
  }
  double low = 0;
  double high = 1;
  while (high < 64 && studentized_range_cdf(high, conditions) < probability) high *= 2;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (studentized_range_cdf(middle, conditions) < probability ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace gamut::statistics
