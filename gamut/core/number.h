#pragma once

#include <optional>
#include <string_view>

namespace gamut {

/// The number that fills `field` (blanks around it allowed), or none: other text, nothing, infinity, NaN,
/// beyond double's range.
std::optional<double> parse_finite(std::string_view field);

}  // namespace gamut
