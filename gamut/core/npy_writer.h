#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

namespace gamut {

/// Writes a float32 array piece by piece, from any threads, without holding it in memory.
class NpyFloatWriter {
 public:
  /// Writes to a temporary file beside `path`; parent directories are made.
  /// @throws FileError  the disk has no room for the whole array, or the directory is not writable.
  NpyFloatWriter(const std::filesystem::path& path, std::span<const std::size_t> shape);
  /// Removes an array that was not finished.
  ~NpyFloatWriter();
  NpyFloatWriter(const NpyFloatWriter&) = delete;
  NpyFloatWriter& operator=(const NpyFloatWriter&) = delete;

  /// @param first  place of values.front() in the array, row-major; the values end within the array.
  /// @throws FileError  the disk is full.
  void write(std::size_t first, std::span<const float> values);

  /// Brings the array to the disk and puts it in its place, in one step.
  void finish();

 private:
  void remove_temporary();

  std::filesystem::path path_, temporary_;
  std::size_t data_offset_;
  int descriptor_ = -1;
};

}  // namespace gamut
