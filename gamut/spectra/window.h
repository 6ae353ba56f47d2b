#pragma once

#include <vector>

namespace gamut::spectra {

/// The periodic Hann window, 0.5 - 0.5 cos(2 pi i / length): the one for spectra, whose next period would
/// start at `length`.
///
/// @param length  samples; > 0.
/// @return float32, shape [length], rounded from double; 0 at the start, 1 in the middle of an even length.
/// @throws ParameterError  length < 1.
/// @source scipy.signal.get_window("hann", length, fftbins=True), which librosa uses.
std::vector<float> make_hann_window(int length);

}  // namespace gamut::spectra
