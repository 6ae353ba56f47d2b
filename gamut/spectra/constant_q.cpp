#include "gamut/spectra/constant_q.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "gamut/core/error.h"
#include "gamut/spectra/fft.h"

namespace gamut::spectra {
namespace {

using ComplexRow = std::vector<std::complex<double>>;

/// What of a filter's spectrum may be left out: its softest bins with this share of the sum of magnitudes.
constexpr double kSparsity = 0.01;

/// Bandwidth over centre frequency of bins that lie side by side.
double relative_bandwidth(int bins_per_octave) {
  const double two_bins = std::exp2(2.0 / bins_per_octave);
  return (two_bins - 1) / (two_bins + 1);
}

/// Equivalent noise bandwidth of a window, in bins. librosa has Hann's as a constant, which decides whether
/// the signal is downsampled before the first octave.
double noise_bandwidth(WindowShape shape) {
  if (shape == WindowShape::hann) return 1.50018310546875;
  const std::vector<double> window = make_window(shape, 1024);
  const double sum = std::accumulate(window.begin(), window.end(), 0.0);
  const double squares = std::inner_product(window.begin(), window.end(), window.begin(), 0.0);
  return squares / (sum * sum) * static_cast<double>(window.size());
}

/// One bin: where it is and how wide.
struct Bin {
  double frequency_hz;
  double gamma_hz;
  double alpha;  ///< relative bandwidth

  double length(double sample_rate_hz) const {
    return sample_rate_hz / (alpha * (frequency_hz + gamma_hz / alpha));
  }
  double upper_edge_hz(double window_bandwidth) const {
    return frequency_hz * (1 + 0.5 * window_bandwidth * alpha) + 0.5 * gamma_hz;
  }
};

std::vector<Bin> make_bins(const ConstantQOptions& options) {
  const double alpha = relative_bandwidth(options.bins_per_octave);
  const double gamma_hz = options.gamma_hz.value_or(24.7 * alpha / 0.108);  // Glasberg & Moore's ERB
  std::vector<Bin> bins;
  for (double frequency_hz : constant_q_frequencies_hz(options))
    bins.push_back({frequency_hz, gamma_hz, alpha});
  return bins;
}

/// Discrete Fourier transform by powers of two in double; the filters are made once.
void transform(ComplexRow& values) {
  const std::size_t n = values.size();
  if (n == 1) return;
  ComplexRow even(n / 2);
  ComplexRow odd(n / 2);
  for (std::size_t i = 0; i < n / 2; ++i) {
    even[i] = values[2 * i];
    odd[i] = values[2 * i + 1];
  }
  transform(even);
  transform(odd);
  for (std::size_t k = 0; k < n / 2; ++k) {
    const std::complex<double> turned =
        std::polar(1.0, -2 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(n)) * odd[k];
    values[k] = even[k] + turned;
    values[k + n / 2] = even[k] - turned;
  }
}

/// The filter in time: a windowed complex tone whose magnitudes sum to 1, in the middle of n_fft samples.
ComplexRow make_wavelet(const Bin& bin, double sample_rate_hz, WindowShape shape, std::size_t n_fft) {
  const double length = bin.length(sample_rate_hz);
  const auto first = static_cast<std::int64_t>(std::floor(-length / 2));
  const auto end = static_cast<std::int64_t>(std::floor(length / 2));
  const std::vector<double> window = make_window(shape, static_cast<int>(end - first));
  const double sum = std::accumulate(window.begin(), window.end(), 0.0,
                                     [](double total, double weight) { return total + std::abs(weight); });
  ComplexRow wavelet(n_fft);
  const std::size_t offset = (n_fft - window.size()) / 2;
  for (std::size_t i = 0; i < window.size(); ++i) {
    const double time_s = static_cast<double>(first + static_cast<std::int64_t>(i)) / sample_rate_hz;
    const double phase = 2 * std::numbers::pi * bin.frequency_hz * time_s;
    wavelet[offset + i] = std::polar(window[i] / sum, phase);
  }
  return wavelet;
}

/// The magnitude from which on bins are kept.
double sparsity_threshold(const ComplexRow& spectrum) {
  std::vector<double> magnitudes;
  for (const std::complex<double>& value : spectrum) magnitudes.push_back(std::abs(value));
  std::sort(magnitudes.begin(), magnitudes.end());
  const double total = std::accumulate(magnitudes.begin(), magnitudes.end(), 0.0);
  double sum = 0;
  for (double magnitude : magnitudes) {
    sum += magnitude;
    if (sum / total >= kSparsity) return magnitude;
  }
  return 0;
}

void add_row(OctaveFilters& octave, ComplexRow spectrum) {
  const double threshold = sparsity_threshold(spectrum);
  for (std::complex<double>& value : spectrum) {
    if (std::abs(value) < threshold) value = 0;
  }
  const auto is_kept = [](const std::complex<double>& value) { return value != 0.0; };
  const auto first = std::find_if(spectrum.begin(), spectrum.end(), is_kept);
  const auto last = std::find_if(spectrum.rbegin(), std::make_reverse_iterator(first), is_kept).base();
  octave.rows.push_back({static_cast<std::size_t>(first - spectrum.begin()), octave.weights.size(),
                         static_cast<std::size_t>(last - first)});
  for (auto value = first; value != last; ++value) octave.weights.emplace_back(*value);
}

int next_power_of_two(double length) {
  return static_cast<int>(std::exp2(std::ceil(std::log2(length))));
}

/// Halvings of the whole signal before the first octave, where its bins leave so much of the spectrum unused.
int early_halvings(const ConstantQOptions& options, double highest_hz, int n_octaves) {
  int twos = 0;
  while (options.hop_length >> twos << twos == options.hop_length) ++twos;
  --twos;
  const int by_bins = static_cast<int>(std::ceil(std::log2(options.sample_rate_hz / 2 / highest_hz))) - 2;
  return std::min(std::max(0, by_bins), std::max(0, twos - n_octaves + 1));
}

OctaveFilters make_octave(std::span<const Bin> bins, const ConstantQOptions& options, int early,
                          int downsampling) {
  const double sample_rate_hz = options.sample_rate_hz / downsampling;
  double longest = 0;
  for (const Bin& bin : bins) longest = std::max(longest, bin.length(sample_rate_hz));
  if (longest > kLongestFft) {
    throw ParameterError(
        fmt::format("constant Q: the filter at {:.2f} Hz is {:.0f} samples long, at most {} can be "
                    "transformed; raise fmin, take "
                    "fewer bins_per_octave, or a hop_length that can be halved once an octave, such as 512",
                    bins.front().frequency_hz, longest, kLongestFft));
  }
  OctaveFilters octave{.downsampling = downsampling,
                       .hop_length = options.hop_length / downsampling,
                       .n_fft = std::max(2, next_power_of_two(longest)),
                       .first_row = 0,
                       .rows = {},
                       .weights = {}};
  const auto n_fft = static_cast<std::size_t>(octave.n_fft);
  for (const Bin& bin : bins) {
    ComplexRow filter = make_wavelet(bin, sample_rate_hz, options.window, n_fft);
    transform(filter);
    filter.resize(n_fft / 2 + 1);
    // The filter's own length over n_fft, the energy that downsampling took, and one scale for all lengths.
    const double gain = bin.length(sample_rate_hz) / octave.n_fft *
                        std::sqrt(static_cast<double>(downsampling) / early) /
                        std::sqrt(bin.length(options.sample_rate_hz / early));
    for (std::complex<double>& value : filter) value *= gain;
    add_row(octave, std::move(filter));
  }
  return octave;
}

}  // namespace

void OctaveFilters::apply(std::span<const std::complex<float>> spectrum, std::span<float> power) const {
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const Row& row = rows[r];
    const std::complex<float>* const weight = weights.data() + row.first_weight;
    const std::complex<float>* const value = spectrum.data() + row.first_bin;
    float re = 0;
    float im = 0;
#pragma omp simd reduction(+ : re, im)
    for (std::size_t i = 0; i < row.n_weights; ++i) {
      re += weight[i].real() * value[i].real() - weight[i].imag() * value[i].imag();
      im += weight[i].real() * value[i].imag() + weight[i].imag() * value[i].real();
    }
    power[r] = re * re + im * im;
  }
}

