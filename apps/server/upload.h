#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace gamut::server {

/// How many bytes all uploads together may hold. Thread-safe.
class UploadBudget {
 public:
  explicit UploadBudget(std::size_t limit_bytes) : limit_bytes_(limit_bytes) {}

  /// @return false, and nothing is taken, where less than `bytes` is left.
  bool try_take(std::size_t bytes);
  void give_back(std::size_t bytes) { taken_bytes_ -= bytes; }
  std::size_t taken_bytes() const { return taken_bytes_; }

 private:
  std::size_t limit_bytes_;
  std::atomic<std::size_t> taken_bytes_ = 0;
};

/// A body as it arrives: a file without a name, in memory alone. One thread at a time.
class Upload {
 public:
  enum class Appended { yes, too_large, no_room };

  /// @param budget       what its bytes are taken from, until it is destroyed.
  /// @param limit_bytes  the largest size.
  /// @throws Error  the system has no descriptor left.
  Upload(UploadBudget& budget, std::size_t limit_bytes);
  ~Upload();
  Upload(const Upload&) = delete;
  Upload& operator=(const Upload&) = delete;

  /// Adds bytes at the end; where it does not answer `yes`, none.
  Appended append(std::span<const char> bytes);

  std::size_t size() const { return size_; }

  /// Its bytes, until keep_only or seal.
  /// @throws Error  the system has no memory left.
  std::string_view bytes();

  /// Shrinks it to a part of itself.
  /// @param part  a part of bytes().
  void keep_only(std::string_view part);

  /// Forbids every change from now on, also by who holds another descriptor, and rewinds it.
  void seal();

  /// To hand to another process, which can open it anew as /proc/self/fd/N.
  int descriptor() const { return descriptor_; }

 private:
  void unmap();

  UploadBudget& budget_;
  std::size_t limit_bytes_;
  int descriptor_ = -1;
  std::size_t size_ = 0;
  std::size_t taken_bytes_ = 0;
  char* mapped_ = nullptr;
};

}  // namespace gamut::server
