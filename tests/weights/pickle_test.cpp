#include "gamut/weights/pickle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gamut/core/error.h"
#include "tests/weights/make_files.h"

namespace gamut::weights {
namespace {

using namespace std::string_literals;
using test::dict;
using test::global;
using test::integer;
using test::proto;
using test::unicode;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

std::map<std::string, TensorView> parse(const std::string& pickle) {
  return parse_state_dict(test::as_bytes(pickle), "model.pth").tensors;
}

void expect_refused(const std::string& pickle, const std::string& complaint) {
  EXPECT_THAT([&] { parse(pickle); },
              ThrowsMessage<ModelError>(testing::AllOf(HasSubstr("model.pth"), HasSubstr(complaint))));
}

TEST(Pickle, ReadsADictOfTensors) {
  const auto tensors = parse(dict({{"a", test::tensor({.offset = 1, .shape = {3}, .strides = {1}})},
                                   {"b", test::tensor({.storage_class = "LongStorage", .key = "7"})}}));
  ASSERT_EQ(tensors.size(), 2U);
  EXPECT_EQ(tensors.at("a").offset, 1);
  EXPECT_THAT(tensors.at("a").shape, ElementsAre(3));
  EXPECT_EQ(tensors.at("b").storage.key, "7");
  EXPECT_EQ(tensors.at("b").storage.type, DataType::int64);
  EXPECT_EQ(tensors.at("b").storage.count, 4);
  EXPECT_THAT(tensors.at("b").strides, ElementsAre(2, 1));
}

TEST(Pickle, ReadsParametersAsTheirTensors) {
  const std::string parameter = global("torch._utils", "_rebuild_parameter") + "(" + test::tensor({}) +
                                "\x88" + global("collections", "OrderedDict") + ")RtR";
  EXPECT_THAT(parse(dict({{"a", parameter}})).at("a").shape, ElementsAre(2, 2));
}

TEST(Pickle, ReadsParametersOf2017) {
  // Parameter(tensor) with the state (requires_grad, volatile, hooks), of a tensor without requires_grad.
  const std::string arguments = "((" + unicode("storage") + global("torch", "FloatStorage") + unicode("5") +
                                unicode("cpu") + "K\x04NtQK\x00K\x04\x85K\x01\x85t"s;
  const std::string old_tensor = global("torch._utils", "_rebuild_tensor") + arguments + "R";
  for (const char* call : {"R", "\x81"}) {
    const std::string parameter =
        global("torch.nn.parameter", "Parameter") + old_tensor + "\x85" + call + "(\x88\x89Ntb";
    const auto tensors = parse(dict({{"a", parameter}, {"b", old_tensor}}));
    EXPECT_EQ(tensors.at("a").storage.key, "5");
    EXPECT_THAT(tensors.at("a").shape, ElementsAre(4));
    EXPECT_THAT(tensors.at("b").strides, ElementsAre(1));
  }
  expect_refused(dict({{"a", global("torch._utils", "_rebuild_tensor") + ")R"}}), "other than 4 arguments");
  expect_refused(dict({{"a", global("torch.nn.parameter", "Parameter") + ")R"}}),
                 "other than 1 or 2 arguments");
  expect_refused(dict({{"a", global("torch.nn.parameter", "Parameter") + "K\x01\x85R"}}),
                 "where a tensor should be");
}

TEST(Pickle, TellsEveryStorageOnce) {
  const std::string pickle =
      dict({{"a", test::tensor({.key = "0"})},
            {"a", test::tensor({.key = "1"})},
            {"b", test::tensor({.key = "1", .offset = 2, .shape = {}, .strides = {}})}});
  const StateDict state = parse_state_dict(test::as_bytes(pickle), "model.pth");
  EXPECT_EQ(state.tensors.size(), 2U);
  ASSERT_EQ(state.storages.size(), 2U);
  EXPECT_EQ(state.storages.at("0").count, 4);
  expect_refused(dict({{"a", test::tensor({})}, {"b", test::tensor({.storage_class = "LongStorage"})}}),
                 "two different storages of the key '0'");
  expect_refused(dict({{"a", test::tensor({})}, {"b", test::tensor({.count = 5})}}),
                 "two different storages of the key '0'");
}

TEST(Pickle, RefusesStoragesThatAreViewsOfOthers) {
  const std::string id = "(" + unicode("storage") + global("torch", "FloatStorage") + unicode("0") +
                         unicode("cpu") + "K\x04" + unicode("root") + "K\x00K\x04\x87tQ"s;
  expect_refused(proto() + id + ".", "a storage that is a view of another");
}

TEST(Pickle, ReadsAnOrderedDictWithMetadataInProtocol4) {
  // STACK_GLOBAL, SHORT_BINUNICODE, MEMOIZE and FRAME are what protocol 4 writes in place of GLOBAL,
  // BINUNICODE and BINPUT.
  const std::string pickle = "\x80\x04\x95"s + test::little_endian(100, 8) + "\x8c\x0b" + "collections" +
                             "\x94\x8c\x0b" + "OrderedDict" + "\x94\x93\x94)R\x94" + unicode("a") +
                             test::tensor({}) + "s" + "}" + unicode("_metadata") + "h\x02)Rsb.";
  EXPECT_EQ(parse(pickle).size(), 1U);
}

TEST(Pickle, TheLastOfTwoEntriesOfOneNameCounts) {
  const auto tensors = parse(dict({{"a", test::tensor({.key = "0"})}, {"a", test::tensor({.key = "1"})}}));
  ASSERT_EQ(tensors.size(), 1U);
  EXPECT_EQ(tensors.at("a").storage.key, "1");
}

TEST(Pickle, RefusesEveryOtherGlobalByName) {
  expect_refused(proto() + global("os", "system") + "(" + unicode("touch /tmp/owned") + "tR.",
                 "asks for os.system");
  expect_refused(proto() + global("builtins", "eval") + ".", "asks for builtins.eval");
  expect_refused(proto() + unicode("posix") + unicode("system") + "\x93.", "asks for posix.system");
  expect_refused(dict({{"a", test::tensor({.storage_class = "DoubleStorage"})}}),
                 "asks for torch.DoubleStorage");
  expect_refused(proto() + global("torch", "FloatStorage\x1b[2J") + ".", "\\x1b[2J");
}

TEST(Pickle, RefusesEveryOtherOpcodeByName) {
  expect_refused(proto() + "(S'ls'\ni", "the opcode STRING (0x53)");
  expect_refused(proto() + "(ios\nsystem\n.", "the opcode INST (0x69)");
  expect_refused(proto() + "G" + std::string(8, '\0') + ".", "the opcode BINFLOAT (0x47)");
  expect_refused(proto() + "\x82\x01.", "the opcode EXT1 (0x82)");
  expect_refused(proto() + "\x92.", "the opcode NEWOBJ_EX (0x92)");
  expect_refused(proto() + "\xff.", "the opcode unknown (0xff)");
  expect_refused("\x80\x01.", "has protocol 1; 2 to 5 are known");
}

TEST(Pickle, RefusesWhatIsNoDictOfTensors) {
  expect_refused(proto() + "K\x01.", "no dict of tensors");
  expect_refused(dict({{"epoch", "K\x01"}}), "its entry 'epoch' is no tensor");
  expect_refused(dict({{"state_dict", "}"}}), "its entry 'state_dict' is no tensor");
  expect_refused(proto() + "}K\x01K\x02s.", "where a tensor's name should be");
}

TEST(Pickle, RefusesUnsoundPrograms) {
  expect_refused(proto() + ".", "an empty stack");
  expect_refused(proto() + "t.", "a mark that is not there");
  expect_refused(proto() + "R.", "an empty stack");
  expect_refused(proto() + "h\x05.", "recalls value 5");
  expect_refused(proto() + "}(" + unicode("a") + "u.", "a key without a value");
  expect_refused(proto() + "K\x01(K\x01K\x02u.", "where a dict should be");
  expect_refused(proto() + ")" + ")R.", "where a known function should be");
  expect_refused(proto() + global("torch", "FloatStorage") + ")R.", "calls a storage class");
  expect_refused(proto() + global("collections", "OrderedDict") + "K\x01\x85R.",
                 "an OrderedDict from arguments");
  expect_refused(proto() + unicode("0") + "Q.", "where a persistent id should be");
  expect_refused(proto() + "\x8a\x09" + std::string(9, '\1') + ".", "an integer of 9 bytes");
  expect_refused(proto() + "X\xff\xff\xff\xff", "ends too early");
  expect_refused(proto() + "}(", "ends too early");
  expect_refused(proto() + "(}" + unicode("a") + "(s.", "an empty stack");
  expect_refused(proto() + "K\x01\x81.", "where a tuple of arguments should be");
  expect_refused(proto() + "}Na.", "where a list should be");
  expect_refused(proto() + "](Ne.", "no dict of tensors");
  expect_refused(proto() + "K\x01}b.", "where an OrderedDict or a parameter should be");
}

TEST(Pickle, RefusesUnsoundTensors) {
  expect_refused(dict({{"a", test::tensor({.shape = {4}, .strides = {1, 1}})}}), "different lengths");
  expect_refused(dict({{"a", test::tensor({.count = -1})}}), "a storage of -1 elements");
  expect_refused(dict({{"a", test::tensor({.key = std::string(65, '0')})}}),
                 "a storage key of more than 64 bytes");
  const std::vector<std::int64_t> many(9, 1);
  expect_refused(dict({{"a", test::tensor({.shape = many, .strides = many})}}),
                 "a tensor of 9 dimensions; 8 is the limit");
}

TEST(Pickle, DepthAndCyclesAreHarmless) {
  // A tuple a million deep, and a dict that holds itself.
  expect_refused(dict({{"deep", ")" + std::string(1'000'000, '\x85')}}), "'deep' is no tensor");
  expect_refused(proto() + "}q\x01" + unicode("self") + "h\x01s.", "'self' is no tensor");
}

TEST(Pickle, RefusesEveryTruncationAndSurvivesEveryChangedByte) {
  const std::string pickle =
      dict({{"a", test::tensor({})}, {"b", test::tensor({.storage_class = "HalfStorage"})}});
  for (std::size_t length = 0; length < pickle.size(); ++length) {
    EXPECT_THROW(parse(pickle.substr(0, length)), ModelError) << length;
  }
  std::size_t refused = 0;
  for (std::size_t i = 0; i < pickle.size(); ++i) {
    for (int value = 0; value < 256; ++value) {
      std::string changed = pickle;
      changed[i] = static_cast<char>(value);
      try {
        parse(changed);
      } catch (const ModelError&) {
        ++refused;
      }
    }
  }
  EXPECT_GT(refused, pickle.size());
}

}  // namespace
}  // namespace gamut::weights
