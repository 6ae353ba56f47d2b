#include "gamut/weights/pickle.h"

#include <fmt/core.h>

#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>

#include "gamut/core/text.h"
#include "gamut/weights/byte_reader.h"
#include "gamut/weights/pickle_vocabulary.h"

namespace gamut::weights {
namespace {

// Of a tensor; networks have up to 5. A pickle may make a tensor of a tuple in five bytes, and again.
constexpr std::size_t kMostDimensions = 8;
constexpr std::size_t kLongestKey = 64;

using Index = std::size_t;  // of a value in the pool

struct None {};
struct Tuple {
  std::vector<Index> items;
};
struct List {
  std::vector<Index> items;
};
struct Dict {
  std::vector<std::pair<Index, Index>> items;
};
using Value =
    std::variant<None, bool, std::int64_t, std::string_view, Tuple, List, Dict, Global, Storage, TensorView>;

class PickleMachine {
 public:
  PickleMachine(ByteReader& reader, const std::filesystem::path& path) : reader_(reader), path_(path) {}

  StateDict read_state_dict() {
    std::map<std::string, TensorView> tensors = state_dict(run());
    return {.tensors = std::move(tensors), .storages = std::move(storages_)};
  }

  std::vector<std::string> read_strings() {
    std::vector<std::string> strings;
    for (Index item : get<List>(run(), "a list").items)
      strings.emplace_back(get<std::string_view>(item, "a string"));
    return strings;
  }

  std::int64_t read_integer() { return get<std::int64_t>(run(), "an integer"); }

  // The value that the pickle makes.
  Index run() {
    while (step()) {
    }
    return pop();
  }

 private:
  // False after STOP.
  bool step() {
    const auto code = reader_.read<std::uint8_t>();
    switch (static_cast<Opcode>(code)) {
      case Opcode::proto:
        check_protocol(reader_.read<std::uint8_t>());
        break;
      case Opcode::frame:
        reader_.skip(8);
        break;
      case Opcode::stop:
        return false;
      case Opcode::mark:
        marks_.push_back(stack_.size());
        break;
      case Opcode::none:
        push(None{});
        break;
      case Opcode::newtrue:
        push(true);
        break;
      case Opcode::newfalse:
        push(false);
        break;
      case Opcode::binint:
        push(std::int64_t{static_cast<std::int32_t>(reader_.read<std::uint32_t>())});
        break;
      case Opcode::binint1:
        push(std::int64_t{reader_.read<std::uint8_t>()});
        break;
      case Opcode::binint2:
        push(std::int64_t{reader_.read<std::uint16_t>()});
        break;
      case Opcode::long1:
        push(read_long());
        break;
      case Opcode::short_binunicode:
        push(reader_.take_text(reader_.read<std::uint8_t>()));
        break;
      case Opcode::binunicode:
        push(reader_.take_text(reader_.read<std::uint32_t>()));
        break;
      case Opcode::binunicode8:
        push(reader_.take_text(reader_.read<std::uint64_t>()));
        break;
      case Opcode::empty_tuple:
        push(Tuple{});
        break;
      case Opcode::tuple1:
        push(Tuple{pop_many(1)});
        break;
      case Opcode::tuple2:
        push(Tuple{pop_many(2)});
        break;
      case Opcode::tuple3:
        push(Tuple{pop_many(3)});
        break;
      case Opcode::tuple:
        push(Tuple{pop_to_mark()});
        break;
      case Opcode::empty_dict:
        push(Dict{});
        break;
      case Opcode::empty_list:
        push(List{});
        break;
      case Opcode::append:
        append(pop_many(1));
        break;
      case Opcode::appends:
        append(pop_to_mark());
        break;
      case Opcode::setitem:
        set_items(pop_many(2));
        break;
      case Opcode::setitems:
        set_items(pop_to_mark());
        break;
      case Opcode::binput:
        memo_[reader_.read<std::uint8_t>()] = top();
        break;
      case Opcode::long_binput:
        memo_[reader_.read<std::uint32_t>()] = top();
        break;
      case Opcode::memoize:
        memo_[memo_.size()] = top();
        break;
      case Opcode::binget:
        recall(reader_.read<std::uint8_t>());
        break;
      case Opcode::long_binget:
        recall(reader_.read<std::uint32_t>());
        break;
      case Opcode::global:
        read_global();
        break;
      case Opcode::stack_global:
        pop_global();
        break;
      case Opcode::reduce:
      case Opcode::newobj:  // calls a class as REDUCE does
        reduce();
        break;
      case Opcode::build:
        build();
        break;
      case Opcode::binpersid:
        push(make_storage(pop()));
        break;
      default:
        complain(fmt::format(
            "uses the opcode {} (0x{:02x}), which weights do not need; save the network's state_dict() "
            "alone, or as safetensors",
            refused_name(code), code));
    }
    return true;
  }

