#include "gamut/spectra/fft.h"

extern "C" {
#include <libavutil/mem.h>
#include <libavutil/tx.h>
}

#include <cmath>
#include <new>
#include <numbers>
#include <string>
#include <vector>

#include "gamut/core/error.h"

namespace gamut::spectra {
namespace {

using Complex = AVComplexFloat;

struct ContextDeleter {
  void operator()(AVTXContext* context) const { av_tx_uninit(&context); }
};

struct MemoryDeleter {
  void operator()(void* memory) const { av_free(memory); }
};

// libavutil's transforms want their own alignment, which av_malloc gives.
using ComplexBuffer = std::unique_ptr<Complex[], MemoryDeleter>;

ComplexBuffer make_buffer(std::size_t size) {
  ComplexBuffer buffer(static_cast<Complex*>(av_malloc(size * sizeof(Complex))));
  if (!buffer) throw std::bad_alloc();
  return buffer;
}

}  // namespace

// A complex transform of half the length on pairs of samples, untangled afterwards. libavutil has real
// transforms of its own, but its version 57 gives wrong numbers for lengths that are not multiples of four.
struct RealFft::Transform {
  std::size_t half;
  std::unique_ptr<AVTXContext, ContextDeleter> context;
  av_tx_fn run = nullptr;
  ComplexBuffer input;
  ComplexBuffer output;
  std::vector<Complex> twiddles;  ///< exp(-2 pi j k / length), k = 0 … half / 2

  explicit Transform(int length)
      : half(static_cast<std::size_t>(length) / 2), input(make_buffer(half)), output(make_buffer(half)) {
    AVTXContext* raw = nullptr;
    const float scale = 1;
    if (av_tx_init(&raw, &run, AV_TX_FLOAT_FFT, 0, length / 2, &scale, 0) < 0) {
      throw ParameterError("libavutil has no Fourier transform of " + std::to_string(length) +
                           " samples; choose a power of two");
    }
    context.reset(raw);
    for (std::size_t k = 0; k <= half / 2; ++k) {
      const double phase = -std::numbers::pi * static_cast<double>(k) / static_cast<double>(half);
      twiddles.push_back({static_cast<float>(std::cos(phase)), static_cast<float>(std::sin(phase))});
    }
  }
};

RealFft::RealFft(int length) {
  if (length < 2 || length > kLongestFft || length % 2 != 0) {
    throw ParameterError("FFT length is " + std::to_string(length) +
                         " samples; it must be even and from 2 to " + std::to_string(kLongestFft) +
                         ", best a power of two");
  }
  transform_ = std::make_unique<Transform>(length);
}

RealFft::~RealFft() = default;
RealFft::RealFft(RealFft&&) noexcept = default;
RealFft& RealFft::operator=(RealFft&&) noexcept = default;

std::size_t RealFft::length() const {
  return 2 * transform_->half;
}

std::size_t RealFft::n_bins() const {
  return transform_->half + 1;
}

void RealFft::compute(std::span<const float> frame, std::span<std::complex<float>> spectrum) {
  Transform& t = *transform_;
  for (std::size_t i = 0; i < t.half; ++i) t.input[i] = {frame[2 * i], frame[2 * i + 1]};
  t.run(t.context.get(), t.output.get(), t.input.get(), sizeof(Complex));

  const Complex* z = t.output.get();
  spectrum[0] = {z[0].re + z[0].im, 0};
  spectrum[t.half] = {z[0].re - z[0].im, 0};
  for (std::size_t k = 1; k <= t.half / 2; ++k) {
    const Complex a = z[k];
    const Complex b = z[t.half - k];
    // The spectra of the even and of the odd samples, the latter turned by its half step.
    const float even_re = (a.re + b.re) / 2;
    const float even_im = (a.im - b.im) / 2;
    const float odd_re = (a.im + b.im) / 2;
    const float odd_im = (b.re - a.re) / 2;
    const Complex w = t.twiddles[k];
    const float turned_re = w.re * odd_re - w.im * odd_im;
    const float turned_im = w.re * odd_im + w.im * odd_re;
    spectrum[k] = {even_re + turned_re, even_im + turned_im};
    spectrum[t.half - k] = {even_re - turned_re, turned_im - even_im};
  }
}

}  // namespace gamut::spectra
