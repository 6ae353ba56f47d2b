#pragma once

#include <filesystem>
#include <string>

#include "gamut/core/json_fwd.h"

namespace gamut::tags {

/// Puts a path into a JSON object as `key`. JSON holds UTF-8 and a path is any bytes: one that is no UTF-8 is
/// there for people, and its bytes stand as hex digits in `key`_hex.
void put_path(Json& object, const std::string& key, const std::filesystem::path& path);

/// The path that put_path() put there.
/// @throws nlohmann::json::exception  there is none.
/// @throws FileError                  hex digits that are none.
std::filesystem::path get_path(const Json& object, const std::string& key);

}  // namespace gamut::tags
