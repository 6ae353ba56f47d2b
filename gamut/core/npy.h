#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace gamut {

/// The head of a NumPy `.npy` file, format 1.0 or 2.0, little-endian or single-byte types, C order.
struct NpyHeader {
  std::string type;                ///< NumPy's `descr`: "|u1", "<f4", "<f8", "<i8", …
  std::vector<std::size_t> shape;  ///< row-major
  std::size_t data_offset = 0;     ///< bytes before the first element
  std::size_t element_size() const;
  std::size_t element_count() const;
};

/// Parses the start of a file.
/// @throws FileError  not `.npy`, Fortran order, an unsupported type, or sizes that overflow.
NpyHeader parse_npy_header(std::span<const std::byte> start, const std::filesystem::path& path);

/// Bytes of a header padded to a multiple of 64 and at least `size_bytes`, so that a growing file can rewrite
/// its own shape.
std::string make_npy_header(const std::string& type, std::span<const std::size_t> shape,
                            std::size_t size_bytes = 128);

/// A float32 array with its shape. Files of float64 are converted on loading.
struct FloatArray {
  std::vector<std::size_t> shape;
  std::vector<float> values;
};

/// @throws FileError  missing, truncated, or neither float32 nor float64.
FloatArray load_npy_float(const std::filesystem::path& path);

/// @throws FileError  missing, truncated, or not uint8.
struct ByteArray {
  std::vector<std::size_t> shape;
  std::vector<std::uint8_t> values;
};
ByteArray load_npy_bytes(const std::filesystem::path& path);

/// Both write atomically; the product of `shape` must be the number of values.
void save_npy(const std::filesystem::path& path, std::span<const float> values,
              std::span<const std::size_t> shape);
void save_npy(const std::filesystem::path& path, std::span<const std::uint8_t> values,
              std::span<const std::size_t> shape);

}  // namespace gamut
