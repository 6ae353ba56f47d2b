#pragma once

#include <nlohmann/json_fwd.hpp>

namespace gamut {

/// JSON that keeps the order in which keys were written, so that files read as they were meant. This header
/// names it for declarations, and costs nothing; gamut/core/json.h has all of it.
using Json = nlohmann::ordered_json;

}  // namespace gamut
