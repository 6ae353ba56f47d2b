#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <span>
#include <string>

#include "gamut/weights/tensor_file.h"

namespace gamut::weights {

/// A safetensors file of F32, F16, BF16 and I64 tensors.
///
/// @throws FileError   missing or unreadable.
/// @throws ModelError  a header that is too long, not JSON, nested too deeply or names a thing twice; tensors
/// that overlap,
///                     leave gaps or reach past the end; another type.
/// @source https://github.com/huggingface/safetensors, format description.
TensorFile load_safetensors(const std::filesystem::path& path);

/// The same from memory; `path` stands for the file in messages.
TensorFile parse_safetensors(std::span<const std::byte> bytes, const std::filesystem::path& path);

/// The metadata alone, as checked as by load_safetensors; the tensors' bytes are not read.
std::map<std::string, std::string> load_safetensors_metadata(const std::filesystem::path& path);

/// Writes atomically. Names are sorted within element sizes (largest first, so that every tensor is aligned
/// to its elements) and nothing but the arguments goes in: the same tensors and metadata give the same bytes.
///
/// @throws ModelError  bytes that do not fit the shape, or a tensor named `__metadata__`.
/// @throws FileError   the disk is full or the directory is not writable.
void save_safetensors(const std::filesystem::path& path, const TensorFile& file);

}  // namespace gamut::weights
