#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "gamut/core/matrix.h"

namespace gamut::spectra {

/// How a frequency becomes a pitch in mel.
enum class MelFormula {
  slaney,  ///< linear below 1 kHz, logarithmic above
  htk,     ///< 2595 log10(1 + f / 700)
};

/// How high the triangles are.
enum class MelNorm {
  slaney,  ///< 2 / width in Hz: each filter has about the same area
  none,    ///< peak 1
};

std::string_view to_string(MelFormula formula);
std::string_view to_string(MelNorm norm);
/// Both: @throws ParameterError  an unknown word; the message lists the known ones.
MelFormula parse_mel_formula(std::string_view word);
MelNorm parse_mel_norm(std::string_view word);

/// @param frequency_hz  >= 0
/// @source slaney: Slaney, Auditory Toolbox, Interval Research TR 1998-010; htk: Young et al., The HTK
/// Book, 5.4.
double hz_to_mel(double frequency_hz, MelFormula formula = MelFormula::slaney);
/// The inverse of hz_to_mel.
double mel_to_hz(double mel, MelFormula formula = MelFormula::slaney);

struct MelOptions {
  int n_mels = 128;    ///< bands; >= 1; origin: librosa
  double fmin_hz = 0;  ///< lower edge of the first band
  std::optional<double> fmax_hz =
      std::nullopt;                         ///< upper edge of the last band; none: half the sampling rate
  MelFormula formula = MelFormula::slaney;  ///< origin: librosa
  MelNorm norm = MelNorm::slaney;           ///< origin: librosa
};

/// The corners of the triangles in Hz, [n_mels + 2], evenly spaced in mel: band b rises from corner b to its
/// peak at corner b + 1 and falls to corner b + 2.
std::vector<double> mel_corners_hz(double sample_rate_hz, const MelOptions& options);

/// Mel filterbank as a dense matrix.
///
/// Rows are triangles whose corners are evenly spaced in mel; a row times a power spectrum is the energy of
/// one band. A band narrower than the spacing of the bins may hold none: its row is zero, as in librosa.
///
/// @param n_fft           FFT length in samples; even, >= 2.
/// @param sample_rate_hz  sampling rate in Hz; > 0.
/// @return float32, shape [n_mels, n_fft / 2 + 1]; finite, >= 0.
/// @throws ParameterError  no bands; edges that are not 0 <= fmin < fmax <= sample_rate_hz / 2.
/// @source librosa.filters.mel, 0.10.2.
Matrix make_mel_filterbank(int n_fft, double sample_rate_hz, const MelOptions& options = {});

}  // namespace gamut::spectra
