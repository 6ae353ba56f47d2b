#include "gamut/tags/path_json.h"

#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/label_key.h"

namespace gamut::tags {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

std::string to_hex(const std::string& bytes) {
  std::string hex;
  for (const char letter : bytes) {
    const auto byte = static_cast<unsigned char>(letter);
    hex += kHexDigits[byte >> 4];
    hex += kHexDigits[byte & 15];
  }
  return hex;
}

std::string from_hex(const std::string& hex) {
  if (hex.size() % 2 != 0 || hex.find_first_not_of(kHexDigits) != std::string::npos) {
    throw FileError("a path's bytes are not lower-case hex digits, two a byte");
  }
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    bytes += static_cast<char>((kHexDigits.find(hex[i]) << 4) | kHexDigits.find(hex[i + 1]));
  }
  return bytes;
}

}  // namespace

void put_path(Json& object, const std::string& key, const std::filesystem::path& path) {
  object[key] = path.native();
  if (!is_utf8(path.native())) object[key + "_hex"] = to_hex(path.native());
}

std::filesystem::path get_path(const Json& object, const std::string& key) {
  const auto hex = object.find(key + "_hex");
  return hex == object.end() ? object.at(key).get<std::string>() : from_hex(hex->get<std::string>());
}

}  // namespace gamut::tags
