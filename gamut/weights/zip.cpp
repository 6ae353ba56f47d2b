#include "gamut/weights/zip.h"

#include <fmt/core.h>
#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <limits>

#include "gamut/core/text.h"
#include "gamut/weights/byte_reader.h"

namespace gamut::weights {
namespace {

constexpr std::uint32_t kLocalHeader = 0x04034b50;
constexpr std::uint32_t kDirectoryEntry = 0x02014b50;
constexpr std::uint32_t kEnd = 0x06054b50;
constexpr std::uint32_t kEnd64 = 0x06064b50;
constexpr std::uint32_t kEnd64Locator = 0x07064b50;
constexpr std::size_t kEndBytes = 22;
constexpr std::size_t kEnd64LocatorBytes = 20;
constexpr std::size_t kLongestComment = 65535;
constexpr std::uint32_t kInZip64 = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint16_t kZip64Field = 1;
constexpr std::uint16_t kEncrypted = 1;

struct Directory {
  std::uint64_t entries = 0;
  std::uint64_t size_bytes = 0;
  std::uint64_t offset = 0;
};

struct Entry {
  std::string name;
  std::uint16_t flags = 0;
  std::uint16_t method = 0;
  std::uint32_t crc = 0;
  std::uint64_t stored_bytes = 0;
  std::uint64_t size_bytes = 0;
  std::uint64_t header_offset = 0;
};

class ZipParser {
 public:
  ZipParser(std::span<const std::byte> bytes, const std::filesystem::path& path)
      : bytes_(bytes), path_(path) {}

  std::map<std::string, std::span<const std::byte>> parse() const {
    const Directory directory = find_directory();
    ByteReader reader(part(directory.offset, directory.size_bytes, "the zip directory"), "the zip directory",
                      path_);
    std::map<std::string, std::span<const std::byte>> contents;
    std::uint64_t total_bytes = 0;
    for (std::uint64_t i = 0; i < directory.entries; ++i) {
      Entry entry = read_entry(reader);
      if (contents.contains(entry.name)) {
        refuse(path_, fmt::format("the archive holds '{}' twice", printable(entry.name)));
      }
      // Entries that share bytes would make checksums cost the square of the archive's size.
      if (entry.size_bytes > bytes_.size() - total_bytes) {
        refuse(path_, "the archive's entries are larger than the file, so they overlap; the file is damaged");
      }
      total_bytes += entry.size_bytes;
      contents.emplace(entry.name, content(entry));
    }
    return contents;
  }

 private:
  std::span<const std::byte> part(std::uint64_t offset, std::uint64_t size, const std::string& what) const {
    if (offset > bytes_.size() || size > bytes_.size() - offset) {
      refuse(path_,
             fmt::format(
                 "{} (bytes {} to {} + {}) reaches past the end of the file ({} bytes); the file is damaged, "
                 "fetch or save it again",
                 what, offset, offset, size, bytes_.size()));
    }
    return bytes_.subspan(static_cast<std::size_t>(offset), static_cast<std::size_t>(size));
  }

  ByteReader reader_at(std::uint64_t offset, std::string_view what) const {
    return {part(offset, bytes_.size() - std::min<std::uint64_t>(offset, bytes_.size()), std::string(what)),
            what, path_};
  }

  std::size_t find_end() const {
    if (bytes_.size() >= kEndBytes) {
      const std::size_t last = bytes_.size() - kEndBytes;
      const std::size_t first = last > kLongestComment ? last - kLongestComment : 0;
      for (std::size_t offset = last + 1; offset-- > first;) {
        ByteReader reader = reader_at(offset, "the zip end record");
        if (reader.read<std::uint32_t>() != kEnd) continue;
        reader.skip(16);
        if (reader.read<std::uint16_t>() == last - offset) return offset;
      }
    }
    refuse(path_, "the zip archive has no end record, so its end is missing; fetch or save the file again");
  }

