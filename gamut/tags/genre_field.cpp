#include "gamut/tags/genre_field.h"

#include <id3v1genres.h>

#include <charconv>

#include "gamut/core/label_key.h"
#include "gamut/core/text.h"

namespace gamut::tags {
namespace {

/// Takes ID3's references off the front of `field` and adds what they mean.
void take_references(std::string_view& field, std::vector<std::string>& values) {
  while (field.starts_with('(') && !field.starts_with("((")) {
    const std::size_t end = field.find(')');
    if (end == std::string_view::npos) return;
    std::string name = id3_genre(field.substr(1, end - 1));
    if (name.empty()) return;
    values.push_back(std::move(name));
    field = trim(field.substr(end + 1));
  }
  if (field.starts_with("((")) field.remove_prefix(1);
}

}  // namespace

std::string id3_genre(std::string_view reference) {
  if (reference == "RX") return "Remix";
  if (reference == "CR") return "Cover";
  int number = 0;
  const char* const end = reference.data() + reference.size();
  const auto [last, failure] = std::from_chars(reference.data(), end, number);
  if (failure != std::errc{} || last != end || number < 0) return {};
  return TagLib::ID3v1::genre(number).to8Bit(true);
}

std::string id3v1_genre(const std::string& genre) {
  const std::string key = label_key(genre);
  for (const TagLib::String& known : TagLib::ID3v1::genreList()) {
    std::string name = known.to8Bit(true);
    if (label_key(name) == key) return name;
  }
  return {};
}

std::vector<std::string> split_genre_field(const std::string& field,
                                           const std::function<bool(std::string_view)>& is_known) {
  std::string_view rest = trim(field);
  if (is_known(rest)) return {std::string(rest)};
  std::vector<std::string> values;
  if (std::string name = id3_genre(rest); !name.empty()) return {std::move(name)};
  take_references(rest, values);
  for (const std::string& part : split_list(rest, ';')) {
    if (is_known(part)) {
      values.push_back(part);
      continue;
    }
    for (std::string& value : split_list(part, '/')) {
      std::string name = id3_genre(value);
      values.push_back(name.empty() ? std::move(value) : std::move(name));
    }
  }
  return values;
}

}  // namespace gamut::tags
