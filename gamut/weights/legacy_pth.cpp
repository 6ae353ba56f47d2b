#include "gamut/weights/legacy_pth.h"

#include <fmt/core.h>

#include <cstring>
#include <string_view>
#include <utility>

#include "gamut/core/text.h"
#include "gamut/weights/byte_reader.h"

namespace gamut::weights {
namespace {

using namespace std::string_view_literals;

// torch's magic number 0x1950a86a20f9469cfc6c, pickled.
constexpr std::string_view kMagic = "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19."sv;
constexpr std::int64_t kProtocol = 1001;

bool holds(std::span<const std::byte> bytes, std::size_t where, std::string_view text) {
  return bytes.size() >= where + text.size() &&
         std::memcmp(bytes.data() + where, text.data(), text.size()) == 0;
}

bool is_tar(std::span<const std::byte> bytes) {
  return holds(bytes, 257, "ustar");
}

std::span<const std::byte> take_data(ByteReader& reader, const Storage& storage,
                                     const std::filesystem::path& path) {
  const auto count = reader.read<std::uint64_t>();
  if (count != static_cast<std::uint64_t>(storage.count)) {
    refuse(path, fmt::format("the storage '{}' has {} elements, but its tensors say {}",
                             printable(storage.key), count, storage.count));
  }
  std::uint64_t size = 0;
  if (__builtin_mul_overflow(count, element_size(storage.type), &size))
    refuse(path, fmt::format("the storage '{}' has {} elements, which no file can hold",
                             printable(storage.key), count));
  return reader.take(size);
}

}  // namespace

bool is_legacy_pth(std::span<const std::byte> bytes) {
  return holds(bytes, 0, kMagic) || is_tar(bytes);
}

SavedState parse_legacy_pth(std::span<const std::byte> bytes, const std::filesystem::path& path) {
  if (!holds(bytes, 0, kMagic)) {
    refuse(path,
           "weights in PyTorch's tar format of before 2017, which gamut does not read; save them again with "
           "torch.save(torch.load(old), new)");
  }
  ByteReader reader(bytes, "the weight file", path);
  reader.skip(kMagic.size());
  if (const std::int64_t protocol = read_pickled_integer(reader, path); protocol != kProtocol)
    refuse(path, fmt::format("weights of torch.save's protocol {}; {} is known", protocol, kProtocol));
  skip_pickle(reader, path);
  StateDict state = read_state_dict(reader, path);
  SavedState saved{.tensors = std::move(state.tensors), .data = {}};
  for (const std::string& key : read_pickled_strings(reader, path)) {
    const auto storage = state.storages.find(key);
    if (storage == state.storages.end())
      refuse(path, fmt::format("it has data for a storage '{}' that no tensor names", printable(key)));
    if (!saved.data.emplace(key, take_data(reader, storage->second, path)).second)
      refuse(path, fmt::format("it has the storage '{}' twice", printable(key)));
  }
  if (!reader.at_end()) {
    refuse(path, fmt::format("its data end at byte {}, but {} bytes follow; fetch or save it again",
                             reader.position(), bytes.size() - reader.position()));
  }
  return saved;
}

}  // namespace gamut::weights
