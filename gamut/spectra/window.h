#pragma once

#include <string_view>
#include <vector>

namespace gamut::spectra {

/// The shape that a frame is multiplied with before its Fourier transform.
enum class WindowShape {
  hann,            ///< origin: librosa
  hamming,         ///< 0.54 and 0.46
  blackman,        ///< three terms
  blackmanharris,  ///< four terms, side lobes below -92 dB
  boxcar,          ///< 1 throughout
};

std::string_view to_string(WindowShape shape);
/// @throws ParameterError  an unknown word; the message lists the known ones.
WindowShape parse_window_shape(std::string_view word);

/// A periodic window, sum over j of (-1)^j a_j cos(2 pi i j / length): the kind for spectra, whose next
/// period would start at `length`.
///
/// @param length  samples; > 0.
/// @return float64, shape [length]; 1 in the middle of an even length; a single sample is 1.
/// @throws ParameterError  length < 1.
/// @source scipy.signal.get_window(shape, length, fftbins=True), which librosa uses; coefficients after
/// Harris, On the use of windows for harmonic analysis with the discrete Fourier transform, Proc. IEEE 66(1),
/// 1978.
std::vector<double> make_window(WindowShape shape, int length);

}  // namespace gamut::spectra
