#include "gamut/spectra/decibels.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/spectra/expect_message.h"

namespace gamut::spectra {
namespace {

Matrix row(std::vector<float> values) {
  Matrix matrix(1, values.size());
  matrix.values = std::move(values);
  return matrix;
}

TEST(PowerToDb, IsTenTimesTheLogarithm) {
  EXPECT_EQ(power_to_db(row({1, 10, 0.01F})).values, (std::vector<float>{0, 10, -20}));
}

TEST(PowerToDb, ReferenceBecomesZero) {
  EXPECT_EQ(power_to_db(row({1, 10, 100}), {.ref = 10}).values, (std::vector<float>{-10, 0, 10}));
  EXPECT_EQ(power_to_db(row({1, 10, 100}), {.ref = std::nullopt}).values, (std::vector<float>{-20, -10, 0}));
  EXPECT_EQ(power_to_db(row({1}), {.ref = -10}).values, (std::vector<float>{-10}));
}

TEST(PowerToDb, FloorsBelowTheLoudest) {
  EXPECT_EQ(power_to_db(row({100, 1, 0}), {.top_db = 30}).values, (std::vector<float>{20, 0, -10}));
  EXPECT_EQ(power_to_db(row({100, 0}), {.top_db = std::nullopt}).values, (std::vector<float>{20, -100}));
}

TEST(PowerToDb, AminStandsForSilence) {
  EXPECT_EQ(power_to_db(row({0, 0})).values, (std::vector<float>{-100, -100}));
  EXPECT_EQ(power_to_db(row({0, 0}), {.ref = std::nullopt}).values, (std::vector<float>{0, 0}));
  EXPECT_EQ(power_to_db(row({0, 1}), {.amin = 1e-3}).values, (std::vector<float>{-30, 0}));
}

TEST(PowerToDb, IsStdLog10RoundedToFloat) {
  std::vector<float> powers;
  for (float power = std::numeric_limits<float>::denorm_min(); power < 1e38F; power *= 1.003F) {
    powers.push_back(power += std::numeric_limits<float>::denorm_min());
  }
  const Matrix db = power_to_db(row(powers), {.amin = 1e-300, .top_db = std::nullopt});
  for (std::size_t i = 0; i < powers.size(); ++i) {
    ASSERT_EQ(db.values[i], static_cast<float>(10 * std::log10(static_cast<double>(powers[i])))) << powers[i];
  }
}

TEST(AmplitudeToDb, SquaresEverything) {
  EXPECT_EQ(amplitude_to_db(row({1, 10, 0.1F})).values, (std::vector<float>{0, 20, -20}));
  EXPECT_EQ(amplitude_to_db(row({1, 10}), {.ref = 10}).values, (std::vector<float>{-20, 0}));
  EXPECT_EQ(amplitude_to_db(row({1, 10}), {.ref = std::nullopt}).values, (std::vector<float>{-20, 0}));
  EXPECT_EQ(amplitude_to_db(row({0})).values, (std::vector<float>{-100}));
}

TEST(Decibels, RefuseImpossibleOptions) {
  EXPECT_PARAMETER_ERROR(power_to_db(row({1}), {.amin = 0}),
                         testing::HasSubstr("amin is 0; it must be above 0"));
  EXPECT_PARAMETER_ERROR(power_to_db(row({1}), {.top_db = -1}),
                         testing::HasSubstr("top_db is -1 dB; it must be at least 0 dB"));
  EXPECT_PARAMETER_ERROR(amplitude_to_db(row({1}), {.amin = -1e-5}),
                         testing::HasSubstr("it must be above 0"));
  EXPECT_PARAMETER_ERROR(amplitude_to_db(row({1}), {.top_db = -80}), testing::HasSubstr("top_db is -80 dB"));
}

}  // namespace
}  // namespace gamut::spectra
