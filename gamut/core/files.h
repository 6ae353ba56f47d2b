#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace gamut {

/// @throws FileError  missing, unreadable or a directory.
std::string load_text(const std::filesystem::path& path);

/// Writes to a temporary file beside `path`, syncs it and renames it over `path`: readers see the old file or
/// the new one. Parent directories are made.
/// @throws FileError  the disk is full or the directory is not writable; the old file is untouched.
void save_atomically(const std::filesystem::path& path, std::string_view bytes);

/// A file mapped read-only into memory.
class MappedFile {
 public:
  /// @throws FileError  missing or unreadable.
  explicit MappedFile(const std::filesystem::path& path);
  ~MappedFile();
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;

  std::span<const std::byte> bytes() const { return {data_, size_}; }

 private:
  const std::byte* data_ = nullptr;
  std::size_t size_ = 0;
};

/// Exclusive advisory lock on a file (made if missing), held until destruction; the kernel releases it when
/// the process dies, however it dies.
class FileLock {
 public:
  /// @throws FileError  another process holds it; the message says what that process is doing: `purpose`.
  FileLock(const std::filesystem::path& path, const std::string& purpose);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int descriptor_ = -1;
};

}  // namespace gamut
