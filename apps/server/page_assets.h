#pragma once

#include <vector>

#include "apps/server/routes.h"

namespace gamut::server {

/// The web page (web/page): index.html at "/", and the style and the script that it names.
const std::vector<Asset>& page_assets();

}  // namespace gamut::server
