#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace gamut {

/// SHA-256 as 64 lower-case hex digits.
std::string sha256_hex(std::span<const std::byte> bytes);
std::string sha256_hex(std::string_view text);

/// @throws FileError  missing or unreadable.
std::string sha256_file(const std::filesystem::path& path);

}  // namespace gamut
