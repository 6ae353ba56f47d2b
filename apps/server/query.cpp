#include "apps/server/query.h"

#include <algorithm>
#include <charconv>

#include "apps/server/http_error.h"

namespace gamut::server {
namespace {

constexpr std::size_t kMostNames = 64;

std::string decode(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i] == '+' ? ' ' : text[i];
      continue;
    }
    const std::string_view digits = text.substr(i + 1, 2);
    unsigned char byte = 0;
    const char* const end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, byte, 16);
    if (digits.size() != 2 || error != std::errc() || stop != end || byte == 0) {
      throw HttpError(400, "bad_query",
                      "the query has a '%' that is not followed by two hex digits, or a NUL");
    }
    decoded += static_cast<char>(byte);
    i += 2;
  }
  return decoded;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> parse_query(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> names;
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    if (pair.empty()) continue;
    if (names.size() == kMostNames) throw HttpError(400, "bad_query", "the query has more than 64 names");
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::size_t value = std::min(pair.size(), equals + 1);
    names.emplace_back(decode(pair.substr(0, equals)), decode(pair.substr(value)));
  }
  return names;
}

}  // namespace gamut::server
