#pragma once

#include <string>

#include "gamut/core/png.h"

namespace gamut::report {

/// Draws an SVG of ours on white, `scale` pixels a unit.
/// @throws ParameterError  no SVG, or one without a size.
RgbImage render_svg(const std::string& svg, double scale);

}  // namespace gamut::report
