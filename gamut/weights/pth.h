#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

#include "gamut/weights/tensor_file.h"

namespace gamut::weights {

/// A PyTorch state_dict, an OrderedDict or dict of tensors or parameters: in the zip format (torch.save since
/// 1.6) or the "legacy" one before it.
///
/// The pickle inside is read by a machine that knows only what tensors need and refuses everything else by
/// name; it runs nothing. Views (strides, offsets, shared storages) are made dense. float32, float16,
/// bfloat16 and int64.
///
/// @throws FileError   missing or unreadable.
/// @throws ModelError  the tar format before 0.1.7 (2017), a damaged file, an opcode or global that tensors
/// do not
///                     need, an entry that is no tensor, sizes that do not add up.
/// @source PyTorch, torch/serialization.py; Python, Lib/pickletools.py; PKWARE APPNOTE 6.3.
TensorFile load_pth(const std::filesystem::path& path);

/// The same from memory; `path` stands for the file in messages.
TensorFile parse_pth(std::span<const std::byte> bytes, const std::filesystem::path& path);

}  // namespace gamut::weights
