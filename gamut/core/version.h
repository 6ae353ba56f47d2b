#pragma once

#include <string_view>

namespace gamut {

/// gamut's own version, "major.minor.patch".
std::string_view version();

}  // namespace gamut
