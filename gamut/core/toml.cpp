#include "gamut/core/toml.h"

#include <toml++/toml.h>

#include <algorithm>
#include <sstream>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"

namespace gamut {
namespace {

// Nested tables are written as inline ones, of which toml++ reads 256 levels: what is read can be written and
// read again.
constexpr int kDeepest = 100;

Json to_json(const toml::node& node, const std::string& name, int depth = 0) {
  if (depth > kDeepest) {
    throw ParameterError(printable(name) + " is nested deeper than " + std::to_string(kDeepest) + " levels");
  }
  if (const auto* table = node.as_table()) {
    Json::object_t object;  // filled at its end: a table has no name twice, so none need be looked for
    for (const auto& [key, value] : *table)
      object.emplace_back(std::string(key.str()), to_json(value, name, depth + 1));
    return object;
  }
  if (const auto* array = node.as_array()) {
    Json list = Json::array();
    for (const auto& value : *array) list.push_back(to_json(value, name, depth + 1));
    return list;
  }
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* whole = node.as_integer()) return whole->get();
  if (const auto* real = node.as_floating_point()) return real->get();
  if (const auto* truth = node.as_boolean()) return truth->get();
  std::ostringstream date;
  if (const auto* value = node.as_date()) date << value->get();
  if (const auto* value = node.as_time()) date << value->get();
  if (const auto* value = node.as_date_time()) date << value->get();
  return date.str();
}

// Each dot of a key may nest once more, and tables are freed and converted by recursion: text without this
// limit could exhaust the stack. toml++ itself limits the nesting of brackets.
constexpr std::ptrdiff_t kMostDots = 5000;

bool is_bare_key(const std::string& key) {
  return !key.empty() &&
         key.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") ==
             std::string::npos;
}

// JSON's string escapes are TOML's basic-string escapes, but JSON leaves the delete character as it is.
std::string toml_text(const Json& text) {
  std::string result = dump_json(text);
  for (std::size_t at = 0; (at = result.find('\x7f', at)) != std::string::npos;)
    result.replace(at, 1, "\\u007f");
  return result;
}

std::string key_text(const std::string& key) {
  return is_bare_key(key) ? key : toml_text(key);
}

std::string value_text(const Json& value) {
  if (value.is_object()) {
    std::vector<std::string> pairs;
    for (const auto& [key, item] : value.items()) {
      if (!item.is_null()) pairs.push_back(key_text(key) + " = " + value_text(item));
    }
    return "{ " + join(pairs, ", ") + " }";
  }
  if (value.is_array()) {
    std::vector<std::string> items;
    for (const Json& item : value) items.push_back(value_text(item));
    return "[" + join(items, ", ") + "]";
  }
  if (value.is_number_float()) {
    const std::string text = format_number(value.get<double>());
    return text.find_first_of(".en") == std::string::npos ? text + ".0" : text;
  }
  return toml_text(value);
}

}  // namespace

Json parse_toml(const std::string& text, const std::string& name) {
  if (const auto dots = std::ranges::count(text, '.'); dots > kMostDots) {
    throw ParameterError(printable(name) + " has " + std::to_string(dots) + " dots; at most " +
                         std::to_string(kMostDots) + " are read, lest keys such as a.b.c… nest without end");
  }
  try {
    return to_json(toml::parse(text), name);
  } catch (const toml::parse_error& error) {
    std::ostringstream message;
    message << printable(name) << ", line " << error.source().begin.line << ", column "
            << error.source().begin.column << ": " << error.description();
    throw ParameterError(message.str());
  }
}

Json load_toml(const std::filesystem::path& path) {
  return parse_toml(load_text(path), path.string());
}

std::string dump_toml(const Json& table) {
  std::string plain;
  std::string sections;
  for (const auto& [key, value] : table.items()) {
    if (value.is_null()) continue;
    if (!value.is_object()) {
      plain += key_text(key) + " = " + value_text(value) + "\n";
      continue;
    }
    sections += "\n[" + key_text(key) + "]\n";
    for (const auto& [inner_key, inner] : value.items()) {
      if (!inner.is_null()) sections += key_text(inner_key) + " = " + value_text(inner) + "\n";
    }
  }
  return plain + sections;
}

}  // namespace gamut
