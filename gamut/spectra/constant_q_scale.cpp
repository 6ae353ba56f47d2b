#include "gamut/spectra/constant_q_scale.h"

#include <algorithm>
#include <complex>
#include <limits>
#include <optional>

#include "gamut/spectra/downsampler.h"
#include "gamut/spectra/fft.h"

namespace gamut::spectra {
namespace {

constexpr std::size_t kBlockSamples = 1 << 15;

std::size_t length_after(int factor, std::size_t n_samples) {
  return (n_samples + static_cast<std::size_t>(factor) - 1) / static_cast<std::size_t>(factor);
}

/// The signal at one rate, as far as it is known and still needed, with the octaves that are computed from
/// it.
class Rate {
 public:
  /// @param factor     by which the rate before this one is divided; 1: not at all.
  /// @param n_samples  at the rate before.
  Rate(int factor, std::size_t n_samples) : n_samples_(length_after(factor, n_samples)) {
    if (factor > 1) downsampler_.emplace(factor, n_samples);
  }

  std::size_t n_samples() const { return n_samples_; }

  void add_octave(const OctaveFilters& octave) { octaves_.push_back(Octave(octave)); }

  /// Takes samples of the rate before and returns those that they gave here. Valid until the next call.
  std::span<const float> push(std::span<const float> samples) {
    const std::size_t before = samples_.size();
    if (downsampler_) {
      downsampler_->push(samples, samples_);
    } else {
      samples_.insert(samples_.end(), samples.begin(), samples.end());
    }
    return std::span(samples_).subspan(before);
  }

  std::span<const float> finish() {
    const std::size_t before = samples_.size();
    if (downsampler_) downsampler_->finish(samples_);
    return std::span(samples_).subspan(before);
  }

  /// How many frames have all their samples.
  std::size_t n_frames_ready() const {
    const std::size_t end = first_ + samples_.size();
    if (end == n_samples_) return std::numeric_limits<std::size_t>::max();
    std::size_t ready = std::numeric_limits<std::size_t>::max();
    for (const Octave& octave : octaves_) {
      const std::size_t half = static_cast<std::size_t>(octave.filters->n_fft) / 2;
      ready = std::min(
          ready, end < half ? 0 : (end - half) / static_cast<std::size_t>(octave.filters->hop_length) + 1);
    }
    return ready;
  }

  void compute(std::size_t frame, std::span<float> powers) {
    for (Octave& octave : octaves_) octave.compute(frame, samples_, first_, powers);
  }

  /// Forgets the samples that no frame from `frame` on needs.
  void forget_before(std::size_t frame) {
    std::size_t keep_from = std::numeric_limits<std::size_t>::max();
    for (const Octave& octave : octaves_) {
      const std::size_t centre = frame * static_cast<std::size_t>(octave.filters->hop_length);
      const std::size_t half = static_cast<std::size_t>(octave.filters->n_fft) / 2;
      keep_from = std::min(keep_from, centre < half ? 0 : centre - half);
    }
    const std::size_t n = std::min(samples_.size(), keep_from - std::min(keep_from, first_));
    samples_.erase(samples_.begin(), samples_.begin() + static_cast<std::ptrdiff_t>(n));
    first_ += n;
  }

 private:
  struct Octave {
    const OctaveFilters* filters;
    RealFft fft;
    std::vector<std::complex<float>> spectrum;

    explicit Octave(const OctaveFilters& octave)
        : filters(&octave), fft(octave.n_fft), spectrum(static_cast<std::size_t>(octave.n_fft) / 2 + 1) {}

    void compute(std::size_t number, std::span<const float> samples, std::size_t first,
                 std::span<float> powers) {
      const std::span<float> frame = fft.frame();
      const auto half = static_cast<std::ptrdiff_t>(frame.size() / 2);
      const std::ptrdiff_t start = static_cast<std::ptrdiff_t>(number) * filters->hop_length - half -
                                   static_cast<std::ptrdiff_t>(first);
      // Zeros where there is no signal.
      const std::ptrdiff_t before = std::clamp<std::ptrdiff_t>(-start, 0, 2 * half);
      const std::ptrdiff_t end =
          std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(samples.size()) - start, before, 2 * half);
      std::fill(frame.begin(), frame.begin() + before, 0.0F);
      std::copy(samples.begin() + start + before, samples.begin() + start + end, frame.begin() + before);
      std::fill(frame.begin() + end, frame.end(), 0.0F);
      fft.compute(spectrum);
      filters->apply(spectrum, powers.subspan(filters->first_row, filters->rows.size()));
    }
  };

  std::size_t n_samples_;
  std::optional<Downsampler> downsampler_;
  std::vector<float> samples_;
  std::size_t first_ = 0;  // number of the first of samples_ in the whole signal
  std::vector<Octave> octaves_;
};

std::vector<Rate> make_rates(const std::vector<OctaveFilters>& octaves, std::size_t n_samples) {
  std::vector<Rate> rates;
  int downsampling = 1;
  for (const OctaveFilters& octave : octaves) {
    if (rates.empty() || octave.downsampling != downsampling) {
      rates.emplace_back(octave.downsampling / downsampling,
                         rates.empty() ? n_samples : rates.back().n_samples());
      downsampling = octave.downsampling;
    }
    rates.back().add_octave(octave);
  }
  return rates;
}

}  // namespace

ConstantQOptions constant_q_options(const FrontEndOptions& options, std::optional<double> gamma_hz) {
  return {.sample_rate_hz = options.sample_rate_hz,
          .hop_length = options.hop_length,
          .n_bins = *options.n_bands,
          .bins_per_octave = options.bins_per_octave,
          .fmin_hz = *options.fmin_hz,
          .gamma_hz = gamma_hz,
          .window = options.window};
}

std::size_t ConstantQScale::n_frames(std::size_t n_samples) const {
  std::size_t n_frames = std::numeric_limits<std::size_t>::max();
  for (const OctaveFilters& octave : octaves_) {
    n_frames = std::min(n_frames, 1 + length_after(octave.downsampling, n_samples) /
                                          static_cast<std::size_t>(octave.hop_length));
  }
  return n_frames;
}

void ConstantQScale::stream_power(std::span<const float> signal, const FrameSink& sink) const {
  std::vector<Rate> rates = make_rates(octaves_, signal.size());
  std::vector<float> powers(n_rows());
  const std::size_t frames = n_frames(signal.size());
  std::size_t next = 0;
  const auto compute_ready = [&] {
    std::size_t ready = frames;
    for (const Rate& rate : rates) ready = std::min(ready, rate.n_frames_ready());
    for (; next < ready; ++next) {
      for (Rate& rate : rates) rate.compute(next, powers);
      sink(next, powers);
    }
    for (Rate& rate : rates) rate.forget_before(next);
  };
  for (; !signal.empty(); signal = signal.subspan(std::min(signal.size(), kBlockSamples))) {
    std::span<const float> samples = signal.first(std::min(signal.size(), kBlockSamples));
    for (Rate& rate : rates) samples = rate.push(samples);
    compute_ready();
  }
  for (std::size_t i = 0; i < rates.size(); ++i) {
    std::span<const float> rest = rates[i].finish();
    for (std::size_t below = i + 1; below < rates.size(); ++below) rest = rates[below].push(rest);
  }
  compute_ready();
}

}  // namespace gamut::spectra
