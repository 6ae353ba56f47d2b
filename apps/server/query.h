#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gamut::server {

/// The names and values of a query, "scale=mel%2Clinear&format=json", decoded, in order. "+" is a blank; a
/// name without "=" has an empty value.
/// @throws HttpError  400: a broken % escape, a NUL, or more than 64 names.
std::vector<std::pair<std::string, std::string>> parse_query(std::string_view query);

}  // namespace gamut::server
