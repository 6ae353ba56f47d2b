#include "gamut/weights/pickle_vocabulary.h"

#include <array>
#include <utility>

namespace gamut::weights {
namespace {

constexpr std::array<std::pair<std::uint8_t, std::string_view>, 32> kRefusedOpcodes{{
    {'I', "INT"},         {'L', "LONG"},           {0x8b, "LONG4"},
    {'S', "STRING"},      {'T', "BINSTRING"},      {'U', "SHORT_BINSTRING"},
    {'B', "BINBYTES"},    {'C', "SHORT_BINBYTES"}, {0x8e, "BINBYTES8"},
    {0x96, "BYTEARRAY8"}, {0x97, "NEXT_BUFFER"},   {0x98, "READONLY_BUFFER"},
    {'V', "UNICODE"},     {'F', "FLOAT"},          {'G', "BINFLOAT"},
    {'l', "LIST"},        {'d', "DICT"},           {0x8f, "EMPTY_SET"},
    {0x90, "ADDITEMS"},   {0x91, "FROZENSET"},     {'0', "POP"},
    {'2', "DUP"},         {'1', "POP_MARK"},       {'g', "GET"},
    {'p', "PUT"},         {0x82, "EXT1"},          {0x83, "EXT2"},
    {0x84, "EXT4"},       {'i', "INST"},           {'o', "OBJ"},
    {0x92, "NEWOBJ_EX"},  {'P', "PERSID"},
}};

struct KnownGlobal {
  std::string_view module;
  std::string_view name;
  Global global;
};

constexpr std::array<KnownGlobal, 9> kKnownGlobals{{
    {"collections", "OrderedDict", Global::ordered_dict},
    {"torch._utils", "_rebuild_tensor_v2", Global::rebuild_tensor},
    {"torch._utils", "_rebuild_tensor", Global::rebuild_old_tensor},
    {"torch._utils", "_rebuild_parameter", Global::rebuild_parameter},
    {"torch.nn.parameter", "Parameter", Global::parameter},
    {"torch", "FloatStorage", Global::float32_storage},
    {"torch", "HalfStorage", Global::float16_storage},
    {"torch", "BFloat16Storage", Global::bfloat16_storage},
    {"torch", "LongStorage", Global::int64_storage},
}};

}  // namespace

std::string_view refused_name(std::uint8_t code) {
  for (const auto& [known, name] : kRefusedOpcodes) {
    if (known == code) return name;
  }
  return "unknown";
}

std::optional<Global> find_global(std::string_view module, std::string_view name) {
  for (const KnownGlobal& known : kKnownGlobals) {
    if (known.module == module && known.name == name) return known.global;
  }
  return std::nullopt;
}

std::optional<DataType> storage_type(Global global) {
  switch (global) {
    case Global::float32_storage:
      return DataType::float32;
    case Global::float16_storage:
      return DataType::float16;
    case Global::bfloat16_storage:
      return DataType::bfloat16;
    case Global::int64_storage:
      return DataType::int64;
    default:
      return std::nullopt;
  }
}

}  // namespace gamut::weights
