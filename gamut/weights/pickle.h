#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "gamut/weights/tensor_file.h"

namespace gamut::weights {

/// A flat run of elements that tensors are views of.
struct Storage {
  DataType type = DataType::float32;
  std::string key;         ///< the archive's entry is data/<key>
  std::int64_t count = 0;  ///< elements, not negative
};

/// Element (i, j, …) is element offset + i * strides[0] + j * strides[1] + … of the storage. Not checked
/// against it.
struct TensorView {
  Storage storage;
  std::int64_t offset = 0;
  std::vector<std::int64_t> shape;
  std::vector<std::int64_t> strides;
};

/// Reads the pickle of a state_dict.
///
/// Nothing is imported or called: seven globals (OrderedDict, two functions that rebuild tensors, four
/// storage classes) are known by name, every other global and every opcode that torch.save does not write for
/// tensors is refused. All values live in one pool and are never walked recursively, so neither depth nor
/// cycles matter; the pool is no larger than the pickle.
///
/// @param path  the file, for messages.
/// @throws ModelError  see above; also a top value that is no dict of tensors.
/// @source Python, Lib/pickletools.py; PyTorch, torch/_utils.py.
std::map<std::string, TensorView> parse_state_dict(std::span<const std::byte> pickle,
                                                   const std::filesystem::path& path);

}  // namespace gamut::weights