std::vector<double> constant_q_frequencies_hz(const ConstantQOptions& options) {
  std::vector<double> frequencies_hz;
  for (int k = 0; k < options.n_bins; ++k) {
    frequencies_hz.push_back(options.fmin_hz * std::exp2(static_cast<double>(k) / options.bins_per_octave));
  }
  return frequencies_hz;
}

std::vector<OctaveFilters> make_octave_filters(const ConstantQOptions& options) {
  if (!(options.fmin_hz > 0)) {
    throw ParameterError(
        fmt::format("constant Q: fmin is {} Hz; the lowest bin must be above 0 Hz", options.fmin_hz));
  }
  const std::vector<Bin> bins = make_bins(options);
  const double highest_hz = bins.back().upper_edge_hz(noise_bandwidth(options.window));
  if (highest_hz > options.sample_rate_hz / 2) {
    throw ParameterError(
        fmt::format("constant Q: the highest of {} bins, around {:.2f} Hz, reaches up to {:.2f} Hz, but half "
                    "the sampling rate is {} "
                    "Hz; take fewer bins, a lower fmin or a higher rate",
                    options.n_bins, bins.back().frequency_hz, highest_hz, options.sample_rate_hz / 2));
  }
  const int n_octaves = (options.n_bins + options.bins_per_octave - 1) / options.bins_per_octave;
  const int early = 1 << early_halvings(options, highest_hz, n_octaves);
  std::vector<OctaveFilters> octaves;
  int downsampling = early;
  auto end = static_cast<std::size_t>(options.n_bins);
  while (end > 0) {
    const std::size_t count = std::min(end, static_cast<std::size_t>(options.bins_per_octave));
    octaves.push_back(make_octave(std::span(bins).subspan(end - count, count), options, early, downsampling));
    octaves.back().first_row = end - count;
    end -= count;
    if (options.hop_length / downsampling % 2 == 0) downsampling *= 2;
  }
  return octaves;
}

}  // namespace gamut::spectra
