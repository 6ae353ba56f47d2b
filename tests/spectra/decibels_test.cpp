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

float std_db(float power) {
  return static_cast<float>(10 * std::log10(static_cast<double>(power)));
}

// To one digit in the last place of a float, or 3e-7 of decibels below 1.
TEST(PowerToDb, IsStdLog10) {
  std::vector<float> powers;
  for (float power = std::numeric_limits<float>::min(); power < 3e38F; power *= 1.0003F)
    powers.push_back(power);
  for (float power = 0.9999F; power < 1.0001F; power = std::nextafter(power, 2.0F)) powers.push_back(power);
  const Matrix db = power_to_db(row(powers), {.amin = 1e-37, .top_db = std::nullopt});
  for (std::size_t i = 0; i < powers.size(); ++i) {
    const float expected = std_db(std::max(powers[i], 1e-37F));
    const float digit = std::nextafter(std::abs(expected), 1000.0F) - std::abs(expected);
    ASSERT_NEAR(db.values[i], expected, std::max(digit, 3e-7F * std::min(1.0F, std::abs(expected))))
        << powers[i];
  }
}

TEST(PowerToDb, KnowsPowersBelowTheNormalNumbers) {
  std::vector<float> powers;
  for (float power = std::numeric_limits<float>::denorm_min(); power < 1e-30F; power *= 1.01F) {
    powers.push_back(power += std::numeric_limits<float>::denorm_min());
  }
  const Matrix db = power_to_db(row(powers), {.amin = 1e-300, .top_db = std::nullopt});
  for (std::size_t i = 0; i < powers.size(); ++i) ASSERT_EQ(db.values[i], std_db(powers[i])) << powers[i];
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
