#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "gamut/weights/tensor_file.h"

namespace gamut::weights {

/// What a pickle of tensors may do; all that torch.save writes for them.
/// @source Python, Lib/pickletools.py.
enum class Opcode : std::uint8_t {
  mark = '(',
  stop = '.',
  empty_tuple = ')',
  tuple = 't',
  tuple1 = 0x85,
  tuple2 = 0x86,
  tuple3 = 0x87,
  empty_dict = '}',
  empty_list = ']',
  append = 'a',
  appends = 'e',
  setitem = 's',
  setitems = 'u',
  none = 'N',
  newtrue = 0x88,
  newfalse = 0x89,
  binint = 'J',
  binint1 = 'K',
  binint2 = 'M',
  long1 = 0x8a,
  binunicode = 'X',
  short_binunicode = 0x8c,
  binunicode8 = 0x8d,
  binput = 'q',
  long_binput = 'r',
  memoize = 0x94,
  binget = 'h',
  long_binget = 'j',
  global = 'c',
  stack_global = 0x93,
  reduce = 'R',
  newobj = 0x81,
  build = 'b',
  binpersid = 'Q',
  proto = 0x80,
  frame = 0x95,
};

/// What Python's pickletools calls an opcode that is none of these.
std::string_view refused_name(std::uint8_t code);

/// What a pickle of tensors may name.
enum class Global {
  ordered_dict,
  rebuild_tensor,
  rebuild_old_tensor,
  rebuild_parameter,
  parameter,
  float32_storage,
  float16_storage,
  bfloat16_storage,
  int64_storage,
};

/// None for every other name.
std::optional<Global> find_global(std::string_view module, std::string_view name);

/// The elements of a storage class; none for what is no storage class.
std::optional<DataType> storage_type(Global global);

}  // namespace gamut::weights
