#include "gamut/weights/pth.h"

#include <fmt/core.h>
#include <fmt/format.h>

#include <cstring>
#include <map>
#include <string>
#include <string_view>

#include "gamut/core/files.h"
#include "gamut/core/text.h"
#include "gamut/weights/byte_reader.h"
#include "gamut/weights/legacy_pth.h"
#include "gamut/weights/pickle.h"
#include "gamut/weights/zip.h"

namespace gamut::weights {
namespace {

// Tied weights repeat a storage a few times; a file that asks for far more memory than its own size is an
// attack.
constexpr std::uint64_t kMostExpansion = 8;
constexpr std::uint64_t kAlwaysAllowedBytes = 1 << 20;

using Entries = std::map<std::string, std::span<const std::byte>>;

bool starts_with(std::span<const std::byte> bytes, std::string_view magic) {
  return bytes.size() >= magic.size() && std::memcmp(bytes.data(), magic.data(), magic.size()) == 0;
}

// All names begin with the same folder, which torch.save calls after the file.
std::string find_folder(const Entries& entries, const std::filesystem::path& path) {
  constexpr std::string_view kPickle = "data.pkl";
  for (const auto& [name, content] : entries) {
    const std::size_t slash = name.find('/');
    if (slash != std::string::npos && name.substr(slash + 1) == kPickle) return name.substr(0, slash + 1);
  }
  refuse(path, "a zip archive, but not one of torch.save: it holds no data.pkl");
}

SavedState parse_archive(std::span<const std::byte> bytes, const std::filesystem::path& path) {
  const Entries entries = parse_zip(bytes, path);
  const std::string folder = find_folder(entries, path);
  if (const auto order = entries.find(folder + "byteorder");
      order != entries.end() && !starts_with(order->second, "little")) {
    refuse(path,
           "saved on a big-endian machine, which gamut does not read; save it again on a little-endian one");
  }
  StateDict state = parse_state_dict(entries.at(folder + "data.pkl"), path);
  SavedState saved{.tensors = std::move(state.tensors), .data = {}};
  for (const auto& [key, storage] : state.storages) {
    const auto entry = entries.find(folder + "data/" + key);
    if (entry != entries.end()) saved.data.emplace(key, entry->second);
  }
  return saved;
}

std::span<const std::byte> find_data(const SavedState& saved, const Storage& storage,
                                     const std::string& tensor, const std::filesystem::path& path) {
  const auto found = saved.data.find(storage.key);
  if (found == saved.data.end()) {
    refuse(path, fmt::format("the data of '{}' (storage '{}') is missing from the file", tensor,
                             printable(storage.key)));
  }
  const std::size_t size = element_size(storage.type);
  if (found->second.size() % size != 0 ||
      found->second.size() / size != static_cast<std::uint64_t>(storage.count)) {
    refuse(path, fmt::format("the data of '{}' is {} bytes, not {} elements of {}", tensor,
                             found->second.size(), storage.count, to_string(storage.type)));
  }
  return found->second;
}

// The number of elements of a view that lies within its storage.
std::size_t checked_count(const TensorView& view, const std::string& tensor,
                          const std::filesystem::path& path) {
  const auto count = element_count(view.shape);
  bool fits = count && *count <= view.storage.count && view.offset >= 0;
  if (fits && *count > 0) {
    std::int64_t last = view.offset;
    for (std::size_t i = 0; fits && i < view.shape.size(); ++i) {
      std::int64_t reach = 0;
      fits = view.strides[i] >= 0 && !__builtin_mul_overflow(view.strides[i], view.shape[i] - 1, &reach) &&
             !__builtin_add_overflow(last, reach, &last);
    }
    fits = fits && last < view.storage.count;
  }
  if (!fits) {
    refuse(path,
           fmt::format(
               "the tensor '{}' (shape [{}], strides [{}], offset {}) does not fit its {} elements of data",
               tensor, fmt::join(view.shape, ", "), fmt::join(view.strides, ", "), view.offset,
               view.storage.count));
  }
  return static_cast<std::size_t>(*count);
}

bool is_dense(const TensorView& view) {
  std::int64_t expected = 1;
  for (std::size_t i = view.shape.size(); i-- > 0;) {
    if (view.shape[i] != 1 && view.strides[i] != expected) return false;
    expected *= view.shape[i];
  }
  return true;
}

std::vector<std::byte> make_dense(const TensorView& view, std::span<const std::byte> data,
                                  std::size_t count) {
  const std::size_t size = element_size(view.storage.type);
  std::vector<std::byte> dense(count * size);
  if (count == 0) return dense;
  if (is_dense(view)) {
    std::memcpy(dense.data(), data.data() + static_cast<std::size_t>(view.offset) * size, dense.size());
    return dense;
  }
  std::vector<std::int64_t> position(view.shape.size());
  std::int64_t element = view.offset;
  for (std::size_t i = 0; i < count; ++i) {
    std::memcpy(dense.data() + i * size, data.data() + static_cast<std::size_t>(element) * size, size);
    for (std::size_t axis = view.shape.size(); axis-- > 0;) {
      element += view.strides[axis];
      if (++position[axis] < view.shape[axis]) break;
      element -= view.strides[axis] * view.shape[axis];
      position[axis] = 0;
    }
  }
  return dense;
}

}  // namespace

TensorFile parse_pth(std::span<const std::byte> bytes, const std::filesystem::path& path) {
  const bool is_legacy = is_legacy_pth(bytes);
  if (!is_legacy && !starts_with(bytes, "PK"))
    refuse(path, "neither a PyTorch weight file (torch.save) nor safetensors");
  const SavedState saved = is_legacy ? parse_legacy_pth(bytes, path) : parse_archive(bytes, path);
  TensorFile file;
  std::uint64_t total_bytes = 0;
  for (const auto& [name, view] : saved.tensors) {
    const std::string tensor = printable(name);
    const std::span<const std::byte> data = find_data(saved, view.storage, tensor, path);
    const std::size_t count = checked_count(view, tensor, path);
    total_bytes += count * element_size(view.storage.type);
    if (total_bytes > kMostExpansion * bytes.size() + kAlwaysAllowedBytes) {
      refuse(path, fmt::format(
                       "its tensors share so much data that they are more than {} times the size of the file",
                       kMostExpansion));
    }
    file.tensors.emplace(
        name,
        TensorData{.type = view.storage.type, .shape = view.shape, .bytes = make_dense(view, data, count)});
  }
  return file;
}

TensorFile load_pth(const std::filesystem::path& path) {
  const MappedFile file(path);
  return parse_pth(file.bytes(), path);
}

}  // namespace gamut::weights
