#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace gamut {

/// SHA-256 as 64 lower-case hex digits.
std::string sha256_hex(std::span<const std::byte> bytes);
std::string sha256_hex(std::string_view text);

/// SHA-256 of bytes that come piece by piece.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  void update(std::span<const std::byte> bytes);
  /// 64 lower-case hex digits; nothing may follow.
  std::string finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

/// @throws FileError  missing, unreadable, or no regular file.
std::string sha256_file(const std::filesystem::path& path);

/// MD5 as 32 lower-case hex digits: what data sets publish of their files. Nothing of ours is known by it.
/// @throws FileError  missing, unreadable, or no regular file.
std::string md5_file(const std::filesystem::path& path);

}  // namespace gamut