  [[noreturn]] void complain(const std::string& complaint) const {
    refuse(path_, fmt::format("the pickle {} (before byte {})", complaint, reader_.position()));
  }

  void check_protocol(int protocol) const {
    if (protocol < 2 || protocol > 5) complain(fmt::format("has protocol {}; 2 to 5 are known", protocol));
  }

  void push(Value value) {
    pool_.push_back(std::move(value));
    stack_.push_back(pool_.size() - 1);
  }

  // What stands above the last mark is all that may be taken, as in Python.
  std::size_t available() const { return stack_.size() - (marks_.empty() ? 0 : marks_.back()); }

  Index top() const {
    if (available() == 0) complain("takes a value from an empty stack");
    return stack_.back();
  }

  Index pop() {
    const Index index = top();
    stack_.pop_back();
    return index;
  }

  std::vector<Index> pop_many(std::size_t count) {
    if (available() < count) complain("takes a value from an empty stack");
    std::vector<Index> values(stack_.end() - static_cast<std::ptrdiff_t>(count), stack_.end());
    stack_.resize(stack_.size() - count);
    return values;
  }

  std::vector<Index> pop_to_mark() {
    if (marks_.empty()) complain("looks for a mark that is not there");
    std::vector<Index> values = pop_many(available());
    marks_.pop_back();
    return values;
  }

  template <class T>
  T& get(Index index, std::string_view what) {
    T* value = std::get_if<T>(&pool_[index]);
    if (value == nullptr) complain(fmt::format("has something else where {} should be", what));
    return *value;
  }

  std::int64_t read_long() {
    std::span<const std::byte> digits = reader_.take(reader_.read<std::uint8_t>());
    if (digits.size() > 8) complain(fmt::format("has an integer of {} bytes; 8 is the limit", digits.size()));
    const bool negative = !digits.empty() && (digits.back() & std::byte{0x80}) != std::byte{0};
    std::uint64_t value = negative ? ~std::uint64_t{0} : 0;
    for (std::size_t i = digits.size(); i-- > 0;)
      value = value << 8 | std::to_integer<std::uint64_t>(digits[i]);
    return static_cast<std::int64_t>(value);
  }

  void recall(std::uint64_t key) {
    const auto found = memo_.find(key);
    if (found == memo_.end()) complain(fmt::format("recalls value {}, which it never stored", key));
    stack_.push_back(found->second);
  }

  void read_global() {
    const std::string_view module = reader_.take_line();
    push_global(module, reader_.take_line());
  }

  void pop_global() {
    const std::vector<Index> names = pop_many(2);
    push_global(get<std::string_view>(names[0], "a module's name"),
                get<std::string_view>(names[1], "a name"));
  }

  void push_global(std::string_view module, std::string_view name) {
    if (const std::optional<Global> global = find_global(module, name)) return push(*global);
    complain(fmt::format(
        "asks for {}.{}, which is not one of the things that gamut's weights are made of and is never run; "
        "save the network's state_dict() of float32, float16, bfloat16 or int64 tensors, or as safetensors",
        printable(module.substr(0, 200)), printable(name.substr(0, 200))));
  }

  void set_items(const std::vector<Index>& values) {
    if (values.size() % 2 != 0) complain("sets a key without a value");
    Dict& dict = get<Dict>(top(), "a dict");
    for (std::size_t i = 0; i < values.size(); i += 2) dict.items.emplace_back(values[i], values[i + 1]);
  }

  void append(const std::vector<Index>& values) {
    List& list = get<List>(top(), "a list");
    list.items.insert(list.items.end(), values.begin(), values.end());
  }

  // BUILD sets attributes of an object: _metadata of a state_dict, requires_grad and hooks of a parameter of
  // 2017. The numbers need none of them.
  void build() {
    pop();
    if (!std::holds_alternative<TensorView>(pool_[top()])) get<Dict>(top(), "an OrderedDict or a parameter");
  }

  void reduce() {
    const std::vector<Index> arguments = get<Tuple>(pop(), "a tuple of arguments").items;
    const Global global = get<Global>(pop(), "a known function");
    switch (global) {
      case Global::ordered_dict:
        if (!arguments.empty()) complain("makes an OrderedDict from arguments");
        return push(Dict{});
      case Global::rebuild_tensor:
        if (arguments.size() != 6 && arguments.size() != 7)
          complain("makes a tensor from other than 6 or 7 arguments");
        return push(rebuild_tensor(arguments));
      case Global::rebuild_old_tensor:
        if (arguments.size() != 4) complain("makes a tensor of 2017 from other than 4 arguments");
        return push(rebuild_tensor(arguments));
      case Global::rebuild_parameter:
        if (arguments.size() != 3) complain("makes a parameter from other than 3 arguments");
        return push_tensor_of(arguments[0]);
      case Global::parameter:
        if (arguments.size() != 1 && arguments.size() != 2)
          complain("makes a parameter from other than 1 or 2 arguments");
        return push_tensor_of(arguments[0]);
      default:
        complain("calls a storage class");
    }
  }

