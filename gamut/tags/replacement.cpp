#include "gamut/tags/replacement.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <span>
#include <string_view>

#include "gamut/core/descriptor.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/hash.h"
#include "gamut/core/text.h"

namespace gamut::tags {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kPrefix = ".gamut-tag-";
constexpr std::string_view kSuffix = ".tmp";

[[noreturn]] void fail(const std::string& what, const fs::path& path, int code) {
  throw FileError(what + " " + printable(path.string()) + ": " + std::strerror(code), path);
}

fs::path resolve(const fs::path& path) {
  std::error_code error;
  fs::path target = fs::canonical(path, error);
  if (error) fail("cannot open", path, error.value());
  return target;
}

fs::path name_copy(const fs::path& target) {
  static std::atomic<unsigned> counter{0};
  return target.parent_path() / (std::string(kPrefix) + std::to_string(::getpid()) + "-" +
                                 std::to_string(counter++) + std::string(kSuffix));
}

/// Makes the hidden file beside `target`, and says how it is called. In containers process ids repeat, so
/// that a name may be taken.
Descriptor make_copy(const fs::path& target, fs::path& copy) {
  for (;;) {
    copy = name_copy(target);
    Descriptor file(::open(copy.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (file.get() < 0 && errno == EEXIST) continue;
    if (file.get() < 0) fail("cannot write beside", target, errno);
    ::flock(file.get(), LOCK_EX | LOCK_NB);  // the sign for remove_leftovers() that somebody works on it
    return file;
  }
}

/// An open folder, locked where its file system knows locks, so that of two processes that replace a file one
/// sees what the other did.
Descriptor lock_folder(const fs::path& folder) {
  Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  while (descriptor.get() >= 0 && ::flock(descriptor.get(), LOCK_EX) != 0 && errno == EINTR) continue;
  return descriptor;
}

struct stat status_of(int descriptor, const fs::path& path) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) fail("cannot read", path, errno);
  return status;
}

bool same_version(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino && a.st_size == b.st_size &&
         a.st_mtim.tv_sec == b.st_mtim.tv_sec && a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

/// Calls `take` with every piece of an open file.
template <class Take>
void for_each_piece(int descriptor, const fs::path& path, Take&& take) {
  std::array<char, 1 << 16> buffer{};
  for (off_t offset = 0;;) {
    const ssize_t size = ::pread(descriptor, buffer.data(), buffer.size(), offset);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) fail("cannot read", path, errno);
    if (size == 0) return;
    take(std::string_view(buffer.data(), static_cast<std::size_t>(size)));
    offset += size;
  }
}

std::string hash_and_copy(int from, int to, const fs::path& path) {
  const bool cloned = ::ioctl(to, FICLONE, from) == 0;
  Sha256 hash;
  for_each_piece(from, path, [&](std::string_view piece) {
    hash.update(std::as_bytes(std::span(piece)));
    if (!cloned && !write_all(to, piece)) fail("cannot write beside", path, errno);
  });
  return hash.finish();
}

/// @return whether all attributes could be set; what the file system does not know does not count.
bool copy_attributes(int from, int to) {
  const ssize_t size = ::flistxattr(from, nullptr, 0);
  if (size <= 0) return true;
  std::string names(static_cast<std::size_t>(size), '\0');
  const ssize_t used = ::flistxattr(from, names.data(), names.size());
  if (used < 0) return false;
  bool complete = true;
  for (std::string_view rest(names.data(), static_cast<std::size_t>(used)); !rest.empty();) {
    const std::string name(rest.substr(0, rest.find('\0')));
    rest.remove_prefix(name.size() + 1);
    const ssize_t length = ::fgetxattr(from, name.c_str(), nullptr, 0);
    std::string value(length > 0 ? static_cast<std::size_t>(length) : 0, '\0');
    const bool copied = length >= 0 &&
                        ::fgetxattr(from, name.c_str(), value.data(), value.size()) == length &&
                        ::fsetxattr(to, name.c_str(), value.data(), value.size(), 0) == 0;
    // The system gives its own labels to every file.
    complete = complete && (copied || name.starts_with("security."));
  }
  return complete;
}

}  // namespace

