#include "gamut/weights/pth.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/json.h"
#include "tests/support/test_data.h"
#include "tests/weights/make_files.h"

namespace gamut::weights {
namespace {

using test::dict;
using test::make_legacy_pth;
using test::make_pth;
using testing::HasSubstr;
using testing::ThrowsMessage;

template <class T>
T element(const TensorData& tensor, std::size_t index) {
  T value;
  std::memcpy(&value, tensor.bytes.data() + index * sizeof(T), sizeof(T));
  return value;
}

float from_bfloat16(std::uint16_t bits) {
  const std::uint32_t wide = std::uint32_t{bits} << 16;
  float value;
  std::memcpy(&value, &wide, sizeof value);
  return value;
}

float from_float16(std::uint16_t bits) {
  const int exponent = bits >> 10 & 0x1f;
  const float fraction = static_cast<float>(bits & 0x3ff) / 1024;
  const float magnitude = exponent == 0 ? std::ldexp(fraction, -14) : std::ldexp(1 + fraction, exponent - 15);
  return bits >> 15 ? -magnitude : magnitude;
}

double value_at(const TensorData& tensor, std::size_t index) {
  switch (tensor.type) {
    case DataType::float32:
      return element<float>(tensor, index);
    case DataType::float16:
      return from_float16(element<std::uint16_t>(tensor, index));
    case DataType::bfloat16:
      return from_bfloat16(element<std::uint16_t>(tensor, index));
    case DataType::int64:
      return static_cast<double>(element<std::int64_t>(tensor, index));
  }
  return 0;
}

std::string floats(const std::vector<float>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)};
}

TensorFile parse(const std::string& archive) {
  return parse_pth(test::as_bytes(archive), "model.pth");
}

void expect_refused(const std::string& archive, const std::string& complaint) {
  EXPECT_THAT([&] { parse(archive); },
              ThrowsMessage<ModelError>(testing::AllOf(HasSubstr("model.pth"), HasSubstr(complaint))));
}

void expect_matches_torch(const std::string& name_of_file) {
  const std::filesystem::path folder = gamut::test::reference_directory() / "torchvision";
  GAMUT_REQUIRE_FILE(folder / name_of_file);
  GAMUT_REQUIRE_FILE(folder / "state_expected.json");
  const TensorFile file = load_tensors(folder / name_of_file);
  const Json expected = load_json(folder / "state_expected.json");
  ASSERT_EQ(file.tensors.size(), expected.size());
  for (const auto& [name, want] : expected.items()) {
    ASSERT_TRUE(file.tensors.contains(name)) << name;
    const TensorData& tensor = file.tensors.at(name);
    EXPECT_EQ("torch." + std::string(to_string(tensor.type)), want["dtype"].get<std::string>()) << name;
    EXPECT_EQ(tensor.shape, want["shape"].get<std::vector<std::int64_t>>()) << name;
    const auto values = want["values"].get<std::vector<double>>();
    ASSERT_EQ(tensor.bytes.size(), values.size() * element_size(tensor.type)) << name;
    for (std::size_t i = 0; i < values.size(); ++i)
      EXPECT_EQ(value_at(tensor, i), values[i]) << name << " " << i;
  }
}

TEST(PthGolden, MatchesTorchExactly) {
  expect_matches_torch("state_zip.pth");
}

TEST(PthGolden, MatchesTorchExactlyInTheFormatBefore2020) {
  expect_matches_torch("state_legacy.pth");
}

TEST(Pth, LoadsRealWeights) {
  const std::filesystem::path path = gamut::test::test_data("weights/resnet18-39fda3e8.pth");
  GAMUT_REQUIRE_FILE(path);
  const TensorFile file = load_pth(path);
  EXPECT_EQ(file.tensors.size(), 122U);
  EXPECT_THAT(file.tensors.at("conv1.weight").shape, testing::ElementsAre(64, 3, 7, 7));
  EXPECT_THAT(file.tensors.at("fc.bias").shape, testing::ElementsAre(1000));
  EXPECT_EQ(file.tensors.at("bn1.num_batches_tracked").type, DataType::int64);
}

