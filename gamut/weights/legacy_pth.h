#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <span>
#include <string>

#include "gamut/weights/pickle.h"

namespace gamut::weights {

/// A state_dict and its data, as a file holds them: views, not checked against the data yet.
struct SavedState {
  std::map<std::string, TensorView> tensors;
  std::map<std::string, std::span<const std::byte>> data;  ///< by the storage's key
};

/// Whether the file begins as torch.save's did before 1.6 (2020), or as its tar archives before that.
bool is_legacy_pth(std::span<const std::byte> bytes);

/// The format before 1.6: four pickles (magic number, protocol, sizes of C types, state_dict), a pickled list
/// of storage keys, and for each of them the number of elements and the elements, little-endian. There is no
/// checksum.
///
/// @param path  the file, for messages.
/// @return views into `bytes`.
/// @throws ModelError  a tar archive, another protocol, keys that the state_dict does not know or that come
/// twice, data
///                     that are cut off or do not have the size that the state_dict gives them, bytes after
///                     the end.
/// @source PyTorch, torch/serialization.py, _legacy_load.
SavedState parse_legacy_pth(std::span<const std::byte> bytes, const std::filesystem::path& path);

}  // namespace gamut::weights
