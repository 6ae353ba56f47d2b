#pragma once

#include <vector>

#include "gamut/spectra/front_end.h"

namespace gamut::spectra {

/// The frequency in Hz at the middle of each row of a front end's pictures, [picture_height], row 0 lowest,
/// never falling. Between the rows of the scale it is interpolated; in the outer half of its first and last
/// row it goes on as steeply, from 0 Hz to half the sampling rate.
std::vector<double> picture_frequencies_hz(const FrontEnd& front_end);

/// A round frequency and where it stands on a picture's vertical axis.
struct FrequencyTick {
  double frequency_hz = 0;
  double height = 0;  ///< from the picture's lower edge, 0, to its upper one, 1
};

/// The frequencies 1, 2 and 5 times powers of ten, from 10 Hz on, that a front end's pictures show, lowest
/// first, as far as they keep apart.
///
/// @param distance  least distance from tick to tick, as a share of the picture's height; > 0. Where ticks
/// are
///                  too close, 1 goes before 5 and 5 before 2.
std::vector<FrequencyTick> make_frequency_ticks(const FrontEnd& front_end, double distance = 0.06);

}  // namespace gamut::spectra
