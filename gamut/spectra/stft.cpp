#include "gamut/spectra/stft.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "gamut/core/error.h"
#include "gamut/spectra/fft.h"
#include "gamut/spectra/frame_collector.h"
#include "gamut/spectra/window.h"

namespace gamut::spectra {
namespace {

void multiply(const float* a, const float* b, float* product, std::size_t n) {
#pragma omp simd
  for (std::size_t i = 0; i < n; ++i) product[i] = a[i] * b[i];
}

// The part of the signal under frame number `frame`, windowed; zeros where there is no signal.
void cut_frame(std::span<const float> signal, std::span<const float> window, std::size_t centre,
               std::span<float> frame) {
  const std::size_t half = window.size() / 2;
  const std::size_t before = half > centre ? half - centre : 0;
  const std::size_t start = centre + before - half;
  const std::size_t available = signal.size() > start ? signal.size() - start : 0;
  const std::size_t end = before + std::min(window.size() - before, available);
  std::fill(frame.begin(), frame.begin() + static_cast<std::ptrdiff_t>(before), 0.0F);
  multiply(window.data() + before, signal.data() + start, frame.data() + before, end - before);
  std::fill(frame.begin() + static_cast<std::ptrdiff_t>(end), frame.end(), 0.0F);
}

}  // namespace

Stft::Stft(const StftOptions& options) : options_(options) {
  if (options.hop_length < 1) {
    throw ParameterError("hop_length is " + std::to_string(options.hop_length) +
                         " samples; it must be at least 1");
  }
  static_cast<void>(RealFft(options.n_fft));  // refuses lengths that cannot be transformed
  const int win_length = options.win_length.value_or(options.n_fft);
  if (win_length > options.n_fft) {
    throw ParameterError("win_length is " + std::to_string(win_length) +
                         " samples; it must be at most n_fft, " + std::to_string(options.n_fft));
  }
  const std::vector<double> shape = make_window(options.window, win_length);
  window_.resize(static_cast<std::size_t>(options.n_fft));
  const auto first = window_.begin() + (options.n_fft - win_length) / 2;
  std::transform(shape.begin(), shape.end(), first, [](double weight) { return static_cast<float>(weight); });
}

std::size_t Stft::n_frames(std::size_t n_samples) const {
  return 1 + n_samples / static_cast<std::size_t>(options_.hop_length);
}

void Stft::stream_power(std::span<const float> signal, const FrameSink& sink) const {
  RealFft fft(options_.n_fft);
  std::vector<float> power(n_bins());
  const std::size_t frames = n_frames(signal.size());
  for (std::size_t t = 0; t < frames; ++t) {
    cut_frame(signal, window_, t * static_cast<std::size_t>(options_.hop_length), fft.frame());
    fft.compute_power(power);
    sink(t, power);
  }
}

void Stft::compute_magnitude(std::span<const float> signal, std::span<float> magnitude) const {
  FrameCollector collector(magnitude, n_bins(), n_frames(signal.size()));
  stream_power(signal, [&](std::size_t frame, std::span<const float> power) {
    collector.add(frame, [power](std::span<float> to) {
#pragma omp simd
      for (std::size_t i = 0; i < to.size(); ++i) to[i] = std::sqrt(power[i]);
    });
  });
}

Matrix Stft::compute_magnitude(std::span<const float> signal) const {
  Matrix magnitude(n_bins(), n_frames(signal.size()));
  compute_magnitude(signal, magnitude.values);
  return magnitude;
}

}  // namespace gamut::spectra
