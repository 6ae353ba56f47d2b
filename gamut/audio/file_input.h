#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

#include "gamut/audio/ffmpeg_handles.h"
#include "gamut/core/descriptor.h"

namespace gamut::audio {

/// @throws UndecodableError  always: "cannot decode 'path': complaint".
[[noreturn]] void refuse(const std::filesystem::path& path, std::string_view complaint);

/// A regular file as FFmpeg's source of bytes; see Note [decoding] for why FFmpeg does not open files itself.
class FileInput {
 public:
  /// @throws DecodeError       missing, a directory, a device, or unreadable.
  /// @throws UndecodableError  empty.
  explicit FileInput(const std::filesystem::path& path);
  FileInput(const FileInput&) = delete;
  FileInput& operator=(const FileInput&) = delete;

  AVIOContext* io() const { return io_.get(); }
  std::int64_t size_bytes() const { return size_bytes_; }

  /// FFmpeg takes a failing disk for damage or for the end of the file, so this is to be asked before
  /// anything is said of the bytes.
  /// @throws DecodeError  any read has failed so far; another day it may not.
  void require_no_read_error() const;

  /// Fills `buffer` from `offset`, without moving FFmpeg's position.
  /// @return bytes got; fewer than asked for at the end of the file or after a read error.
  std::size_t read_at(std::int64_t offset, std::span<unsigned char> buffer) const;

 private:
  static int read(void* self, unsigned char* buffer, int size);
  static std::int64_t seek(void* self, std::int64_t offset, int whence);

  Descriptor file_;
  std::filesystem::path path_;
  std::int64_t size_bytes_ = 0;
  mutable int read_error_ = 0;  // errno of the first read that failed
  IoContext io_;
};

}  // namespace gamut::audio
