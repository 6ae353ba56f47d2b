#include "gamut/core/json.h"

#include <algorithm>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/text.h"

namespace gamut {

Json load_json(const std::filesystem::path& path) {
  try {
    return Json::parse(load_text(path));
  } catch (const nlohmann::json::parse_error& error) {
    throw FileError(printable(path.string()) + " is not valid JSON (byte " + std::to_string(error.byte) + ")",
                    path);
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
