#include "gamut/spectra/stft.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "gamut/spectra/window.h"
#include "tests/spectra/expect_message.h"
#include "tests/spectra/signals.h"

namespace gamut::spectra {
namespace {

std::size_t loudest_bin(const Matrix& magnitude, std::size_t frame) {
  std::size_t loudest = 0;
  for (std::size_t k = 1; k < magnitude.rows; ++k) {
    if (magnitude(k, frame) > magnitude(loudest, frame)) loudest = k;
  }
  return loudest;
}

TEST(Stft, ShapeIsLibrosas) {
  const Stft stft({.n_fft = 2048, .hop_length = 512});
  EXPECT_EQ(stft.n_bins(), 1025U);
  EXPECT_EQ(stft.n_frames(1), 1U);
  EXPECT_EQ(stft.n_frames(511), 1U);
  EXPECT_EQ(stft.n_frames(512), 2U);
  EXPECT_EQ(stft.n_frames(44100), 87U);
  const Matrix magnitude = stft.compute_magnitude(std::vector<float>(5000));
  EXPECT_EQ(magnitude.rows, 1025U);
  EXPECT_EQ(magnitude.columns, 10U);
}

TEST(Stft, TonePeaksInItsBinWithHalfTheWindowsSum) {
  const Stft stft({.n_fft = 1024, .hop_length = 256});
  const Matrix magnitude = stft.compute_magnitude(test::make_tone(100.0 * 22050 / 1024, 8192));
  for (std::size_t t = 2; t < 30; ++t) {
    EXPECT_EQ(loudest_bin(magnitude, t), 100U) << "frame " << t;
    EXPECT_NEAR(magnitude(100, t), 256, 1e-2);
  }
}

TEST(Stft, ImpulseAtTheCentreOfAFrameIsFlat) {
  const Stft stft({.n_fft = 512, .hop_length = 128});
  std::vector<float> signal(2000);
  signal[640] = 1;  // the centre of frame 5, where the window is 1
  const Matrix magnitude = stft.compute_magnitude(signal);
  for (std::size_t k = 0; k < magnitude.rows; ++k) {
    EXPECT_NEAR(magnitude(k, 5), 1, 1e-6);
    EXPECT_NEAR(magnitude(k, 4), 0.5, 1e-6);
    EXPECT_EQ(magnitude(k, 7), 0);
  }
}

// Parseval: over both halves of the spectrum, |X|² adds up to n_fft times the squares of the windowed frame.
TEST(Stft, EachFrameHoldsTheEnergyOfItsWindowedSamples) {
  const std::vector<float> signal = test::make_noise(5000);
  for (const StftOptions& options :
       {StftOptions{}, StftOptions{.n_fft = 1000, .hop_length = 333},
        StftOptions{.n_fft = 512, .window = WindowShape::boxcar},
        StftOptions{.n_fft = 512, .window = WindowShape::blackmanharris, .win_length = 301},
        StftOptions{.n_fft = 2, .hop_length = 1}}) {
    const int length = options.win_length.value_or(options.n_fft);
    const std::vector<double> window = make_window(options.window, length);
    Stft(options).stream_power(signal, [&](std::size_t frame, std::span<const float> power) {
      double energy = 0;
      const auto start = static_cast<std::ptrdiff_t>(frame) * options.hop_length - options.n_fft / 2 +
                         (options.n_fft - length) / 2;
      for (std::ptrdiff_t i = 0; i < length; ++i) {
        if (start + i < 0 || start + i >= std::ssize(signal)) continue;
        const auto sample = static_cast<std::size_t>(start + i);
        energy += std::pow(window[static_cast<std::size_t>(i)] * signal[sample], 2);
      }
      double sum = static_cast<double>(power.front()) + power.back();
      for (float bin : power.subspan(1, power.size() - 2)) sum += 2.0 * bin;
      ASSERT_NEAR(sum, options.n_fft * energy, 1e-5 * options.n_fft * energy + 1e-9)
          << "n_fft " << options.n_fft << ", frame " << frame;
    });
  }
}

// By Parseval, a frame's power is that of its windowed samples; a Hann window with hop n_fft / 4 has sum of
// squares 1.5.
TEST(Stft, PowerOverFramesIsTheSignalsEnergy) {
  constexpr int kLength = 512;
  const Stft stft({.n_fft = kLength, .hop_length = kLength / 4});
  std::vector<float> signal = test::make_noise(8192);
  std::fill(signal.end() - kLength, signal.end(),
            0.0F);  // no energy under the part of the last windows that is cut off
  std::fill(signal.begin(), signal.begin() + kLength, 0.0F);
  double energy = 0;
  for (float sample : signal) energy += static_cast<double>(sample) * sample;
  double power = 0;
  stft.stream_power(signal, [&](std::size_t, std::span<const float> frame) {
    for (std::size_t k = 0; k < frame.size(); ++k)
      power += frame[k] * (k == 0 || k + 1 == frame.size() ? 1.0 : 2.0);
  });
  EXPECT_NEAR(power / kLength, 1.5 * energy, 1e-5 * energy);
}

TEST(Stft, SignalShorterThanAFrameIsPaddedWithZeros) {
  const Stft stft({.n_fft = 2048, .hop_length = 512});
  const Matrix magnitude = stft.compute_magnitude(std::vector<float>{0.5F});
  ASSERT_EQ(magnitude.columns, 1U);
  for (float cell : magnitude.values)
    EXPECT_NEAR(cell, 0.5, 1e-6);  // the one sample lies where the window is 1
}

TEST(Stft, FrameBeyondTheSignalsEndHoldsItsTailOnly) {
  const Stft stft({.n_fft = 8, .hop_length = 4});
  const std::vector<float> signal{0, 0, 0, 0, 0, 0, 0, 1};
  const Matrix magnitude = stft.compute_magnitude(signal);
  ASSERT_EQ(magnitude.columns, 3U);
  EXPECT_NEAR(magnitude(0, 2), make_window(WindowShape::hann, 8)[3], 1e-6);
}

TEST(Stft, HopMayExceedTheFrame) {
  const Stft stft({.n_fft = 16, .hop_length = 100});
  const Matrix magnitude = stft.compute_magnitude(std::vector<float>(250, 1.0F));
  ASSERT_EQ(magnitude.columns, 3U);
  EXPECT_NEAR(magnitude(0, 1), 8, 1e-5);
}

TEST(Stft, RefusesImpossibleOptions) {
  EXPECT_PARAMETER_ERROR(Stft({.n_fft = 2047}), testing::HasSubstr("2047 samples; it must be even"));
  EXPECT_PARAMETER_ERROR(Stft({.hop_length = 0}),
                         testing::HasSubstr("hop_length is 0 samples; it must be at least 1"));
}

}  // namespace
}  // namespace gamut::spectra
