#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <initializer_list>
#include <numbers>
#include <vector>

#include "gamut/core/error.h"
#include "gamut/statistics/sample.h"
#include "gamut/statistics/tests.h"

namespace gamut::statistics {
namespace {

/// Coefficients from the constant term up.
double polynomial(std::initializer_list<double> coefficients, double x) {
  double sum = 0;
  double power = 1;
  for (double coefficient : coefficients) {
    sum += coefficient * power;
    power *= x;
  }
  return sum;
}

/// Weights of the upper half of the order statistics, largest first; the lower half has the same with a
/// minus.
std::vector<double> upper_weights(std::size_t n) {
  if (n == 3) return {std::numbers::sqrt2 / 2};
  const boost::math::normal normal;
  const auto size = static_cast<double>(n);
  std::vector<double> weights(n / 2);
  double sum_of_squares = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    // Blom's approximation of the expected normal order statistic.
    weights[i] = quantile(complement(normal, (static_cast<double>(i) + 0.625) / (size + 0.25)));
    sum_of_squares += 2 * weights[i] * weights[i];
  }
  const double root = std::sqrt(sum_of_squares);
  const double u = 1 / std::sqrt(size);
  const double first =
      weights[0] / root + polynomial({0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056}, u);
  double remaining = sum_of_squares - 2 * weights[0] * weights[0];
  double scale = 1 - 2 * first * first;
  std::size_t corrected = 1;
  if (n > 5) {
    const double second =
        weights[1] / root + polynomial({0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633}, u);
    remaining -= 2 * weights[1] * weights[1];
    scale -= 2 * second * second;
    weights[1] = second;
    corrected = 2;
  }
  weights[0] = first;
  const double factor = std::sqrt(scale / remaining);
  for (std::size_t i = corrected; i < weights.size(); ++i) weights[i] *= factor;
  return weights;
}

/// Royston's p value of W = 1 - one_minus_w.
double p_value(double one_minus_w, std::size_t n) {
  if (n == 3) {
    const double p =
        6 / std::numbers::pi * (std::asin(std::sqrt(1 - one_minus_w)) - std::asin(std::sqrt(0.75)));
    return std::clamp(p, 0.0, 1.0);
  }
  if (one_minus_w <= 0) return 1;
  const auto size = static_cast<double>(n);
  double y = std::log(one_minus_w);
  double centre = 0;
  double spread = 0;
  if (n <= 11) {
    const double gamma = polynomial({-2.273, 0.459}, size);
    if (y >= gamma) return 0;  // W below what the approximation can tell from its least value
    y = -std::log(gamma - y);
    centre = polynomial({0.544, -0.39978, 0.025054, -0.0006714}, size);
    spread = std::exp(polynomial({1.3822, -0.77857, 0.062767, -0.0020322}, size));
  } else {
    const double x = std::log(size);
    centre = polynomial({-1.5861, -0.31082, -0.083751, 0.0038915}, x);
    spread = std::exp(polynomial({-0.4803, -0.082676, 0.0030302}, x));
  }
  return cdf(complement(boost::math::normal(centre, spread), y));
}

}  // namespace

TestResult shapiro_wilk(std::span<const double> sample) {
  check_sample(sample, 3, "Shapiro–Wilk test");
  if (sample.size() > 5000) {
    throw ParameterError(
        fmt::format("Shapiro–Wilk test: {} values; its approximation holds up to 5000", sample.size()));
  }
  std::vector<double> x(sample.begin(), sample.end());
  std::sort(x.begin(), x.end());
  // Divided before they are subtracted, so that the range of the largest doubles is finite.
  const double magnitude = std::max(std::abs(x.front()), std::abs(x.back()));
  if (x.front() == x.back()) {
    throw ParameterError(
        fmt::format("Shapiro–Wilk test: all {} values are {}; they must not be all equal", x.size(), x[0]));
  }
  for (double& value : x) value /= magnitude;
  const double range = x.back() - x.front();
  const double origin = x[x.size() / 2];
  for (double& value : x) value = (value - origin) / range;

  const std::vector<double> weights = upper_weights(x.size());
  double slope = 0;
  double weight_squares = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    slope += weights[i] * (x[x.size() - 1 - i] - x[i]);
    weight_squares += 2 * weights[i] * weights[i];
  }
  // 1 - W as a product of a difference and a sum: it keeps its digits where W is close to 1.
  const double whole = squared_deviations(x) * weight_squares;
  const double root = std::sqrt(whole);
  const double one_minus_w = std::clamp((root - slope) * (root + slope) / whole, 0.0, 1.0);
  return {1 - one_minus_w, p_value(one_minus_w, x.size())};
}

}  // namespace gamut::statistics
