#include "gamut/audio/file_input.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <new>

#include "gamut/audio/decode.h"
#include "gamut/core/text.h"

extern "C" {
#include <libavformat/avio.h>
#include <libavutil/error.h>
#include <libavutil/mem.h>
}

namespace gamut::audio {
namespace {

constexpr int kBufferBytes = 64 * 1024;

std::string explain_errno(int code) {
  switch (code) {
    case ENOENT:
    case ENOTDIR:
      return "there is no such file; check the path";
    case EACCES:
    case EPERM:
      return "no permission to read it; make the file and its folders readable (chmod +r)";
    default:
      return fmt::format("it cannot be opened ({}); check the disk and the path", std::strerror(code));
  }
}

std::string refusal(const std::filesystem::path& path, std::string_view complaint) {
  return fmt::format("cannot decode '{}': {}", printable(path.string()), complaint);
}

/// Of what another day may open or read.
[[noreturn]] void refuse_for_now(const std::filesystem::path& path, std::string_view complaint) {
  throw DecodeError(refusal(path, complaint), path);
}

}  // namespace

void refuse(const std::filesystem::path& path, std::string_view complaint) {
  throw UndecodableError(refusal(path, complaint), path);
}

// Without O_NONBLOCK, opening a named pipe would wait for its writer for ever.
FileInput::FileInput(const std::filesystem::path& path)
    : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)), path_(path) {
  if (file_.get() < 0) refuse_for_now(path, explain_errno(errno));
  struct stat status {};
  if (::fstat(file_.get(), &status) != 0) refuse_for_now(path, explain_errno(errno));
  if (S_ISDIR(status.st_mode)) refuse_for_now(path, "it is a directory; give an audio file");
  if (!S_ISREG(status.st_mode)) refuse_for_now(path, "it is not a regular file; give an audio file");
  if (status.st_size == 0) refuse(path, "the file is empty (0 bytes); copy or download it again");
  size_bytes_ = status.st_size;

  auto* buffer = static_cast<unsigned char*>(av_malloc(kBufferBytes));
  if (buffer == nullptr) throw std::bad_alloc();
  io_.reset(avio_alloc_context(buffer, kBufferBytes, 0, this, read, nullptr, seek));
  if (!io_) {
    av_free(buffer);
    throw std::bad_alloc();
  }
}

void FileInput::require_no_read_error() const {
  if (read_error_ == 0) return;
  refuse_for_now(path_, fmt::format("reading it failed ({}); check the disk or the network, then try again",
                                    std::strerror(read_error_)));
}

std::size_t FileInput::read_at(std::int64_t offset, std::span<unsigned char> buffer) const {
  std::size_t got = 0;
  while (got < buffer.size()) {
    ssize_t n =
        ::pread(file_.get(), buffer.data() + got, buffer.size() - got, offset + static_cast<off_t>(got));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 && read_error_ == 0) read_error_ = errno;
    if (n <= 0) break;
    got += static_cast<std::size_t>(n);
  }
  return got;
}

int FileInput::read(void* self, unsigned char* buffer, int size) {
  auto* input = static_cast<FileInput*>(self);
  ssize_t got = 0;
  do {
    got = ::read(input->file_.get(), buffer, static_cast<std::size_t>(size));
  } while (got < 0 && errno == EINTR);
  if (got < 0) {
    const int error = errno;
    if (input->read_error_ == 0) input->read_error_ = error;
    return AVERROR(error);
  }
  return got == 0 ? AVERROR_EOF : static_cast<int>(got);
}

std::int64_t FileInput::seek(void* self, std::int64_t offset, int whence) {
  auto* input = static_cast<FileInput*>(self);
  if (whence == AVSEEK_SIZE) return input->size_bytes_;
  off_t position = ::lseek(input->file_.get(), offset, whence & ~AVSEEK_FORCE);
  return position < 0 ? AVERROR(errno) : position;
}

}  // namespace gamut::audio
