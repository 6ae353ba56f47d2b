#include "gamut/weights/safetensors.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/weights/byte_reader.h"

namespace gamut::weights {
namespace {

constexpr std::uint64_t kLongestHeaderBytes = 100'000'000;  // the format's own limit
constexpr std::size_t kAlignment = 8;
constexpr int kDeepest = 3;  // {"name": {"shape": [
/// Names, objects and arrays, some ten a tensor. The JSON parser compares each with those before it.
constexpr std::size_t kMostParts = 20'000;
constexpr std::string_view kMetadata = "__metadata__";

constexpr std::pair<std::string_view, DataType> kTypes[] = {{"F32", DataType::float32},
                                                            {"F16", DataType::float16},
                                                            {"BF16", DataType::bfloat16},
                                                            {"I64", DataType::int64}};

struct Entry {
  std::string name;
  DataType type = DataType::float32;
  std::vector<std::int64_t> shape;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

struct Header {
  std::vector<Entry> entries;  // in the order of their bytes
  std::map<std::string, std::string> metadata;
  std::span<const std::byte> data;
};

class HeaderParser {
 public:
  HeaderParser(std::span<const std::byte> bytes, const std::filesystem::path& path)
      : bytes_(bytes), path_(path) {}

  Header parse() {
    ByteReader reader(bytes_, "the safetensors file", path_);
    const auto length = reader.read<std::uint64_t>();
    if (length > kLongestHeaderBytes) {
      refuse(path_, fmt::format("no safetensors file: its header would be {} bytes, {} is the limit", length,
                                kLongestHeaderBytes));
    }
    const Json json = parse_json(reader.take_text(length));
    Header header;
    header.data = bytes_.subspan(reader.position());
    if (!json.is_object()) refuse(path_, "the safetensors header is no JSON object");
    for (const auto& [name, value] : json.items()) {
      if (name == kMetadata) {
        header.metadata = read_metadata(value);
      } else {
        header.entries.push_back(read_entry(name, value));
      }
    }
    check_layout(header);
    return header;
  }

 private:
  Json parse_json(std::string_view text) {
    // A name given twice could mean one thing here and another elsewhere; nesting deeper than the format's is
    // an attack.
    std::vector<std::set<std::string>> keys;
    std::size_t n_parts = 0;
    const auto check = [&](int depth, Json::parse_event_t event, Json& parsed) {
      n_parts += event != Json::parse_event_t::value;
      if (n_parts > kMostParts) {
        refuse(path_, fmt::format("the safetensors header has more than {} names and brackets", kMostParts));
      }
      if (depth >= kDeepest &&
          (event == Json::parse_event_t::object_start || event == Json::parse_event_t::array_start)) {
        refuse(path_, "the safetensors header is nested too deeply");
      }
      if (event == Json::parse_event_t::object_start) keys.emplace_back();
      if (event == Json::parse_event_t::object_end) keys.pop_back();
      if (event == Json::parse_event_t::key && !keys.back().insert(parsed.get<std::string>()).second) {
        refuse(path_,
               fmt::format("the safetensors header names '{}' twice", printable(parsed.get<std::string>())));
      }
      return true;
    };
    try {
      return Json::parse(text, check);
    } catch (const Json::parse_error& error) {
      refuse(path_, fmt::format("the safetensors header is not JSON (byte {})", error.byte));
    } catch (const Json::out_of_range& error) {
      refuse(path_, fmt::format("the safetensors header has a number beyond any: {}", error.what()));
    }
  }

  std::map<std::string, std::string> read_metadata(const Json& json) {
    std::map<std::string, std::string> metadata;
    if (!json.is_object()) refuse(path_, "the safetensors metadata is no JSON object");
    for (const auto& [key, value] : json.items()) {
      if (!value.is_string())
        refuse(path_, fmt::format("the safetensors metadata '{}' is no text", printable(key)));
      metadata.emplace(key, value.get<std::string>());
    }
    return metadata;
  }

  Entry read_entry(const std::string& name, const Json& json) {
    const std::string label = printable(name);
    if (!json.is_object() || json.size() != 3 || !json.contains("dtype") || !json.contains("shape") ||
        !json.contains("data_offsets")) {
      refuse(path_,
             fmt::format("the tensor '{}' has something else than dtype, shape and data_offsets", label));
    }
    Entry entry;
    entry.name = name;
    entry.type = read_type(json["dtype"], label);
    for (const std::uint64_t size : read_numbers(json["shape"], label)) {
      entry.shape.push_back(size > INT64_MAX ? -1 : static_cast<std::int64_t>(size));
    }
    const std::vector<std::uint64_t> offsets = read_numbers(json["data_offsets"], label);
    if (offsets.size() != 2)
      refuse(path_, fmt::format("the tensor '{}' has {} offsets, not 2", label, offsets.size()));
    entry.begin = offsets[0];
    entry.end = offsets[1];
    return entry;
  }

  DataType read_type(const Json& json, const std::string& label) {
    const std::string word = json.is_string() ? json.get<std::string>() : dump_json(json);
    for (const auto& [known, type] : kTypes) {
      if (known == word) return type;
    }
    refuse(path_, fmt::format("the tensor '{}' is of type {}; F32, F16, BF16 and I64 are read", label,
                              printable(word)));
  }

