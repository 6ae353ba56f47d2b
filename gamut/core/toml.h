#pragma once

#include <filesystem>
#include <string>

#include "gamut/core/json_fwd.h"

namespace gamut {

/// Reads a TOML file as JSON (dates become strings).
/// @throws FileError  missing or unreadable.
/// @throws ParameterError  not TOML; the message has line and column. More than 5000 dots, each of which may
/// nest a table, or tables and lists nested deeper than 100 levels.
Json load_toml(const std::filesystem::path& path);

/// Parses TOML text; `name` stands for the file in messages.
Json parse_toml(const std::string& text, const std::string& name);

/// The same configuration as TOML text: tables in the order given; null values are left out.
std::string dump_toml(const Json& table);

}  // namespace gamut
