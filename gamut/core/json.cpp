#include "gamut/core/json.h"

#include <algorithm>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/text.h"

namespace gamut {
namespace {

// Copying and writing descend level by level, and a name is looked up by comparing it with each before it:
// without limits a small hostile file could exhaust the stack, or hours.
constexpr std::size_t kDeepest = 100;
constexpr std::size_t kMostNames = 10000;

void check_bounds(std::string_view text, const std::filesystem::path& path) {
  std::vector<std::size_t> names;  // so far, of each object that is open
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      quoted = c != '"';
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      names.push_back(0);
    } else if ((c == '}' || c == ']') && !names.empty()) {
      names.pop_back();
    } else if (c == ':' && !names.empty()) {
      ++names.back();
    }
    if (names.size() > kDeepest || (!names.empty() && names.back() > kMostNames)) {
      throw FileError(printable(path.string()) + " is nested deeper than " + std::to_string(kDeepest) +
                          " levels or has an object of more than " + std::to_string(kMostNames) +
                          " names (byte " + std::to_string(i) + "); it is none of gamut's files",
                      path);
    }
  }
}

}  // namespace

Json load_json(const std::filesystem::path& path) {
  const std::string text = load_text(path);
  check_bounds(text, path);
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    throw FileError(printable(path.string()) + " is not valid JSON (byte " + std::to_string(error.byte) + ")",
                    path);
  } catch (const Json::out_of_range& error) {
    throw FileError(printable(path.string()) + " has a number beyond any: " + printable(error.what()), path);
  }
}

std::string dump_json(const Json& value, int indent) {
  return value.dump(indent, ' ', false, Json::error_handler_t::replace);
}

void save_json(const std::filesystem::path& path, const Json& value) {
  save_atomically(path, dump_json(value, 2) + "\n");
}

OptionReader::OptionReader(const Json& object, std::string section)
    : object_(object), section_(std::move(section)) {
  if (object_.is_null()) object_ = Json::object();
  if (!object_.is_object()) throw ParameterError(section_ + " must be a table of options");
}

const Json* OptionReader::find(const std::string& key) {
  known_.push_back(key);
  const auto found = object_.find(key);
  return found == object_.end() || found->is_null() ? nullptr : &*found;
}

void OptionReader::add_fault(const std::string& key, const std::string& complaint) {
  faults_.push_back(section_ + " " + key + " " + complaint);
}

void OptionReader::finish() {
  for (const auto& [key, value] : object_.items()) {
    if (std::find(known_.begin(), known_.end(), key) == known_.end()) {
      faults_.push_back(section_ + " has an unknown option \"" + printable(key) + "\"; known are " +
                        join_words(known_));
    }
  }
  if (!faults_.empty()) throw ParameterError(join(faults_, "\n"));
}

}  // namespace gamut
