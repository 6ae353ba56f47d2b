#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace gamut::doctor {

/// The first lines, indented, and how many more there are.
std::string examples(const std::vector<std::string>& lines, std::size_t shown);

/// "1 file", "2 files".
std::string count(std::size_t number, const char* one, const char* many);

}  // namespace gamut::doctor