  // A parameter is its tensor.
  void push_tensor_of(Index parameter) {
    get<TensorView>(parameter, "a tensor");
    stack_.push_back(parameter);
  }

  // torch._utils._rebuild_tensor(storage, offset, size, stride), and
  // _rebuild_tensor_v2(…, requires_grad, backward_hooks[, metadata])
  TensorView rebuild_tensor(const std::vector<Index>& arguments) {
    TensorView view;
    view.storage = get<Storage>(arguments[0], "a storage");
    view.offset = get<std::int64_t>(arguments[1], "a tensor's offset");
    view.shape = numbers(arguments[2], "a tensor's shape");
    view.strides = numbers(arguments[3], "a tensor's strides");
    if (view.shape.size() != view.strides.size())
      complain("has a tensor with a shape and strides of different lengths");
    return view;
  }

  std::vector<std::int64_t> numbers(Index index, std::string_view what) {
    const Tuple& tuple = get<Tuple>(index, what);
    if (tuple.items.size() > kMostDimensions) {
      complain(
          fmt::format("has a tensor of {} dimensions; {} is the limit", tuple.items.size(), kMostDimensions));
    }
    std::vector<std::int64_t> values;
    for (Index item : tuple.items) values.push_back(get<std::int64_t>(item, what));
    return values;
  }

  // ('storage', class, key, device, number of elements), and before 1.6 the storage that this one is a view
  // of.
  Storage make_storage(Index index) {
    const std::vector<Index>& id = get<Tuple>(index, "a persistent id").items;
    if ((id.size() != 5 && id.size() != 6) || get<std::string_view>(id[0], "a persistent id") != "storage") {
      complain("has a persistent id that is no storage");
    }
    if (id.size() == 6 && !std::holds_alternative<None>(pool_[id[5]]))
      complain("has a storage that is a view of another, which gamut does not read");
    const auto type = storage_type(get<Global>(id[1], "a storage class"));
    if (!type) complain("has a storage of no known class");
    const std::string_view key = get<std::string_view>(id[2], "a storage's key");
    if (key.size() > kLongestKey)
      complain(fmt::format("has a storage key of more than {} bytes", kLongestKey));
    const std::int64_t count = get<std::int64_t>(id[4], "a storage's size");
    if (count < 0) complain(fmt::format("has a storage of {} elements", count));
    const auto [known, is_new] = storages_.try_emplace(
        std::string(key), Storage{.type = *type, .key = std::string(key), .count = count});
    if (!is_new && (known->second.type != *type || known->second.count != count))
      complain(fmt::format("has two different storages of the key '{}'", printable(key)));
    return known->second;
  }

  std::map<std::string, TensorView> state_dict(Index index) {
    const auto* dict = std::get_if<Dict>(&pool_[index]);
    if (dict == nullptr) refuse(path_, "it holds no dict of tensors; save the network's state_dict()");
    std::map<std::string, TensorView> tensors;
    for (const auto& [key, value] : dict->items) {
      const std::string name(get<std::string_view>(key, "a tensor's name"));
      const auto* view = std::get_if<TensorView>(&pool_[value]);
      if (view == nullptr) {
        refuse(path_,
               fmt::format("its entry '{}' is no tensor, so this is more than a state_dict (a whole training "
                           "checkpoint?); save the network's state_dict() alone",
                           printable(name)));
      }
      tensors.insert_or_assign(name, *view);
    }
    return tensors;
  }

  ByteReader& reader_;
  const std::filesystem::path& path_;
  std::vector<Value> pool_;
  std::vector<Index> stack_;
  std::vector<std::size_t> marks_;  // heights of the stack
  std::map<std::string, Storage> storages_;
  std::unordered_map<std::uint64_t, Index> memo_;
};

}  // namespace

StateDict parse_state_dict(std::span<const std::byte> pickle, const std::filesystem::path& path) {
  ByteReader reader(pickle, "the pickle", path);
  return read_state_dict(reader, path);
}

StateDict read_state_dict(ByteReader& reader, const std::filesystem::path& path) {
  return PickleMachine(reader, path).read_state_dict();
}

std::vector<std::string> read_pickled_strings(ByteReader& reader, const std::filesystem::path& path) {
  return PickleMachine(reader, path).read_strings();
}

std::int64_t read_pickled_integer(ByteReader& reader, const std::filesystem::path& path) {
  return PickleMachine(reader, path).read_integer();
}

void skip_pickle(ByteReader& reader, const std::filesystem::path& path) {
  PickleMachine(reader, path).run();
}

}  // namespace gamut::weights
