#include "gamut/spectra/fft.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

#include "tests/spectra/expect_message.h"
#include "tests/spectra/signals.h"

namespace gamut::spectra {
namespace {

std::vector<std::complex<float>> transform(const std::vector<float>& frame) {
  RealFft fft(static_cast<int>(frame.size()));
  std::vector<std::complex<float>> spectrum(fft.n_bins());
  std::ranges::copy(frame, fft.frame().begin());
  fft.compute(spectrum);
  return spectrum;
}

std::vector<std::complex<double>> transform_by_definition(const std::vector<float>& frame) {
  std::vector<std::complex<double>> spectrum(frame.size() / 2 + 1);
  for (std::size_t k = 0; k < spectrum.size(); ++k) {
    for (std::size_t i = 0; i < frame.size(); ++i) {
      const auto turns = static_cast<double>(k * i % frame.size()) / static_cast<double>(frame.size());
      spectrum[k] += static_cast<double>(frame[i]) * std::polar(1.0, -2 * std::numbers::pi * turns);
    }
  }
  return spectrum;
}

class FftLength : public testing::TestWithParam<int> {};

// Lengths that are not multiples of four are here because libavutil's own real transform is wrong for them.
TEST_P(FftLength, EqualsTheDefinition) {
  const auto frame = test::make_noise(static_cast<std::size_t>(GetParam()));
  const auto actual = transform(frame);
  const auto expected = transform_by_definition(frame);
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t k = 0; k < expected.size(); ++k) {
    EXPECT_NEAR(actual[k].real(), expected[k].real(), 2e-6 * std::sqrt(GetParam()) + 1e-5) << "bin " << k;
    EXPECT_NEAR(actual[k].imag(), expected[k].imag(), 2e-6 * std::sqrt(GetParam()) + 1e-5) << "bin " << k;
  }
}

INSTANTIATE_TEST_SUITE_P(EvenLengths, FftLength,
                         testing::Values(2, 4, 6, 8, 10, 12, 30, 64, 250, 480, 882, 1024, 2048));

TEST(RealFft, KeepsEnergy) {
  const auto frame = test::make_noise(2048);
  const auto spectrum = transform(frame);
  double in_time = 0;
  for (float sample : frame) in_time += static_cast<double>(sample) * sample;
  double in_frequency = 0;
  for (std::size_t k = 0; k < spectrum.size(); ++k) {
    const double twice = k == 0 || k + 1 == spectrum.size() ? 1 : 2;  // the bins of negative frequency
    in_frequency += twice * std::norm(std::complex<double>(spectrum[k]));
  }
  EXPECT_NEAR(in_frequency / 2048, in_time, 1e-6 * in_time);
}

TEST(RealFft, ImpulseIsFlat) {
  std::vector<float> frame(256);
  frame[37] = 1;
  for (const auto& bin : transform(frame)) EXPECT_NEAR(std::abs(bin), 1, 1e-6);
}

TEST(RealFft, GivesTheSameWhenUsedAgain) {
  const auto frame = test::make_noise(512);
  RealFft fft(512);
  std::vector<std::complex<float>> first(fft.n_bins());
  std::vector<std::complex<float>> again(fft.n_bins());
  std::ranges::copy(frame, fft.frame().begin());
  fft.compute(first);
  std::ranges::copy(test::make_noise(512, 8), fft.frame().begin());
  fft.compute(again);
  EXPECT_NE(first, again);
  std::ranges::copy(frame, fft.frame().begin());
  fft.compute(again);
  EXPECT_EQ(first, again);
}

TEST(RealFft, PowerIsThatOfTheSpectrum) {
  for (int length : {2, 4, 6, 64, 1000, 2048}) {
    const std::vector<float> frame = test::make_noise(static_cast<std::size_t>(length), 3);
    const std::vector<std::complex<float>> spectrum = transform(frame);
    RealFft fft(length);
    std::ranges::copy(frame, fft.frame().begin());
    std::vector<float> power(fft.n_bins());
    fft.compute_power(power);
    for (std::size_t k = 0; k < power.size(); ++k) {
      EXPECT_NEAR(power[k], std::norm(spectrum[k]), 1e-4F * std::norm(spectrum[k]) + 1e-6F)
          << length << ", " << k;
    }
  }
}

TEST(RealFft, RefusesOddAndExcessiveLengths) {
  for (int length : {-2, 0, 1023, 65538}) {
    EXPECT_PARAMETER_ERROR(
        static_cast<void>(RealFft(length)),
        testing::AllOf(testing::HasSubstr("FFT length is " + std::to_string(length) + " samples"),
                       testing::HasSubstr("even and from 2 to 65536")));
  }
}

}  // namespace
}  // namespace gamut::spectra
