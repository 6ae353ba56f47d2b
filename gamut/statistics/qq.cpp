#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "gamut/statistics/sample.h"
#include "gamut/statistics/tests.h"

namespace gamut::statistics {

QqPlot qq_normal(std::span<const double> sample) {
  check_sample(sample, 2, "Q–Q plot");
  const auto n = static_cast<double>(sample.size());
  QqPlot plot;
  plot.ordered.assign(sample.begin(), sample.end());
  std::sort(plot.ordered.begin(), plot.ordered.end());

  const boost::math::normal normal;
  const double last = std::pow(0.5, 1 / n);
  for (std::size_t i = 0; i < sample.size(); ++i) {
    double median = (static_cast<double>(i) + 1 - 0.3175) / (n + 0.365);
    if (i == 0) median = 1 - last;
    if (i + 1 == sample.size()) median = last;
    plot.theoretical.push_back(quantile(normal, median));
  }

  const double x_mean = mean(plot.theoretical);
  const double y_mean = mean(plot.ordered);
  double products = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    products += (plot.theoretical[i] - x_mean) * (plot.ordered[i] - y_mean);
  }
  const double x_squares = squared_deviations(plot.theoretical);
  const bool all_equal = plot.ordered.front() == plot.ordered.back();
  plot.slope = all_equal ? 0 : products / x_squares;
  plot.intercept = y_mean - plot.slope * x_mean;
  plot.r = all_equal
               ? 0
               : std::clamp(products / std::sqrt(x_squares * squared_deviations(plot.ordered)), -1.0, 1.0);
  return plot;
}

}  // namespace gamut::statistics
