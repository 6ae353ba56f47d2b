#include "gamut/weights/tensor_file.h"

#include "gamut/core/files.h"
#include "gamut/weights/byte_reader.h"
#include "gamut/weights/pth.h"
#include "gamut/weights/safetensors.h"

namespace gamut::weights {

std::string_view to_string(DataType type) {
  switch (type) {
    case DataType::float32:
      return "float32";
    case DataType::float16:
      return "float16";
    case DataType::bfloat16:
      return "bfloat16";
    case DataType::int64:
      return "int64";
  }
  return "";
}

std::size_t element_size(DataType type) {
  switch (type) {
    case DataType::float32:
      return 4;
    case DataType::float16:
      return 2;
    case DataType::bfloat16:
      return 2;
    case DataType::int64:
      return 8;
  }
  return 0;
}

std::optional<std::int64_t> element_count(std::span<const std::int64_t> shape) {
  std::int64_t count = 1;
  bool empty = false;
  for (std::int64_t size : shape) {
    if (size < 0) return std::nullopt;
    // A zero anywhere makes the tensor empty, whatever the other sizes multiply to.
    empty = empty || size == 0;
    if (size > 0 && __builtin_mul_overflow(count, size, &count)) return std::nullopt;
  }
  return empty ? 0 : count;
}

TensorFile load_tensors(const std::filesystem::path& path) {
  const MappedFile file(path);
  const std::span<const std::byte> bytes = file.bytes();
  // A safetensors file has its header's length first, in 8 bytes, and then the brace of a JSON object.
  if (bytes.size() > 8 && bytes[8] == std::byte{'{'}) return parse_safetensors(bytes, path);
  return parse_pth(bytes, path);
}

}  // namespace gamut::weights
