#pragma once

#include <string>
#include <string_view>

namespace gamut {

/// Base64 with the usual alphabet and padding, without line breaks.
/// @source RFC 4648, section 4.
std::string base64(std::string_view bytes);

}  // namespace gamut
