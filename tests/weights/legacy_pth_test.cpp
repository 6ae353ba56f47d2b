#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gamut/core/error.h"
#include "gamut/weights/pth.h"
#include "tests/weights/make_files.h"

namespace gamut::weights {
namespace {

using test::dict;
using test::make_legacy_pth;
using testing::HasSubstr;
using testing::ThrowsMessage;

const std::string kFour(16, '\1');

void expect_refused(const std::string& file, const std::string& complaint) {
  EXPECT_THAT([&] { parse_pth(test::as_bytes(file), "old.pth"); },
              ThrowsMessage<ModelError>(testing::AllOf(HasSubstr("old.pth"), HasSubstr(complaint))));
}

TEST(LegacyPth, ReadsStoragesInTheOrderOfTheFile) {
  const std::string pickle = dict(
      {{"a", test::tensor({.key = "940"})},
       {"b", test::tensor(
                 {.storage_class = "LongStorage", .key = "17", .count = 2, .shape = {2}, .strides = {1}})}});
  const std::string file = make_legacy_pth(pickle, {{"17", 2, std::string(16, '\7')}, {"940", 4, kFour}});
  const TensorFile weights = parse_pth(test::as_bytes(file), "old.pth");
  ASSERT_EQ(weights.tensors.size(), 2U);
  EXPECT_EQ(weights.tensors.at("a").bytes, std::vector(16, std::byte{1}));
  EXPECT_EQ(weights.tensors.at("b").bytes, std::vector(16, std::byte{7}));
  EXPECT_EQ(weights.tensors.at("b").type, DataType::int64);
}

TEST(LegacyPth, RefusesDataThatDoNotFitTheStateDict) {
  const std::string pickle = dict({{"a", test::tensor({})}});
  expect_refused(make_legacy_pth(pickle), "the data of 'a' (storage '0') is missing");
  expect_refused(make_legacy_pth(pickle, {{"0", 3, kFour}}),
                 "the storage '0' has 3 elements, but its tensors say 4");
  expect_refused(make_legacy_pth(pickle, {{"0", -1, kFour}}),
                 "the storage '0' has 18446744073709551615 elements");
  expect_refused(make_legacy_pth(pickle, {{"0", 4, kFour}, {"0", 4, kFour}}), "the storage '0' twice");
  expect_refused(make_legacy_pth(pickle, {{"0", 4, kFour}, {"1", 4, kFour}}),
                 "a storage '1' that no tensor names");
  expect_refused(make_legacy_pth(pickle, {{"0", 4, kFour + "more"}}), "but 4 bytes follow");
  constexpr std::int64_t kHuge = std::int64_t{1} << 62;
  expect_refused(make_legacy_pth(dict({{"a", test::tensor({.count = kHuge})}}), {{"0", kHuge, kFour}}),
                 "which no file can hold");
  expect_refused(make_legacy_pth(dict({{"a", test::tensor({.offset = 1})}}), {{"0", 4, kFour}}),
                 "does not fit its 4 elements");
}

TEST(LegacyPth, RefusesOtherProtocolsAndTheTarFormat) {
  std::string file = make_legacy_pth(dict({}));
  file[file.find("M\xe9\x03") + 1] = '\xe8';
  expect_refused(file, "torch.save's protocol 1000; 1001 is known");
  std::string tar(512, '\0');
  tar.replace(257, 5, "ustar");
  expect_refused(tar, "tar format of before 2017");
}

TEST(LegacyPth, RunsNothingInAnyOfItsPickles) {
  const std::string attack =
      test::proto() + test::global("os", "system") + "(" + test::unicode("true") + "tR.";
  const std::string file = make_legacy_pth("PICKLE");
  const std::string magic = file.substr(0, 15);
  expect_refused(magic + attack, "asks for os.system");                                // protocol
  expect_refused(file.substr(0, 21) + attack, "asks for os.system");                   // sizes of C types
  expect_refused(file.substr(0, file.find("PICKLE")) + attack, "asks for os.system");  // state_dict
  expect_refused(file.substr(0, file.find("PICKLE")) + dict({}) + attack, "asks for os.system");  // keys
}

TEST(LegacyPth, RefusesEveryTruncationAndSurvivesEveryChangedByte) {
  const std::string file = make_legacy_pth(dict({{"a", test::tensor({})}}), {{"0", 4, kFour}});
  for (std::size_t length = 0; length < file.size(); ++length)
    EXPECT_THROW(parse_pth(test::as_bytes(file.substr(0, length)), "old.pth"), ModelError) << length;
  std::size_t refused = 0;
  for (std::size_t i = 0; i < file.size(); ++i) {
    for (int value = 0; value < 256; ++value) {
      std::string changed = file;
      changed[i] = static_cast<char>(value);
      try {
        parse_pth(test::as_bytes(changed), "old.pth");
      } catch (const ModelError&) {
        ++refused;
      }
    }
  }
  EXPECT_GT(refused, file.size());
}

}  // namespace
}  // namespace gamut::weights
