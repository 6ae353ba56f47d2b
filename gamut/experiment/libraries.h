#pragma once

#include "gamut/core/json.h"

namespace gamut::experiment {

/// The libraries this program was built with, and their versions.
const Json& libraries();

}  // namespace gamut::experiment
