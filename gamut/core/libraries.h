#pragma once

#include "gamut/core/json_fwd.h"

namespace gamut {

/// The libraries that this build of gamut links, and their versions.
const Json& libraries();

}  // namespace gamut