  std::vector<std::uint64_t> read_numbers(const Json& json, const std::string& label) {
    std::vector<std::uint64_t> numbers;
    bool good = json.is_array();
    for (std::size_t i = 0; good && i < json.size(); ++i) {
      good = json[i].is_number_unsigned();
      if (good) numbers.push_back(json[i].get<std::uint64_t>());
    }
    if (!good)
      refuse(path_, fmt::format("the tensor '{}' has a shape or offsets that are no whole numbers", label));
    return numbers;
  }

  // Every byte of the data belongs to exactly one tensor.
  void check_layout(Header& header) {
    std::sort(header.entries.begin(), header.entries.end(), [](const Entry& a, const Entry& b) {
      return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
    });
    std::uint64_t position = 0;
    for (const Entry& entry : header.entries) {
      const std::string label = printable(entry.name);
      if (entry.begin != position || entry.end < entry.begin || entry.end > header.data.size()) {
        refuse(path_, fmt::format("the tensor '{}' (bytes {} to {}) overlaps another, leaves a gap or "
                                  "reaches past the {} bytes of "
                                  "data; the file is damaged, fetch or save it again",
                                  label, entry.begin, entry.end, header.data.size()));
      }
      const auto count = element_count(entry.shape);
      const std::size_t size = element_size(entry.type);
      const std::uint64_t bytes = entry.end - entry.begin;
      if (!count || bytes % size != 0 || bytes / size != static_cast<std::uint64_t>(*count)) {
        refuse(path_,
               fmt::format("the tensor '{}' has {} bytes, which is not what its shape needs", label, bytes));
      }
      position = entry.end;
    }
    if (position != header.data.size()) {
      refuse(path_, fmt::format("{} bytes after the last tensor belong to none; the file is damaged",
                                header.data.size() - position));
    }
  }

  std::span<const std::byte> bytes_;
  const std::filesystem::path& path_;
};

using Item = std::pair<const std::string, TensorData>;

std::vector<const Item*> file_order(const TensorFile& file) {
  std::vector<const Item*> items;
  for (const Item& item : file.tensors) items.push_back(&item);
  std::stable_sort(items.begin(), items.end(), [](const Item* a, const Item* b) {
    return element_size(a->second.type) > element_size(b->second.type);
  });
  return items;
}

std::string_view type_name(DataType type) {
  return std::find_if(std::begin(kTypes), std::end(kTypes),
                      [&](const auto& entry) { return entry.second == type; })
      ->first;
}

}  // namespace

TensorFile parse_safetensors(std::span<const std::byte> bytes, const std::filesystem::path& path) {
  Header header = HeaderParser(bytes, path).parse();
  TensorFile file{.tensors = {}, .metadata = std::move(header.metadata)};
  for (Entry& entry : header.entries) {
    const std::span<const std::byte> data = header.data.subspan(entry.begin, entry.end - entry.begin);
    file.tensors.emplace(
        std::move(entry.name),
        TensorData{.type = entry.type, .shape = std::move(entry.shape), .bytes = {data.begin(), data.end()}});
  }
  return file;
}

TensorFile load_safetensors(const std::filesystem::path& path) {
  const MappedFile file(path);
  return parse_safetensors(file.bytes(), path);
}

std::map<std::string, std::string> load_safetensors_metadata(const std::filesystem::path& path) {
  const MappedFile file(path);
  return HeaderParser(file.bytes(), path).parse().metadata;
}

void save_safetensors(const std::filesystem::path& path, const TensorFile& file) {
  Json header = Json::object();
  if (!file.metadata.empty()) header[std::string(kMetadata)] = file.metadata;
  const std::vector<const Item*> items = file_order(file);
  std::uint64_t position = 0;
  for (const Item* item : items) {
    const auto& [name, tensor] = *item;
    const auto count = element_count(tensor.shape);
    if (name == kMetadata || !count ||
        tensor.bytes.size() != static_cast<std::uint64_t>(*count) * element_size(tensor.type)) {
      refuse(path, fmt::format("cannot save the tensor '{}': its {} bytes are not what its shape needs, or "
                               "its name is reserved",
                               printable(name), tensor.bytes.size()));
    }
    header[name] = {{"dtype", type_name(tensor.type)},
                    {"shape", tensor.shape},
                    {"data_offsets", {position, position + tensor.bytes.size()}}};
    position += tensor.bytes.size();
  }

  std::string text = dump_json(header);
  text.resize((text.size() + kAlignment - 1) / kAlignment * kAlignment, ' ');
  std::string bytes;
  bytes.reserve(sizeof(std::uint64_t) + text.size() + position);
  for (std::size_t i = 0; i < sizeof(std::uint64_t); ++i)
    bytes += static_cast<char>(text.size() >> (8 * i) & 0xff);
  bytes += text;
  for (const Item* item : items) {
    const std::vector<std::byte>& data = item->second.bytes;
    bytes.append(reinterpret_cast<const char*>(data.data()), data.size());
  }
  save_atomically(path, bytes);
}

}  // namespace gamut::weights