TEST(Pth, MakesViewsDense) {
  const std::string pickle =
      dict({{"transposed", test::tensor({.count = 6, .shape = {3, 2}, .strides = {1, 3}})},
            {"column", test::tensor({.count = 6, .offset = 1, .shape = {2}, .strides = {3}})},
            {"scalar", test::tensor({.count = 6, .offset = 5, .shape = {}, .strides = {}})},
            {"empty", test::tensor({.count = 6, .offset = 6, .shape = {0, 4}, .strides = {4, 1}})}});
  const std::string data = floats({0, 1, 2, 3, 4, 5});
  for (const std::string& archive : {make_pth(pickle, {data}), make_legacy_pth(pickle, {{"0", 6, data}})}) {
    const TensorFile file = parse(archive);
    const auto values = [&](const std::string& name) {
      std::vector<double> all;
      const TensorData& tensor = file.tensors.at(name);
      for (std::size_t i = 0; i < tensor.bytes.size() / 4; ++i) all.push_back(value_at(tensor, i));
      return all;
    };
    EXPECT_THAT(values("transposed"), testing::ElementsAre(0, 3, 1, 4, 2, 5));
    EXPECT_THAT(values("column"), testing::ElementsAre(1, 4));
    EXPECT_THAT(values("scalar"), testing::ElementsAre(5));
    EXPECT_THAT(values("empty"), testing::IsEmpty());
  }
}

TEST(Pth, RefusesTensorsThatDoNotFitTheirData) {
  const std::string data = floats({0, 1, 2, 3});
  const auto refused = [&](const test::Tensor& tensor, const std::string& complaint) {
    expect_refused(make_pth(dict({{"a", test::tensor(tensor)}}), {data}), complaint);
  };
  constexpr std::int64_t kHuge = std::int64_t{1} << 62;
  refused({.shape = {2, 3}, .strides = {3, 1}}, "does not fit its 4 elements");
  refused({.offset = 1}, "does not fit its 4 elements");
  refused({.offset = -1}, "offset -1) does not fit");
  refused({.strides = {-2, 1}}, "does not fit");
  refused({.shape = {-2, 2}}, "does not fit");
  refused({.shape = {kHuge, 4}}, "does not fit");
  refused({.shape = {1000}, .strides = {0}}, "does not fit");
  refused({.strides = {kHuge, kHuge}}, "does not fit");
  refused({.offset = INT64_MAX}, "does not fit");
  refused({.count = 5}, "is 16 bytes, not 5 elements of float32");
  refused({.count = kHuge}, "is 16 bytes, not 4611686018427387904 elements");
  refused({.key = "1"}, "the data of 'a' (storage '1') is missing");
  refused({.key = "../data.pkl"}, "(storage '../data.pkl') is missing");
}

TEST(Pth, RefusesTensorsThatMultiplyTheFile) {
  const std::vector<std::int64_t> shape{1 << 18};
  const std::string view = test::tensor({.count = 1 << 18, .shape = shape, .strides = {1}});
  std::vector<std::pair<std::string, std::string>> items;
  for (int i = 0; i < 20; ++i) items.emplace_back("copy" + std::to_string(i), view);
  expect_refused(make_pth(dict(items), {std::string(4 << 18, '\0')}),
                 "more than 8 times the size of the file");
}

TEST(Pth, RefusesOtherFiles) {
  expect_refused("", "neither a PyTorch weight file");
  expect_refused("\x89PNG and so on", "neither a PyTorch weight file");
  expect_refused(test::make_zip({{"word/document.xml", "<w/>"}}), "no data.pkl");
  expect_refused(test::make_zip({{"m/data.pkl", dict({})}, {"m/byteorder", "big"}}), "big-endian");
  const gamut::test::TemporaryDirectory folder;
  EXPECT_THROW(load_tensors(folder / "absent.pth"), FileError);
}

TEST(Pth, RunsNothing) {
  expect_refused(make_pth(test::proto() + test::global("os", "system") + "(" + test::unicode("true") + "tR."),
                 "asks for os.system, which is not one of the things");
}

TEST(Pth, RefusesEveryTruncation) {
  const std::string archive = make_pth(dict({{"a", test::tensor({})}}), {floats({0, 1, 2, 3})});
  for (std::size_t length = 0; length < archive.size(); ++length) {
    EXPECT_THROW(parse(archive.substr(0, length)), ModelError) << length;
  }
}

}  // namespace
}  // namespace gamut::weights
