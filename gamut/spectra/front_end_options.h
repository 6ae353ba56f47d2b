#pragma once

#include <optional>
#include <string>

#include "gamut/core/channels.h"
#include "gamut/core/json_fwd.h"
#include "gamut/spectra/mel_filterbank.h"
#include "gamut/spectra/picture.h"
#include "gamut/spectra/window.h"

namespace gamut::spectra {

/// Everything that decides how a picture looks. It is stored with every picture set and every model, and two
/// sets are interchangeable exactly when the canonical_options of both are equal. Names and defaults are
/// librosa's unless said.
struct FrontEndOptions {
  std::string scale = "mel";           ///< a name of scale_names()
  Reduce reduce = Reduce::nearest;     ///< origin: paper
  double sample_rate_hz = 22050;       ///< > 0, at most 1e6; of files, what audio::decode can make
  Channels channels = Channels::mono;  ///< what to take from the recording; stereo: two planes a picture
  int n_fft = 2048;                    ///< samples; even, 2 to 65536
  int hop_length = 512;                ///< samples; >= 1
  WindowShape window = WindowShape::hann;
  std::optional<int> win_length = std::nullopt;  ///< samples, 1 to n_fft; none: n_fft
  /// Bands of a filterbank (librosa's n_mels), or bins of a constant-Q transform; 1 to 4096; none: the
  /// scale's own number, 128 or 84.
  std::optional<int> n_bands = std::nullopt;
  /// Lower edge of a filterbank, or the lowest bin of a constant-Q transform; below fmax; none: the scale's
  /// own, 0 or 32.7 Hz.
  std::optional<double> fmin_hz = std::nullopt;
  std::optional<double> fmax_hz = std::nullopt;   ///< upper edge; none: half the sampling rate, the limit
  int bins_per_octave = 12;                       ///< of a constant-Q transform; 1 to 1200
  std::optional<double> gamma_hz = std::nullopt;  ///< VQT: what is added to the bandwidths; >= 0; none: ERB
  MelFormula mel_formula = MelFormula::slaney;
  MelNorm mel_norm = MelNorm::slaney;
  double top_db = 80;        ///< dB kept below the loudest cell; finite, > 0
  int picture_width = 250;   ///< pixels; 1 to 4096; origin: paper
  int picture_height = 250;  ///< pixels; 1 to 4096; origin: paper
  /// Seconds a picture; none: one picture of the whole song. 0.1 to 36000.
  std::optional<double> segment_s = std::nullopt;
  /// Seconds from the start of a segment to that of the next, 0.1 to 36000; none: segment_s.
  std::optional<double> segment_hop_s = std::nullopt;

  bool operator==(const FrontEndOptions&) const = default;

  /// @throws ParameterError  listing every fault at once, each with its value, limit and unit.
  void validate() const;
};

/// Every option under its own name, in the order of the struct; null where it is none.
Json to_json(const FrontEndOptions& options);

/// Keys as in to_json; absent and null ones keep their defaults; enum values are words ("nearest", "htk").
/// @throws ParameterError  unknown keys, wrong types, values out of range.
FrontEndOptions front_end_options_from_json(const Json& json);

/// The options with all that does not change the picture brought to one form: what the scale does not read
/// (mel_formula for `linear`) is set to its default, and what is none to the value that it stands for.
/// Options with equal canonical forms make equal pictures.
/// @throws ParameterError  as FrontEndOptions::validate().
FrontEndOptions canonical_options(const FrontEndOptions& options);

/// The folder name of a picture set: scale, reduce and the first eight hex digits of the SHA-256 over the
/// JSON of the canonical options that differ from the scale's defaults: "mel-nearest-3f2a91bc". An option
/// that a later version adds renames no set.
/// @throws ParameterError  as FrontEndOptions::validate().
std::string picture_set_name(const FrontEndOptions& options);

}  // namespace gamut::spectra
