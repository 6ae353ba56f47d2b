#include "gamut/spectra/mfcc.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "gamut/spectra/decibels.h"
#include "tests/spectra/expect_message.h"
#include "tests/spectra/signals.h"

namespace gamut::spectra {
namespace {

TEST(Mfcc, HasOneRowACoefficient) {
  const std::vector<float> signal = test::make_noise(5000);
  const Matrix mfcc = compute_mfcc(FrontEnd({}), signal);
  EXPECT_EQ(mfcc.rows, 20U);
  EXPECT_EQ(mfcc.columns, 10U);
  const Matrix few = compute_mfcc(FrontEnd({}), signal, {.n_mfcc = 3});
  ASSERT_EQ(few.rows, 3U);
  EXPECT_TRUE(std::ranges::equal(few.row(2), mfcc.row(2)));
}

// An orthonormal transform keeps lengths: all its coefficients hold the squares of the decibels.
TEST(Mfcc, KeepsTheEnergyOfTheDecibelsOnEveryScale) {
  const std::vector<float> signal = test::make_noise(4000);
  for (const std::string& scale : scale_names()) {
    const FrontEnd front_end({.scale = scale});
    const Matrix db = power_to_db(front_end.compute_array(signal, ArrayKind::power));
    const Matrix mfcc = compute_mfcc(front_end, signal, {.n_mfcc = static_cast<int>(db.rows)});
    for (std::size_t frame = 0; frame < db.columns; ++frame) {
      double expected = 0;
      double energy = 0;
      for (std::size_t row = 0; row < db.rows; ++row) {
        expected += std::pow(db(row, frame), 2);
        energy += std::pow(mfcc(row, frame), 2);
      }
      EXPECT_NEAR(energy, expected, 1e-5 * expected) << scale << ", frame " << frame;
    }
  }
}

TEST(Mfcc, OfSilenceIsOneLevel) {
  const Matrix mfcc = compute_mfcc(FrontEnd({}), std::vector<float>(2000));
  for (std::size_t frame = 0; frame < mfcc.columns; ++frame) {
    EXPECT_NEAR(mfcc(0, frame), -100 * std::sqrt(128), 1e-3);
    for (std::size_t number = 1; number < mfcc.rows; ++number) EXPECT_NEAR(mfcc(number, frame), 0, 1e-3);
  }
}

TEST(Mfcc, RefusesMoreCoefficientsThanRows) {
  const FrontEnd front_end({.n_bands = 40});
  const std::vector<float> signal(100, 0.5F);
  EXPECT_PARAMETER_ERROR(
      compute_mfcc(front_end, signal, {.n_mfcc = 41}),
      testing::HasSubstr("n_mfcc is 41; it must be from 1 to 40, the rows of the scale mel"));
  EXPECT_PARAMETER_ERROR(compute_mfcc(front_end, signal, {.n_mfcc = 0}), testing::HasSubstr("n_mfcc is 0"));
}

}  // namespace
}  // namespace gamut::spectra
