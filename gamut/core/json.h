#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "gamut/core/json_fwd.h"

namespace gamut {

/// @throws FileError  missing, unreadable, not JSON (with the byte position), nested deeper than 100 levels,
/// or an object of more than 10000 names.
Json load_json(const std::filesystem::path& path);

/// Writes `value` indented by two spaces, atomically.
void save_json(const std::filesystem::path& path, const Json& value);

/// Serialises; bytes that are not UTF-8 become U+FFFD instead of an exception. `indent` -1 gives one line.
std::string dump_json(const Json& value, int indent = -1);

/// Reads an options object strictly: every fault is collected, and finish() reports them all at once.
///
///     OptionReader reader(json, "spectrogram");
///     reader.read("n_fft", options.n_fft);          // absent: the default stays
///     reader.finish();                              // throws on wrong types and unknown keys
class OptionReader {
 public:
  /// @param object   a JSON object; null counts as empty.
  /// @param section  how messages call it, for example "[spectrogram]".
  OptionReader(const Json& object, std::string section);

  /// Stores the value of `key` in `target` where it is present; a wrong type is a fault.
  template <class T>
  void read(const std::string& key, T& target) {
    const Json* value = find(key);
    if (value == nullptr) return;
    if (!holds<T>(*value)) {
      add_fault(key, "has the wrong type: " + dump_json(*value));
      return;
    }
    try {
      target = value->get<T>();
    } catch (const nlohmann::json::exception&) {
      add_fault(key, "has the wrong type: " + dump_json(*value));
    }
  }

  /// The same for an option that may be none.
  template <class T>
  void read(const std::string& key, std::optional<T>& target) {
    const auto found = object_.find(key);
    T value{};
    read(key, value);
    if (found != object_.end() && !found->is_null()) target = value;
  }

  /// The value of `key` and marks it as known; nullptr where absent.
  const Json* find(const std::string& key);
  void add_fault(const std::string& key, const std::string& complaint);

  /// @throws ParameterError  listing every fault and every unknown key, with the known ones.
  void finish();

 private:
  // Stricter than get(), which would cut 2048.5 to 2048, take true for 1 and let -1 wrap around.
  template <class T>
  static bool holds(const Json& value) {
    if constexpr (std::is_same_v<T, bool>) {
      return value.is_boolean();
    } else if constexpr (std::is_integral_v<T>) {
      if (value.is_number_unsigned()) return std::in_range<T>(value.get<std::uint64_t>());
      return value.is_number_integer() && std::in_range<T>(value.get<std::int64_t>());
    } else if constexpr (std::is_floating_point_v<T>) {
      return value.is_number();
    } else {
      return true;
    }
  }

  Json object_;
  std::string section_;
  std::vector<std::string> known_;
  std::vector<std::string> faults_;
};

}  // namespace gamut
