#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "gamut/core/png.h"
#include "gamut/spectra/picture.h"

namespace gamut::spectra {

enum class ColourMap { magma, gray };

std::string_view to_string(ColourMap map);
/// @throws ParameterError  an unknown word; the message lists the known ones.
ColourMap parse_colour_map(std::string_view word);

/// [256][red, green, blue]
using Colours = std::array<std::array<std::uint8_t, 3>, 256>;

/// The 256 RGB colours of a map. Magma is matplotlib's table (CC0, S. van der Walt and N. Smith).
const Colours& colours(ColourMap map);

/// A picture as people look at it: low frequencies at the bottom, the left plane above the right.
RgbImage paint(const Picture& picture, ColourMap map = ColourMap::magma);

}  // namespace gamut::spectra
