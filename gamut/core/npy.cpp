#include "gamut/core/npy.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/text.h"

static_assert(std::endian::native == std::endian::little, "NumPy files are written in little-endian order");

namespace gamut {
namespace {

constexpr std::string_view kMagic = "\x93NUMPY";

// What stands between `open` and `close` after a key of the header's dictionary; no data where there is no
// such thing.
std::string_view quoted_value(std::string_view dictionary, std::string_view key, char open, char close) {
  const std::size_t after_key = dictionary.find(key);
  if (after_key == std::string_view::npos) return {};
  const std::size_t first = dictionary.find_first_not_of(' ', after_key + key.size());
  if (first == std::string_view::npos || dictionary[first] != open) return {};
  const std::size_t last = dictionary.find(close, first + 1);
  if (last == std::string_view::npos) return {};
  return dictionary.substr(first + 1, last - first - 1);
}

bool is_known_type(std::string_view type) {
  return type.size() == 3 && (type[0] == '<' || type[0] == '|') &&
         std::string_view("uif").find(type[1]) != std::string_view::npos &&
         std::string_view("1248").find(type[2]) != std::string_view::npos;
}

std::size_t checked_count(const std::vector<std::size_t>& shape, const std::filesystem::path& path) {
  std::size_t count = 1;
  for (std::size_t size : shape) {
    if (size != 0 && count > std::numeric_limits<std::size_t>::max() / 16 / size) {
      throw FileError(printable(path.string()) + " declares more elements than fit in memory", path);
    }
    count *= size;
  }
  return count;
}

void require_type(bool right, const NpyHeader& header, const std::filesystem::path& path,
                  const char* wanted) {
  if (!right) {
    throw FileError(printable(path.string()) + " holds " + header.type + ", not " + wanted, path);
  }
}

template <class T>
std::vector<T> copy_elements(const NpyHeader& header, std::span<const std::byte> bytes) {
  std::vector<T> values(header.element_count());
  const std::span<std::byte> target = std::as_writable_bytes(std::span(values));
  std::ranges::copy(bytes.subspan(header.data_offset, target.size()), target.begin());
  return values;
}

NpyHeader checked_header(const MappedFile& file, const std::filesystem::path& path) {
  NpyHeader header = parse_npy_header(file.bytes(), path);
  const std::size_t wanted = header.data_offset + header.element_count() * header.element_size();
  if (file.bytes().size() < wanted) {
    throw FileError(printable(path.string()) + " is cut short: " + std::to_string(file.bytes().size()) +
                        " bytes of " + std::to_string(wanted),
                    path);
  }
  return header;
}

void save_bytes(const std::filesystem::path& path, const std::string& type, std::span<const std::byte> bytes,
                std::size_t element_size, std::span<const std::size_t> shape) {
  const std::size_t count = checked_count({shape.begin(), shape.end()}, path);
  if (count * element_size != bytes.size()) {
    throw ParameterError("the shape given for " + printable(path.string()) + " has " + std::to_string(count) +
                         " elements, the data " + std::to_string(bytes.size() / element_size));
  }
  std::string file = make_npy_header(type, shape);
  file.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  save_atomically(path, file);
}

}  // namespace

std::size_t NpyHeader::element_size() const {
  return std::stoul(type.substr(2));
}

std::size_t NpyHeader::element_count() const {
  std::size_t count = 1;
  for (std::size_t size : shape) count *= size;
  return count;
}

NpyHeader parse_npy_header(std::span<const std::byte> start, const std::filesystem::path& path) {
  const std::string name = printable(path.string());
  const std::string_view text(reinterpret_cast<const char*>(start.data()), start.size());
  if (text.size() < 12 || !text.starts_with(kMagic)) throw FileError(name + " is not a NumPy file", path);
  const int major = static_cast<unsigned char>(text[6]);
  if (major != 1 && major != 2) {
    throw FileError(name + " has NumPy format " + std::to_string(major) + "; 1 and 2 are known", path);
  }
  const std::size_t prefix = major == 1 ? 10 : 12;
  std::size_t length = 0;
  for (std::size_t i = prefix; i-- > 8;) length = length << 8 | static_cast<unsigned char>(text[i]);
  if (length > 1 << 16 || text.size() < prefix + length)
    throw FileError(name + " has a broken NumPy header", path);
  const std::string_view dictionary = text.substr(prefix, length);

  // A Python literal with three known keys, as NumPy's format description prescribes.
  const std::string_view type = quoted_value(dictionary, "'descr':", '\'', '\'');
  const std::string_view shape = quoted_value(dictionary, "'shape':", '(', ')');
  const bool fortran = dictionary.find("'fortran_order': True") != std::string_view::npos;
  const bool c_order = dictionary.find("'fortran_order': False") != std::string_view::npos;
  if (!is_known_type(type) || fortran == c_order || shape.data() == nullptr ||
      shape.find_first_not_of("0123456789, ") != std::string_view::npos) {
    throw FileError(name + " has a NumPy header that is not understood: " + printable(trim(dictionary)),
                    path);
  }
  if (fortran) throw FileError(name + " is in Fortran order; save it in C order", path);
  NpyHeader header;
  header.type = type;
  for (const std::string& size : split_list(shape, ',')) {
    if (size.size() > 18 || size.find(' ') != std::string::npos) {
      throw FileError(name + " has a NumPy shape that is not understood", path);
    }
    header.shape.push_back(std::stoull(size));
  }
  checked_count(header.shape, path);
  header.data_offset = prefix + length;
  return header;
}

std::string make_npy_header(const std::string& type, std::span<const std::size_t> shape,
                            std::size_t size_bytes) {
  std::string dictionary = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (";
  for (std::size_t size : shape) dictionary += std::to_string(size) + ", ";
  if (shape.size() > 1) dictionary.resize(dictionary.size() - 2);
  if (shape.size() == 1) dictionary.pop_back();
  dictionary += "), }";
  std::size_t total = std::max(size_bytes, 10 + dictionary.size() + 1);
  total = (total + 63) / 64 * 64;
  dictionary.resize(total - 10 - 1, ' ');
  std::string header(kMagic);
  header += '\x01';
  header += '\0';
  header += static_cast<char>((total - 10) & 0xff);
  header += static_cast<char>((total - 10) >> 8);
  return header + dictionary + "\n";
}

FloatArray load_npy_float(const std::filesystem::path& path) {
  const MappedFile file(path);
  const NpyHeader header = checked_header(file, path);
  require_type(header.type == "<f4" || header.type == "<f8", header, path, "float32 or float64");
  if (header.type == "<f4") return {header.shape, copy_elements<float>(header, file.bytes())};
  const std::vector<double> doubles = copy_elements<double>(header, file.bytes());
  return {header.shape, std::vector<float>(doubles.begin(), doubles.end())};
}

ByteArray load_npy_bytes(const std::filesystem::path& path) {
  const MappedFile file(path);
  const NpyHeader header = checked_header(file, path);
  require_type(header.type == "|u1", header, path, "uint8");
  return {header.shape, copy_elements<std::uint8_t>(header, file.bytes())};
}

void save_npy(const std::filesystem::path& path, std::span<const float> values,
              std::span<const std::size_t> shape) {
  save_bytes(path, "<f4", std::as_bytes(values), sizeof(float), shape);
}

void save_npy(const std::filesystem::path& path, std::span<const std::uint8_t> values,
              std::span<const std::size_t> shape) {
  save_bytes(path, "|u1", std::as_bytes(values), 1, shape);
}

}  // namespace gamut