  Directory find_directory() const {
    const std::size_t end = find_end();
    if (end >= kEnd64LocatorBytes) {
      ByteReader locator = reader_at(end - kEnd64LocatorBytes, "the zip64 locator");
      if (locator.read<std::uint32_t>() == kEnd64Locator) {
        locator.skip(4);
        ByteReader reader = reader_at(locator.read<std::uint64_t>(), "the zip64 end record");
        if (reader.read<std::uint32_t>() != kEnd64)
          refuse(path_, "the zip64 end record is not where it should be");
        reader.skip(28);
        return read_directory<std::uint64_t>(reader, reader.read<std::uint64_t>());
      }
    }
    ByteReader reader = reader_at(end + 10, "the zip end record");
    return read_directory<std::uint32_t>(reader, reader.read<std::uint16_t>());
  }

  template <class Size>
  static Directory read_directory(ByteReader& reader, std::uint64_t entries) {
    Directory directory{.entries = entries};
    directory.size_bytes = reader.read<Size>();
    directory.offset = reader.read<Size>();
    return directory;
  }

  Entry read_entry(ByteReader& reader) const {
    if (reader.read<std::uint32_t>() != kDirectoryEntry) refuse(path_, "the zip directory is damaged");
    Entry entry;
    reader.skip(4);
    entry.flags = reader.read<std::uint16_t>();
    entry.method = reader.read<std::uint16_t>();
    reader.skip(4);
    entry.crc = reader.read<std::uint32_t>();
    entry.stored_bytes = reader.read<std::uint32_t>();
    entry.size_bytes = reader.read<std::uint32_t>();
    const auto name_bytes = reader.read<std::uint16_t>();
    const auto extra_bytes = reader.read<std::uint16_t>();
    const auto comment_bytes = reader.read<std::uint16_t>();
    reader.skip(8);
    entry.header_offset = reader.read<std::uint32_t>();
    entry.name = reader.take_text(name_bytes);
    read_zip64_sizes(reader.take(extra_bytes), entry);
    reader.skip(comment_bytes);
    return entry;
  }

  // A number that does not fit 32 bits stands in an extra field, in the order of the directory entry.
  void read_zip64_sizes(std::span<const std::byte> extra, Entry& entry) const {
    ByteReader fields(extra, "a zip extra field", path_);
    while (extra.size() - fields.position() >= 4) {
      const auto id = fields.read<std::uint16_t>();
      std::span<const std::byte> body = fields.take(fields.read<std::uint16_t>());
      if (id != kZip64Field) continue;
      ByteReader numbers(body, "a zip64 field", path_);
      for (std::uint64_t* number : {&entry.size_bytes, &entry.stored_bytes, &entry.header_offset}) {
        if (*number == kInZip64) *number = numbers.read<std::uint64_t>();
      }
    }
  }

  std::span<const std::byte> content(const Entry& entry) const {
    const std::string name = printable(entry.name);
    if (entry.flags & kEncrypted) refuse(path_, fmt::format("the archive's entry '{}' is encrypted", name));
    if (entry.method != 0 || entry.stored_bytes != entry.size_bytes) {
      refuse(path_,
             fmt::format(
                 "the archive's entry '{}' is compressed (method {}), which torch.save does not do; save "
                 "the weights again with torch.save",
                 name, entry.method));
    }
    ByteReader reader = reader_at(entry.header_offset, "a zip entry");
    if (reader.read<std::uint32_t>() != kLocalHeader) {
      refuse(path_, fmt::format("the archive's entry '{}' is not where the directory says", name));
    }
    reader.skip(22);
    const auto name_bytes = reader.read<std::uint16_t>();
    reader.skip(reader.read<std::uint16_t>() + std::uint64_t{name_bytes});
    std::span<const std::byte> found = reader.take(entry.size_bytes);
    const auto crc = crc32_z(0, reinterpret_cast<const Bytef*>(found.data()), found.size());
    if (crc != entry.crc) {
      refuse(
          path_,
          fmt::format("the checksum of the archive's entry '{}' is {:08x}, not {:08x}; the file is damaged, "
                      "fetch or save it again",
                      name, crc, entry.crc));
    }
    return found;
  }

  std::span<const std::byte> bytes_;
  const std::filesystem::path& path_;
};

}  // namespace

std::map<std::string, std::span<const std::byte>> parse_zip(std::span<const std::byte> bytes,
                                                            const std::filesystem::path& path) {
  return ZipParser(bytes, path).parse();
}

}  // namespace gamut::weights
