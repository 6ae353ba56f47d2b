#pragma once

#include <span>

#include "gamut/core/matrix.h"
#include "gamut/spectra/front_end.h"

namespace gamut::spectra {

struct MfccOptions {
  int n_mfcc = 20;  ///< coefficients a frame, from 1 to the rows of the scale; origin: librosa
};

/// Cepstral coefficients: the orthonormal DCT-II, along the rows of the scale, of decibels relative to a
/// power of 1 that reach top_db below the loudest cell. On `mel` these are the mel-frequency cepstral
/// coefficients; any other scale gives its own kind.
///
/// @param signal  as for FrontEnd::compute_array.
/// @return float32, shape [n_mfcc, frames], row 0 = the mean over the rows times the root of their number.
/// @throws ParameterError  n_mfcc out of its range; otherwise as FrontEnd::compute_array.
/// @source librosa.feature.mfcc, 0.10.2.
Matrix compute_mfcc(const FrontEnd& front_end, std::span<const float> signal,
                    const MfccOptions& options = {});

}  // namespace gamut::spectra
