#include "gamut/statistics/rounding.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace gamut::statistics {
namespace {

using testing::ElementsAre;

using Sample = std::vector<double>;

TEST(Rounding, DecimalsThatDifferByARoundingAreTied) {
  const Sample differences = differences_without_rounding(Sample{0.3, 0.2, 0.1}, Sample{0.2, 0.1, 0.2});
  ASSERT_NE(0.3 - 0.2, 0.2 - 0.1);
  EXPECT_EQ(differences[0], differences[1]);
  EXPECT_EQ(differences[0], -differences[2]);
  EXPECT_NEAR(differences[0], 0.1, 1e-15);
}

TEST(Rounding, ADifferenceOfRoundingIsZero) {
  ASSERT_NE(0.1 + 0.2, 0.3);
  EXPECT_THAT(differences_without_rounding(Sample{0.1 + 0.2, 5}, Sample{0.3, 4}), ElementsAre(0, 1));
}

TEST(Rounding, MeansOfDecimalsAreTied) {
  const Sample values = without_rounding(Sample{(0.1 + 0.2) / 2, 0.7, 0.15});
  EXPECT_EQ(values[0], values[2]);
  EXPECT_EQ(values[1], 0.7);
}

TEST(Rounding, KeepsWhatReallyDiffers) {
  EXPECT_THAT(without_rounding(Sample{3, 1, 1 + 1e-9, -2}), ElementsAre(3, 1, 1 + 1e-9, -2));
  EXPECT_THAT(differences_without_rounding(Sample{1, 2, 3}, Sample{3, 2, 1 + 1e-9}),
              ElementsAre(-2, 0, 2 - 1e-9));
}

}  // namespace
}  // namespace gamut::statistics
