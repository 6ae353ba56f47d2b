#include "gamut/spectra/mel_filterbank.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "gamut/core/error.h"
#include "gamut/core/text.h"
#include "gamut/core/words.h"
#include "gamut/spectra/band_edges.h"

namespace gamut::spectra {
namespace {

// Slaney's scale: 200 / 3 Hz a mel up to 1000 Hz (15 mel), then a factor of 6.4 every 27 mel.
constexpr double kSlaneyHzPerMel = 200.0 / 3;
constexpr double kSlaneyCornerHz = 1000;
constexpr double kSlaneyCornerMel = kSlaneyCornerHz / kSlaneyHzPerMel;
const double kSlaneyLogStep = std::log(6.4) / 27;

constexpr auto kFormulas =
    std::to_array<Word<MelFormula>>({{MelFormula::slaney, "slaney"}, {MelFormula::htk, "htk"}});
constexpr auto kNorms = std::to_array<Word<MelNorm>>({{MelNorm::slaney, "slaney"}, {MelNorm::none, "none"}});

}  // namespace

std::string_view to_string(MelFormula formula) {
  return word_of(formula, kFormulas);
}

MelFormula parse_mel_formula(std::string_view word) {
  return parse_word("mel formula", word, kFormulas);
}

std::string_view to_string(MelNorm norm) {
  return word_of(norm, kNorms);
}

MelNorm parse_mel_norm(std::string_view word) {
  return parse_word("mel norm", word, kNorms);
}

double hz_to_mel(double frequency_hz, MelFormula formula) {
  if (formula == MelFormula::htk) return 2595 * std::log10(1 + frequency_hz / 700);
  if (frequency_hz < kSlaneyCornerHz) return frequency_hz / kSlaneyHzPerMel;
  return kSlaneyCornerMel + std::log(frequency_hz / kSlaneyCornerHz) / kSlaneyLogStep;
}

double mel_to_hz(double mel, MelFormula formula) {
  if (formula == MelFormula::htk) return 700 * (std::pow(10, mel / 2595) - 1);
  if (mel < kSlaneyCornerMel) return mel * kSlaneyHzPerMel;
  return kSlaneyCornerHz * std::exp(kSlaneyLogStep * (mel - kSlaneyCornerMel));
}

std::vector<double> mel_corners_hz(double sample_rate_hz, const MelOptions& options) {
  const double low_mel = hz_to_mel(options.fmin_hz, options.formula);
  const double high_mel = hz_to_mel(options.fmax_hz.value_or(sample_rate_hz / 2), options.formula);
  std::vector<double> corners_hz;
  for (int i = 0; i < options.n_mels + 2; ++i) {
    corners_hz.push_back(
        mel_to_hz(low_mel + i * (high_mel - low_mel) / (options.n_mels + 1), options.formula));
  }
  return corners_hz;
}

Matrix make_mel_filterbank(int n_fft, double sample_rate_hz, const MelOptions& options) {
  std::vector<std::string> faults = find_band_edge_faults(sample_rate_hz, options.fmin_hz, options.fmax_hz);
  if (options.n_mels < 1) {
    faults.push_back(fmt::format("n_mels is {}; a filterbank needs at least 1 band", options.n_mels));
  }
  if (!faults.empty()) throw ParameterError("mel filterbank: " + join(faults, "; "));

  const std::vector<double> corners_hz = mel_corners_hz(sample_rate_hz, options);
  Matrix filters(static_cast<std::size_t>(options.n_mels), static_cast<std::size_t>(n_fft) / 2 + 1);
  for (std::size_t band = 0; band < filters.rows; ++band) {
    const double low_hz = corners_hz[band];
    const double centre_hz = corners_hz[band + 1];
    const double high_hz = corners_hz[band + 2];
    const double height = options.norm == MelNorm::slaney ? 2 / (high_hz - low_hz) : 1;
    for (std::size_t bin = 0; bin < filters.columns; ++bin) {
      const double frequency_hz = static_cast<double>(bin) * sample_rate_hz / n_fft;
      const double rising = (frequency_hz - low_hz) / (centre_hz - low_hz);
      const double falling = (high_hz - frequency_hz) / (high_hz - centre_hz);
      // Rounded before the norm is applied, as librosa does.
      const auto weight = static_cast<float>(std::max(0.0, std::min(rising, falling)));
      filters(band, bin) = static_cast<float>(weight * height);
    }
  }
  return filters;
}

}  // namespace gamut::spectra
