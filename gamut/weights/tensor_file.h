#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gamut::weights {

enum class DataType { float32, float16, bfloat16, int64 };

/// "float32", "float16", "bfloat16" or "int64".
std::string_view to_string(DataType type);

/// Bytes of one element: 4, 2, 2 or 8.
std::size_t element_size(DataType type);

/// Product of the sizes (1 for none); nothing where one is negative or the product exceeds 63 bits.
std::optional<std::int64_t> element_count(std::span<const std::int64_t> shape);

/// A dense tensor, row-major, little-endian bytes.
struct TensorData {
  DataType type = DataType::float32;
  std::vector<std::int64_t> shape;  ///< empty: a scalar
  std::vector<std::byte> bytes;     ///< element_count(shape) * element_size(type) of them
};

/// Named tensors, and for safetensors the metadata of the file.
struct TensorFile {
  std::map<std::string, TensorData> tensors;
  std::map<std::string, std::string> metadata;
};

/// A PyTorch state_dict (torch.save's zip format or the one before 1.6), or a safetensors file, told apart by
/// the first bytes.
///
/// @throws FileError   missing or unreadable.
/// @throws ModelError  neither, or what load_pth and load_safetensors refuse.
TensorFile load_tensors(const std::filesystem::path& path);

}  // namespace gamut::weights
