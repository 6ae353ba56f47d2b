#include "tests/weights/make_files.h"

#include <zlib.h>

namespace gamut::weights::test {

std::string little_endian(std::uint64_t value, int count) {
  std::string bytes;
  for (int i = 0; i < count; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xff);
  return bytes;
}

std::string make_zip(const std::vector<std::pair<std::string, std::string>>& entries,
                     const ZipOptions& options) {
  std::string file;
  std::string directory;
  for (const auto& [name, content] : entries) {
    const std::size_t offset = file.size();
    const auto crc = crc32_z(0, reinterpret_cast<const Bytef*>(content.data()), content.size());
    const std::string start = little_endian(20, 2) + little_endian(options.flags, 2) +
                              little_endian(options.method, 2) + little_endian(0, 4) + little_endian(crc, 4);
    file += little_endian(0x04034b50, 4) + start + little_endian(content.size(), 4) +
            little_endian(content.size(), 4) + little_endian(name.size(), 2) + little_endian(3, 2) + name +
            "FB\0";
    file.resize(offset + 30 + name.size() + 3);  // an extra field, as torch.save pads with
    file += content;

    std::string extra;
    if (options.zip64) {
      extra = little_endian(1, 2) + little_endian(24, 2) + little_endian(content.size(), 8) +
              little_endian(content.size(), 8) + little_endian(offset, 8);
    }
    const auto number = [&](std::size_t value) {
      return little_endian(options.zip64 ? 0xffffffff : value, 4);
    };
    directory += little_endian(0x02014b50, 4) + little_endian(20, 2) + start + number(content.size()) +
                 number(content.size()) + little_endian(name.size(), 2) + little_endian(extra.size(), 2) +
                 little_endian(0, 2) + little_endian(0, 8) + number(offset) + name + extra;
  }
  const std::size_t directory_offset = file.size();
  file += directory;
  if (options.zip64) {
    const std::size_t end64 = file.size();
    file += little_endian(0x06064b50, 4) + little_endian(44, 8) + little_endian(45, 2) +
            little_endian(45, 2) + little_endian(0, 8) + little_endian(entries.size(), 8) +
            little_endian(entries.size(), 8) + little_endian(directory.size(), 8) +
            little_endian(directory_offset, 8);
    file +=
        little_endian(0x07064b50, 4) + little_endian(0, 4) + little_endian(end64, 8) + little_endian(1, 4);
  }
  const auto number = [&](std::size_t value, int bytes) {
    return little_endian(options.zip64 ? ~std::uint64_t{0} : value, bytes);
  };
  file += little_endian(0x06054b50, 4) + little_endian(0, 4) + number(entries.size(), 2) +
          number(entries.size(), 2) + number(directory.size(), 4) + number(directory_offset, 4) +
          little_endian(options.comment.size(), 2) + options.comment;
  return file;
}

std::string make_pth(const std::string& pickle, const std::vector<std::string>& storages) {
  std::vector<std::pair<std::string, std::string>> entries{{"model/data.pkl", pickle}};
  for (std::size_t i = 0; i < storages.size(); ++i)
    entries.emplace_back("model/data/" + std::to_string(i), storages[i]);
  return make_zip(entries);
}

std::string make_legacy_pth(const std::string& pickle, const std::vector<LegacyStorage>& storages) {
  std::string file = proto() + "\x8a\x0a" + little_endian(0xa86a20f9469cfc6c, 8) + "\x50\x19.";
  file += proto() + "M" + little_endian(1001, 2) + ".";
  file += proto() + "}(" + unicode("protocol_version") + "M" + little_endian(1001, 2) +
          unicode("little_endian") + "\x88" + unicode("type_sizes") + "}" + unicode("long") + "K\x08su.";
  file += pickle + proto() + "](";
  for (const LegacyStorage& storage : storages) file += unicode(storage.key);
  file += "e.";
  for (const LegacyStorage& storage : storages)
    file += little_endian(static_cast<std::uint64_t>(storage.count), 8) + storage.bytes;
  return file;
}

std::string unicode(std::string_view text) {
  return "X" + little_endian(text.size(), 4) + std::string(text);
}

std::string global(std::string_view module, std::string_view name) {
  return "c" + std::string(module) + "\n" + std::string(name) + "\n";
}

std::string integer(std::int64_t value) {
  return "\x8a\x08" + little_endian(static_cast<std::uint64_t>(value), 8);
}

std::string tuple(const std::vector<std::int64_t>& values) {
  std::string text = "(";
  for (std::int64_t value : values) text += integer(value);
  return text + "t";
}

std::string tensor(const Tensor& options) {
  return global("torch._utils", "_rebuild_tensor_v2") + "((" + unicode("storage") +
         global("torch", options.storage_class) + unicode(options.key) + unicode("cpu") +
         integer(options.count) + "tQ" + integer(options.offset) + tuple(options.shape) +
         tuple(options.strides) + "\x89" + global("collections", "OrderedDict") + ")RtR";
}

std::string dict(const std::vector<std::pair<std::string, std::string>>& items) {
  std::string text = proto() + "}(";
  for (const auto& [name, value] : items) text += unicode(name) + value;
  return text + "u.";
}

}  // namespace gamut::weights::test
