#pragma once

#include <string_view>

namespace gamut::server {

/// docs/openapi.json.
std::string_view openapi();

}  // namespace gamut::server
