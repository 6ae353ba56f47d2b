#include "gamut/core/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <random>
#include <thread>
#include <utility>

#include "gamut/core/descriptor.h"
#include "gamut/core/error.h"
#include "gamut/core/interrupt.h"
#include "gamut/core/text.h"

namespace gamut {
namespace {

[[noreturn]] void throw_errno(const std::string& what, const std::filesystem::path& path, int code) {
  throw FileError(what + " " + printable(path.string()) + ": " + std::strerror(code), path);
}

/// @return false where another open file holds the lock.
bool try_flock(int descriptor, int kind, const std::filesystem::path& path) {
  while (::flock(descriptor, kind | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return false;
    if (errno != EINTR) throw_errno("cannot lock", path, errno);
  }
  return true;
}

std::string describe_this_process() {
  char host[256] = "";
  ::gethostname(host, sizeof host - 1);
  return "process " + std::to_string(::getpid()) + " on " + host;
}

/// Writes to a device or a pipe, which no file can take the place of.
void write_through(const std::filesystem::path& path, std::string_view bytes) {
  const Descriptor device(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (device.get() < 0 || !write_all(device.get(), bytes)) throw_errno("cannot write", path, errno);
}

}  // namespace

std::string load_text(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    throw FileError(printable(path.string()) + " is a directory, not a file", path);
  }
  std::ifstream stream(path, std::ios::binary);
  if (!stream) throw_errno("cannot open", path, errno);
  std::string text;
  std::array<char, 1 << 16> block;
  while (stream.read(block.data(), block.size()), stream.gcount() > 0) {
    text.append(block.data(), static_cast<std::size_t>(stream.gcount()));
  }
  if (stream.bad()) throw_errno("cannot read", path, errno);
  return text;
}

std::filesystem::path temporary_beside(const std::filesystem::path& path) {
  static std::atomic<unsigned> counter{0};
  // A process of another machine or container may have this one's number.
  return fmt::format("{}.tmp-{}-{}-{:08x}", path.string(), ::getpid(), counter++, std::random_device()());
}

std::filesystem::path follow_links(std::filesystem::path path) {
  constexpr int kMostLinks = 40;  // as Linux
  std::error_code none;
  for (int i = 0; i < kMostLinks && std::filesystem::is_symlink(path, none); ++i) {
    path = path.parent_path() / std::filesystem::read_symlink(path);
  }
  return path;
}

void save_atomically(const std::filesystem::path& path, std::string_view bytes) {
  std::error_code none;
  const std::filesystem::file_status status = std::filesystem::status(path, none);
  if (exists(status) && !is_regular_file(status) && !is_directory(status)) return write_through(path, bytes);
  std::error_code error;
  const std::filesystem::path target = follow_links(path);
  if (target.has_parent_path()) std::filesystem::create_directories(target.parent_path(), error);
  if (error) throw_errno("cannot make the folder of", path, error.value());
  const std::filesystem::path temporary = temporary_beside(target);
  const Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (file.get() < 0) throw_errno("cannot write", path, errno);
  try {
    if (!write_all(file.get(), bytes) || ::fsync(file.get()) != 0) throw_errno("cannot write", path, errno);
    if (::rename(temporary.c_str(), target.c_str()) != 0) throw_errno("cannot replace", path, errno);
  } catch (...) {
    std::filesystem::remove(temporary, error);
    throw;
  }
  sync_folder(target.has_parent_path() ? target.parent_path() : ".");
}

void sync_folder(const std::filesystem::path& folder) {
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // A file system that cannot sync folders does not undo what was done in them.
  [[maybe_unused]] const int ignored = descriptor.get() < 0 ? 0 : ::fsync(descriptor.get());
}

MappedFile::MappedFile(const std::filesystem::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) throw_errno("cannot open", path, errno);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) throw_errno("cannot read", path, errno);
  if (!S_ISREG(status.st_mode)) throw FileError(printable(path.string()) + " is not a regular file", path);
  size_ = static_cast<std::size_t>(status.st_size);
  if (size_ == 0) return;
  void* address = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, file.get(), 0);
  if (address == MAP_FAILED) throw_errno("cannot map", path, errno);
  data_ = static_cast<const std::byte*>(address);
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(const_cast<std::byte*>(data_), size_);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

FileLock::FileLock(const std::filesystem::path& path, const std::string& purpose, WhenHeld when_held) {
  std::unique_ptr<FileLock> taken = try_take(path);
  while (!taken) {
    if (when_held == WhenHeld::fail) {
      const std::string holder = lock_holder(path);
      throw FileError("another process is " + purpose + " (" + (holder.empty() ? "it" : holder) + " holds " +
                          printable(path.string()) + "); wait for it to end, then run the same command again",
                      path);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    check_interrupted();
    taken = try_take(path);
  }
  descriptor_ = std::exchange(taken->descriptor_, -1);
}

std::unique_ptr<FileLock> FileLock::try_take(const std::filesystem::path& path) {
  std::error_code error;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), error);
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor < 0) throw_errno("cannot open the lock", path, errno);
  std::unique_ptr<FileLock> lock(new FileLock(descriptor));
  if (!try_flock(descriptor, LOCK_EX, path)) return nullptr;
  const std::string holder = describe_this_process();
  // Only people read it: a full disk must not stop the work.
  [[maybe_unused]] const int cut = ::ftruncate(descriptor, 0);
  [[maybe_unused]] const ssize_t written = ::pwrite(descriptor, holder.data(), holder.size(), 0);
  return lock;
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::string lock_holder(const std::filesystem::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return "";
  // Whoever wants the lock in this moment sees it held, and asks again.
  if (try_flock(file.get(), LOCK_SH, path)) return "";
  char text[300];
  const ssize_t size = ::pread(file.get(), text, sizeof text, 0);
  return size > 0 ? printable({text, static_cast<std::size_t>(size)}) : "a process";
}

}  // namespace gamut
