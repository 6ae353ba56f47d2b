#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "gamut/core/error.h"
#include "gamut/statistics/tests.h"

namespace gamut::statistics {
namespace {

TEST(QqNormal, MediansAreAntisymmetricAndAscend) {
  const QqPlot plot = qq_normal(std::vector<double>{5, 1, 4, 2, 3});
  EXPECT_TRUE(std::is_sorted(plot.theoretical.begin(), plot.theoretical.end()));
  for (std::size_t i = 0; i < 5; ++i) EXPECT_NEAR(plot.theoretical[i], -plot.theoretical[4 - i], 1e-12);
  EXPECT_THAT(plot.ordered, testing::ElementsAre(1, 2, 3, 4, 5));
}

TEST(QqNormal, QuantilesThemselvesLieOnTheLine) {
  std::vector<double> sample = qq_normal(std::vector<double>{1, 2, 3, 4, 5, 6, 7}).theoretical;
  for (double& value : sample) value = 10 + 3 * value;
  const QqPlot plot = qq_normal(sample);
  EXPECT_NEAR(plot.slope, 3, 1e-12);
  EXPECT_NEAR(plot.intercept, 10, 1e-12);
  EXPECT_NEAR(plot.r, 1, 1e-12);
}

TEST(QqNormal, EqualValuesHaveAFlatLineAndNoCorrelation) {
  const QqPlot plot = qq_normal(std::vector<double>{0.1, 0.1, 0.1});
  EXPECT_EQ(plot.slope, 0);
  EXPECT_NEAR(plot.intercept, 0.1, 1e-15);
  EXPECT_EQ(plot.r, 0);
}

TEST(QqNormal, RefusesOneValueAndNaN) {
  EXPECT_THROW(qq_normal(std::vector<double>{1}), ParameterError);
  EXPECT_THROW(qq_normal(std::vector<double>{1, std::nan("")}), ParameterError);
}

}  // namespace
}  // namespace gamut::statistics
