#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace gamut::weights {

/// @throws ModelError  always: "<path>: <complaint>".
[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& complaint);

/// Reads little-endian numbers and runs of bytes from a span, never past its end. The span and the path must
/// outlive it.
class ByteReader {
 public:
  /// @param part  what the bytes are, for messages: "the zip directory".
  ByteReader(std::span<const std::byte> bytes, std::string_view part, const std::filesystem::path& path)
      : bytes_(bytes), part_(part), path_(path) {}

  std::size_t position() const { return position_; }
  bool at_end() const { return position_ == bytes_.size(); }

  /// @throws ModelError  fewer than `count` bytes are left.
  std::span<const std::byte> take(std::uint64_t count);
  std::string_view take_text(std::uint64_t count);
  /// Up to the next newline, which is taken but not returned.
  std::string_view take_line();
  void skip(std::uint64_t count) { take(count); }

  /// @throws ModelError  the number is cut off.
  template <std::unsigned_integral T>
  T read() {
    T value = 0;
    std::span<const std::byte> raw = take(sizeof(T));
    for (std::size_t i = 0; i < sizeof(T); ++i)
      value |= static_cast<T>(std::to_integer<T>(raw[i]) << (8 * i));
    return value;
  }

 private:
  std::span<const std::byte> bytes_;
  std::string_view part_;
  const std::filesystem::path& path_;
  std::size_t position_ = 0;
};

}  // namespace gamut::weights
