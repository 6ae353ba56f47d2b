#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

namespace gamut::fuzz {

/// What libFuzzer hands a target.
using Bytes = std::span<const std::uint8_t>;

inline std::string_view as_text(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// The bytes as a regular file that lies in memory, for readers that want a path. One file serves all inputs
/// of a process; the path stays valid until the next call.
std::filesystem::path in_file(Bytes bytes);

/// A folder of this process alone, removed at its end.
const std::filesystem::path& scratch_directory();

/// The contract of every reader: a result, or one of the documented errors. Any other exception leaves the
/// target, which libFuzzer reports as a crash.
template <class... Documented, class Read>
void expect_result_or(Read&& read) {
  try {
    read();
  } catch (const std::exception& error) {
    if (!(... || (dynamic_cast<const Documented*>(&error) != nullptr))) throw;
  }
}

}  // namespace gamut::fuzz
