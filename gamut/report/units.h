#pragma once

#include <cstdint>
#include <string>

namespace gamut::report {

/// "45 s", "2 min 5 s", "3 h 20 min".
/// @param seconds  >= 0.
std::string duration(double seconds);

/// "312 bytes", "12.5 kB", "1.2 GB": in powers of 1000.
std::string byte_count(std::uintmax_t bytes);

}  // namespace gamut::report
