#pragma once

#include "gamut/core/json.h"

namespace gamut {

/// The libraries that this build of gamut links, and their versions.
const Json& libraries();

}  // namespace gamut
