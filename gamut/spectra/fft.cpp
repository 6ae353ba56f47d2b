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
#include "gamut/spectra/four_floats.h"

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

// Two bins of the real transform from the complex one of half the length: those at k and at its mirror, half
// - k. Number is float, or FourFloats for four neighbours at once.
template <class Number>
struct Untangled {
  Number low_re, low_im;    // at k
  Number high_re, high_im;  // at half - k

  // a is z[k], b is z[half - k], w is exp(-pi j k / half).
  Untangled(Number a_re, Number a_im, Number b_re, Number b_im, Number w_re, Number w_im) {
    // The spectra of the even and of the odd samples, the latter turned by its half step.
    const Number even_re = (a_re + b_re) / 2;
    const Number even_im = (a_im - b_im) / 2;
    const Number odd_re = (a_im + b_im) / 2;
    const Number odd_im = (b_re - a_re) / 2;
    const Number turned_re = w_re * odd_re - w_im * odd_im;
    const Number turned_im = w_re * odd_im + w_im * odd_re;
    low_re = even_re + turned_re;
    low_im = even_im + turned_im;
    high_re = even_re - turned_re;
    high_im = turned_im - even_im;
  }

  Number low_power() const { return low_re * low_re + low_im * low_im; }
  Number high_power() const { return high_re * high_re + high_im * high_im; }
};

FourFloats real_parts(const Complex* from) {
  return __builtin_shufflevector(load_four(&from[0].re), load_four(&from[2].re), 0, 2, 4, 6);
}

FourFloats imaginary_parts(const Complex* from) {
  return __builtin_shufflevector(load_four(&from[0].re), load_four(&from[2].re), 1, 3, 5, 7);
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
  std::vector<float> twiddles_re;  ///< of exp(-2 pi j k / length), k = 0 … half / 2
  std::vector<float> twiddles_im;

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
      twiddles_re.push_back(static_cast<float>(std::cos(phase)));
      twiddles_im.push_back(static_cast<float>(std::sin(phase)));
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

std::span<float> RealFft::frame() {
  return {&transform_->input[0].re, length()};
}

void RealFft::compute(std::span<std::complex<float>> spectrum) {
  const Transform& t = transform();
  const Complex* const z = t.output.get();
  spectrum[0] = {z[0].re + z[0].im, 0};
  spectrum[t.half] = {z[0].re - z[0].im, 0};
  for (std::size_t k = 1; k <= t.half / 2; ++k) {
    const Complex mirror = z[t.half - k];
    const Untangled<float> bins(z[k].re, z[k].im, mirror.re, mirror.im, t.twiddles_re[k], t.twiddles_im[k]);
    spectrum[k] = {bins.low_re, bins.low_im};
    spectrum[t.half - k] = {bins.high_re, bins.high_im};
  }
}

void RealFft::compute_power(std::span<float> power) {
  const Transform& t = transform();
  const Complex* const z = t.output.get();
  power[0] = (z[0].re + z[0].im) * (z[0].re + z[0].im);
  power[t.half] = (z[0].re - z[0].im) * (z[0].re - z[0].im);
  std::size_t k = 1;
  for (; k + 3 <= t.half / 2; k += 4) {
    const std::size_t mirror = t.half - k - 3;  // of the fourth
    const Untangled<FourFloats> bins(real_parts(z + k), imaginary_parts(z + k),
                                     reversed(real_parts(z + mirror)), reversed(imaginary_parts(z + mirror)),
                                     load_four(&t.twiddles_re[k]), load_four(&t.twiddles_im[k]));
    store_four(&power[k], bins.low_power());
    store_four(&power[mirror], reversed(bins.high_power()));
  }
  for (; k <= t.half / 2; ++k) {
    const Complex mirror = z[t.half - k];
    const Untangled<float> bins(z[k].re, z[k].im, mirror.re, mirror.im, t.twiddles_re[k], t.twiddles_im[k]);
    power[k] = bins.low_power();
    power[t.half - k] = bins.high_power();
  }
}

const RealFft::Transform& RealFft::transform() {
  transform_->run(transform_->context.get(), transform_->output.get(), transform_->input.get(),
                  sizeof(Complex));
  return *transform_;
}

}  // namespace gamut::spectra
