#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace gamut {

/// @throws FileError  missing, unreadable or a directory.
std::string load_text(const std::filesystem::path& path);

/// Writes to a temporary file beside `path`, syncs it and renames it over `path`: readers see the old file or
/// the new one. Parent directories are made. A symbolic link stays, and what it leads to is replaced; a
/// device or a pipe is written to.
/// @throws FileError  the disk is full or the directory is not writable; the old file is untouched.
void save_atomically(const std::filesystem::path& path, std::string_view bytes);

/// A name for a file that will become `path` by renaming: beside it, and no other's.
std::filesystem::path temporary_beside(const std::filesystem::path& path);

/// What symbolic links lead to, which need not be there; other paths as they are.
std::filesystem::path follow_links(std::filesystem::path path);

/// Brings a folder's names to the disk, where its file system can.
void sync_folder(const std::filesystem::path& folder);

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

/// What a lock does while another process holds it.
enum class WhenHeld { fail, wait };

/// Exclusive advisory lock on a file (made if missing), held until destruction.
///
/// The kernel releases it when the process dies, however it dies, so that a lock is never stale and never has
/// to be taken from anybody. On NFS the server does the same for a machine that died, once its lease ends (90
/// s with Linux's server); the mount must not have `nolock` or `local_lock`. The file says who holds it, for
/// people.
class FileLock {
 public:
  /// @param purpose  what its holder is doing, for messages: "working on the run x".
  /// @throws FileError    another process holds it and `when_held` is `fail`; the message names that process.
  /// @throws Interrupted  while it waits.
  FileLock(const std::filesystem::path& path, const std::string& purpose,
           WhenHeld when_held = WhenHeld::fail);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

  /// The lock, or nullptr where another process, or another lock of this process, holds it.
  static std::unique_ptr<FileLock> try_take(const std::filesystem::path& path);

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

/// Who holds the lock on `path`: "process 71 on node3", as the file says. Empty where nobody does.
std::string lock_holder(const std::filesystem::path& path);

}  // namespace gamut
