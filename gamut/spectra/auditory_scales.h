#pragma once

namespace gamut::spectra {

/// Critical-band rate in Bark, with the published corrections below 2 and above 20.1 Bark.
///
/// @param frequency_hz  >= 0
/// @source Traunmüller, Analytical expressions for the tonotopic sensory scale, JASA 88 (1990) 97-100.
double hz_to_bark(double frequency_hz);
/// The inverse of hz_to_bark.
double bark_to_hz(double bark);

/// ERB rate: how many equivalent rectangular bandwidths of the ear's filters lie below a frequency.
///
/// @param frequency_hz  >= 0
/// @source Glasberg & Moore, Derivation of auditory filter shapes from notched-noise data, Hearing Research
/// 47 (1990) 103-138.
double hz_to_erb_rate(double frequency_hz);
/// The inverse of hz_to_erb_rate.
double erb_rate_to_hz(double erb_rate);

}  // namespace gamut::spectra
