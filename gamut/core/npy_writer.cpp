#include "gamut/core/npy_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <functional>
#include <numeric>
#include <string>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/npy.h"
#include "gamut/core/text.h"

namespace gamut {
namespace {

void write_at(int descriptor, std::span<const std::byte> bytes, std::size_t offset,
              const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      throw FileError("cannot write " + printable(path.string()) + ": " + std::strerror(errno), path);
    }
    bytes = bytes.subspan(static_cast<std::size_t>(written));
    offset += static_cast<std::size_t>(written);
  }
}

}  // namespace

NpyFloatWriter::NpyFloatWriter(const std::filesystem::path& path, std::span<const std::size_t> shape)
    : path_(follow_links(path)) {
  const std::string header = make_npy_header("<f4", shape);
  data_offset_ = header.size();
  const std::size_t size =
      header.size() + std::accumulate(shape.begin(), shape.end(), sizeof(float), std::multiplies());
  std::error_code ignored;  // what is lacking then is said next
  if (path_.has_parent_path()) std::filesystem::create_directories(path_.parent_path(), ignored);
  temporary_ = temporary_beside(path_);
  descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor_ < 0) {
    throw FileError("cannot write " + printable(path.string()) + ": " + std::strerror(errno), path);
  }
  const int refusal = ::posix_fallocate(descriptor_, 0, static_cast<off_t>(size));
  try {
    if (refusal != 0) {
      throw FileError("cannot write the " + std::to_string(size) + " bytes of " + printable(path.string()) +
                          ": " + std::strerror(refusal),
                      path);
    }
    write_at(descriptor_, std::as_bytes(std::span(header)), 0, path);
  } catch (...) {
    remove_temporary();
    throw;
  }
}

NpyFloatWriter::~NpyFloatWriter() {
  remove_temporary();
}

void NpyFloatWriter::remove_temporary() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  descriptor_ = -1;
  std::error_code ignored;
  std::filesystem::remove(temporary_, ignored);
}

void NpyFloatWriter::write(std::size_t first, std::span<const float> values) {
  write_at(descriptor_, std::as_bytes(values), data_offset_ + first * sizeof(float), path_);
}

void NpyFloatWriter::finish() {
  if (::fsync(descriptor_) != 0 || ::rename(temporary_.c_str(), path_.c_str()) != 0) {
    throw FileError("cannot write " + printable(path_.string()) + ": " + std::strerror(errno), path_);
  }
  ::close(descriptor_);
  descriptor_ = -1;
  sync_folder(path_.has_parent_path() ? path_.parent_path() : ".");
}

}  // namespace gamut
