#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "gamut/weights/byte_reader.h"
#include "gamut/weights/tensor_file.h"

namespace gamut::weights {

/// A flat run of elements that tensors are views of.
struct Storage {
  DataType type = DataType::float32;
  std::string key;         ///< its name in the file
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

/// What the pickle of a state_dict says.
struct StateDict {
  std::map<std::string, TensorView> tensors;
  std::map<std::string, Storage> storages;  ///< by key: every one named, whether a tensor uses it or not
};

/// Reads the pickle of a state_dict.
///
/// Nothing is imported or called: nine globals (OrderedDict, Parameter, three functions that rebuild tensors,
/// four storage classes) are known by name, every other global and every opcode that torch.save does not
/// write for tensors is refused. All values live in one pool and are never walked recursively, so neither
/// depth nor cycles matter; the pool is no larger than the pickle.
///
/// @param path  the file, for messages.
/// @throws ModelError  see above; also a top value that is no dict of tensors.
/// @source Python, Lib/pickletools.py; PyTorch, torch/_utils.py.
StateDict parse_state_dict(std::span<const std::byte> pickle, const std::filesystem::path& path);

/// The same of the pickle at the reader's place, which moves behind it: before 1.6 torch.save wrote several
/// in a row.
StateDict read_state_dict(ByteReader& reader, const std::filesystem::path& path);

/// A pickled list of strings.
/// @throws ModelError  the next pickle is something else.
std::vector<std::string> read_pickled_strings(ByteReader& reader, const std::filesystem::path& path);

/// A pickled integer of at most 8 bytes.
/// @throws ModelError  the next pickle is something else.
std::int64_t read_pickled_integer(ByteReader& reader, const std::filesystem::path& path);

/// Reads over a pickle that must be as harmless as the others.
/// @throws ModelError  an opcode or global that state_dicts do not need.
void skip_pickle(ByteReader& reader, const std::filesystem::path& path);

}  // namespace gamut::weights
