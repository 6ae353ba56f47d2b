#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gamut::weights::test {

inline std::span<const std::byte> as_bytes(std::string_view text) {
  return std::as_bytes(std::span(text));
}

/// `count` little-endian bytes of a number.
std::string little_endian(std::uint64_t value, int count);

struct ZipOptions {
  std::uint16_t method = 0;
  std::uint16_t flags = 0;
  bool zip64 = false;  ///< sizes, offsets and the end record in their zip64 forms
  std::string comment = {};
};

/// A zip archive of entries in the given order; the bytes are as they come, whatever the method says.
std::string make_zip(const std::vector<std::pair<std::string, std::string>>& entries,
                     const ZipOptions& options = {});

/// A state_dict's archive: its pickle, and the storages "0", "1", … in order.
std::string make_pth(const std::string& pickle, const std::vector<std::string>& storages = {});

/// One storage of a file in the format before 1.6: its key, and the bytes of its elements.
struct LegacyStorage {
  std::string key;
  std::int64_t count = 0;
  std::string bytes;
};

/// A state_dict as torch.save wrote it before 1.6: its pickle, and the storages behind it.
std::string make_legacy_pth(const std::string& pickle, const std::vector<LegacyStorage>& storages = {});

// Pieces of a pickle, by the names of Python's pickletools.
std::string unicode(std::string_view text);
std::string global(std::string_view module, std::string_view name);
std::string integer(std::int64_t value);
std::string tuple(const std::vector<std::int64_t>& values);
inline std::string proto() {
  return "\x80\x02";
}

struct Tensor {
  std::string storage_class = "FloatStorage";
  std::string key = "0";
  std::int64_t count = 4;
  std::int64_t offset = 0;
  std::vector<std::int64_t> shape = {2, 2};
  std::vector<std::int64_t> strides = {2, 1};
};
std::string tensor(const Tensor& options);

/// A whole pickle: a dict of named values.
std::string dict(const std::vector<std::pair<std::string, std::string>>& items);

}  // namespace gamut::weights::test
