#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace gamut::weights {

enum class DataType { float32, float16, bfloat16, int64 };
std::string_view to_string(DataType type);

/// A dense tensor, row-major, little-endian bytes.
struct TensorData {
  DataType type = DataType::float32;
  std::vector<std::int64_t> shape;
  std::vector<std::byte> bytes;
};

/// Named tensors, and for safetensors the metadata of the file.
struct TensorFile {
  std::map<std::string, TensorData> tensors;
  std::map<std::string, std::string> metadata;
};

/// A PyTorch state_dict in the zip format (torch.save since 1.6): OrderedDict or dict of tensors, views made dense.
/// The pickle inside is read by a machine that knows only what tensors need and refuses everything else by name; it runs nothing.
/// @throws ModelError  not such a file, an opcode or global that tensors do not need, sizes that do not add up.
TensorFile load_pth(const std::filesystem::path& path);

/// @source https://github.com/huggingface/safetensors, format description.
TensorFile load_safetensors(const std::filesystem::path& path);
void save_safetensors(const std::filesystem::path& path, const TensorFile& file);

/// Either, by the file's first bytes.
TensorFile load_tensors(const std::filesystem::path& path);

}  // namespace gamut::weights
