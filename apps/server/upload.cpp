#include "apps/server/upload.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>

#include "gamut/core/error.h"

namespace gamut::server {

bool UploadBudget::try_take(std::size_t bytes) {
  std::size_t taken = taken_bytes_;
  do {
    if (bytes > limit_bytes_ - taken) return false;
  } while (!taken_bytes_.compare_exchange_weak(taken, taken + bytes));
  return true;
}

Upload::Upload(UploadBudget& budget, std::size_t limit_bytes)
    : budget_(budget),
      limit_bytes_(limit_bytes),
      descriptor_(memfd_create("upload", MFD_CLOEXEC | MFD_ALLOW_SEALING)) {
  if (descriptor_ < 0) throw Error(std::string("no file in memory for an upload: ") + std::strerror(errno));
}

Upload::~Upload() {
  unmap();
  close(descriptor_);
  budget_.give_back(taken_bytes_);
}

Upload::Appended Upload::append(std::span<const char> bytes) {
  if (bytes.size() > limit_bytes_ - size_) return Appended::too_large;
  if (!budget_.try_take(bytes.size())) return Appended::no_room;
  taken_bytes_ += bytes.size();
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return Appended::no_room;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
    size_ += static_cast<std::size_t>(written);
  }
  return Appended::yes;
}

std::string_view Upload::bytes() {
  if (size_ == 0) return {};
  if (mapped_ == nullptr) {
    void* const mapped = mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor_, 0);
    if (mapped == MAP_FAILED) throw Error(std::string("an upload cannot be read: ") + std::strerror(errno));
    mapped_ = static_cast<char*>(mapped);
  }
  return {mapped_, size_};
}

void Upload::keep_only(std::string_view part) {
  if (!part.empty()) std::memmove(mapped_, part.data(), part.size());
  unmap();
  if (ftruncate(descriptor_, static_cast<off_t>(part.size())) != 0) {
    throw Error(std::string("an upload cannot be cut: ") + std::strerror(errno));
  }
  size_ = part.size();
}

void Upload::seal() {
  unmap();
  if (fcntl(descriptor_, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) != 0 ||
      lseek(descriptor_, 0, SEEK_SET) != 0) {
    throw Error(std::string("an upload cannot be sealed: ") + std::strerror(errno));
  }
}

void Upload::unmap() {
  if (mapped_ != nullptr) munmap(mapped_, size_);
  mapped_ = nullptr;
}

}  // namespace gamut::server
