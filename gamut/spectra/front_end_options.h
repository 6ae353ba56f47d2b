#pragma once

#include <optional>
#include <string>

#include "gamut/core/channels.h"
#include "gamut/core/json.h"
#include "gamut/spectra/mel_filterbank.h"
#include "gamut/spectra/picture.h"

namespace gamut::spectra {

/// Everything that decides how a picture looks. It is stored with every picture set and every model, and two
/// sets are interchangeable exactly when the canonical_options of both are equal. Names and defaults are
/// librosa's unless said.
struct FrontEndOptions {
  std::string scale = "mel";           ///< a name of scale_names()
  Reduce reduce = Reduce::nearest;     ///< origin: paper
  double sample_rate_hz = 22050;       ///< > 0
  Channels channels = Channels::mono;  ///< which signal to take from the recording; the caller's business
  int n_fft = 2048;                    ///< samples; even, 2 to 65536
  int hop_length = 512;                ///< samples; >= 1
  int n_bands = 128;                   ///< bands of the filterbank scales (librosa's n_mels); 1 to 4096
  double fmin_hz = 0;                  ///< lower edge of the filterbank; 0 <= fmin < fmax
  std::optional<double> fmax_hz = std::nullopt;  ///< upper edge; none: half the sampling rate, the limit
  MelFormula mel_formula = MelFormula::slaney;
  MelNorm mel_norm = MelNorm::slaney;
  double top_db = 80;        ///< dB kept below the loudest cell; > 0
  int picture_width = 250;   ///< pixels; 1 to 4096; origin: paper
  int picture_height = 250;  ///< pixels; 1 to 4096; origin: paper

  bool operator==(const FrontEndOptions&) const = default;

  /// @throws ParameterError  listing every fault at once, each with its value, limit and unit.
  void validate() const;
};

/// Every option under its own name, in the order of the struct; fmax_hz is null where it is none.
Json to_json(const FrontEndOptions& options);

/// Keys as in to_json; absent and null ones keep their defaults; enum values are words ("nearest", "htk").
/// @throws ParameterError  unknown keys, wrong types, values out of range.
FrontEndOptions front_end_options_from_json(const Json& json);

/// The options with all that does not change the picture brought to one form: what the scale does not read
/// (mel_formula for `linear`) is set to its default, and an fmax_hz of half the sampling rate to none.
/// Options with equal canonical forms make equal pictures.
/// @throws ParameterError  as FrontEndOptions::validate().
FrontEndOptions canonical_options(const FrontEndOptions& options);

/// The folder name of a picture set: scale, reduce and the first eight hex digits of the SHA-256 over the
/// JSON of the other options that the scale reads, in their canonical form: "mel-nearest-3f2a91bc".
/// @throws ParameterError  as FrontEndOptions::validate().
std::string picture_set_name(const FrontEndOptions& options);

}  // namespace gamut::spectra