struct Replacement::Files {
  /// @param copy  is told the hidden file's name.
  Files(const fs::path& target, fs::path& copy)
      : old_file(::open(target.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)),
        old_status(check(old_file.get(), target)),
        new_file(make_copy(target, copy)) {}

  Descriptor old_file;
  struct stat old_status;
  Descriptor new_file;

 private:
  static struct stat check(int file, const fs::path& target) {
    if (file < 0) fail("cannot open", target, errno);
    const struct stat status = status_of(file, target);
    if (!S_ISREG(status.st_mode)) {
      throw FileError(printable(target.string()) + " is not a regular file", target);
    }
    constexpr mode_t kAnybodyWrites = S_IWUSR | S_IWGRP | S_IWOTH;
    if ((status.st_mode & kAnybodyWrites) == 0 || ::access(target.c_str(), W_OK) != 0) {
      throw FileError(printable(target.string()) + " is write-protected; make it writable (chmod u+w) first",
                      target);
    }
    return status;
  }
};

Replacement::Replacement(const fs::path& path)
    : target_(resolve(path)), files_(std::make_unique<Files>(target_, copy_)) {
  try {
    old_sha256_ = hash_and_copy(files_->old_file.get(), files_->new_file.get(), target_);
    const nlink_t links = files_->old_status.st_nlink;
    if (links > 1) {
      notes_.push_back("one of " + std::to_string(links) +
                       " hard links; the others keep the file as it was, and no longer share its space");
    }
  } catch (...) {
    ::unlink(copy_.c_str());
    throw;
  }
}

Replacement::~Replacement() {
  if (files_) ::unlink(copy_.c_str());
}

void Replacement::commit(bool keep_mtime, const std::function<void(const std::string&)>& record) {
  const int from = files_->old_file.get();
  const int to = files_->new_file.get();
  const struct stat& old = files_->old_status;
  if (::fchown(to, old.st_uid, old.st_gid) != 0 && ::fchown(to, static_cast<uid_t>(-1), old.st_gid) != 0) {
    notes_.emplace_back("its group could not be kept");
  }
  if (status_of(to, copy_).st_uid != old.st_uid) notes_.emplace_back("its owner could not be kept");
  constexpr mode_t kPermissions = 07777;
  // A disk without permissions refuses to set them, and shows the same for all its files.
  [[maybe_unused]] const int refused = ::fchmod(to, old.st_mode & kPermissions);
  if ((status_of(to, copy_).st_mode & kPermissions) != (old.st_mode & kPermissions)) {
    notes_.emplace_back("its permissions could not be kept");
  }
  if (!copy_attributes(from, to)) notes_.emplace_back("not all extended attributes could be kept");
  Sha256 hash;
  for_each_piece(to, target_, [&](std::string_view piece) { hash.update(std::as_bytes(std::span(piece))); });
  if (keep_mtime) {
    const std::array<timespec, 2> times{old.st_atim, old.st_mtim};
    if (::futimens(to, times.data()) != 0) fail("cannot set the times of", target_, errno);
  }
  if (::fsync(to) != 0) fail("cannot write beside", target_, errno);

  const Descriptor folder = lock_folder(target_.parent_path());
  struct stat now {};
  if (::stat(target_.c_str(), &now) != 0 || !same_version(now, old)) {
    throw FileError(printable(target_.string()) + " changed while its tags were written; it was left alone",
                    target_);
  }
  record(hash.finish());
  if (::rename(copy_.c_str(), target_.c_str()) != 0) fail("cannot replace", target_, errno);
  files_.reset();
  sync_folder(target_.parent_path());
}

void remove_leftovers(const fs::path& folder) {
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (!name.starts_with(kPrefix) || !name.ends_with(kSuffix)) continue;
    const Descriptor file(::open(entry->path().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (file.get() >= 0 && ::flock(file.get(), LOCK_EX | LOCK_NB) == 0) ::unlink(entry->path().c_str());
  }
}

}  // namespace gamut::tags
