#include "gamut/weights/safetensors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "tests/support/test_data.h"
#include "tests/weights/make_files.h"

namespace gamut::weights {
namespace {

using gamut::test::TemporaryDirectory;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

std::string make_safetensors(const std::string& header, const std::string& data) {
  return test::little_endian(header.size(), 8) + header + data;
}

std::string one_tensor(const std::string& body, const std::string& data = std::string(8, '\0')) {
  return make_safetensors("{\"a\":" + body + "}", data);
}

void expect_refused(const std::string& bytes, const std::string& complaint) {
  EXPECT_THAT(
      [&] { parse_safetensors(test::as_bytes(bytes), "model.safetensors"); },
      ThrowsMessage<ModelError>(testing::AllOf(HasSubstr("model.safetensors"), HasSubstr(complaint))));
}

TensorData make_tensor(DataType type, std::vector<std::int64_t> shape, int fill) {
  const auto bytes = static_cast<std::size_t>(*element_count(shape)) * element_size(type);
  return {.type = type, .shape = std::move(shape), .bytes = std::vector<std::byte>(bytes, std::byte(fill))};
}

TensorFile make_file() {
  TensorFile file;
  file.metadata = {{"genre", "R&B \"live\"\n"}, {"architecture", "resnet18"}};
  file.tensors["z"] = make_tensor(DataType::float32, {2, 3}, 1);
  file.tensors["a"] = make_tensor(DataType::float16, {3}, 2);
  file.tensors["b"] = make_tensor(DataType::bfloat16, {1}, 3);
  file.tensors["n"] = make_tensor(DataType::int64, {}, 4);
  file.tensors["e"] = make_tensor(DataType::float32, {0, 5}, 5);
  return file;
}

TEST(Safetensors, RoundTripsAndIsToldFromPthByItsBytes) {
  const TemporaryDirectory folder;
  const TensorFile file = make_file();
  save_safetensors(folder / "m.safetensors", file);
  const TensorFile loaded = load_tensors(folder / "m.safetensors");
  EXPECT_EQ(loaded.metadata, file.metadata);
  EXPECT_EQ(load_safetensors_metadata(folder / "m.safetensors"), file.metadata);
  ASSERT_EQ(loaded.tensors.size(), file.tensors.size());
  for (const auto& [name, tensor] : file.tensors) {
    EXPECT_EQ(loaded.tensors.at(name).type, tensor.type) << name;
    EXPECT_EQ(loaded.tensors.at(name).shape, tensor.shape) << name;
    EXPECT_EQ(loaded.tensors.at(name).bytes, tensor.bytes) << name;
  }
}

TEST(Safetensors, WritesTheDocumentedBytes) {
  const TemporaryDirectory folder;
  TensorFile file;
  file.metadata = {{"k", "v"}};
  file.tensors["b"] = make_tensor(DataType::float16, {1}, 2);
  file.tensors["c"] = make_tensor(DataType::float32, {1, 1}, 1);
  save_safetensors(folder / "m.safetensors", file);
  std::string header = R"({"__metadata__":{"k":"v"},"c":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]},)"
                       R"("b":{"dtype":"F16","shape":[1],"data_offsets":[4,6]}})";
  header.resize((header.size() + 7) / 8 * 8, ' ');
  EXPECT_EQ(load_text(folder / "m.safetensors"), make_safetensors(header, "\1\1\1\1\2\2"));
}

TEST(Safetensors, AcceptsTensorsInAnyOrderAndPaddedHeaders) {
  const std::string bytes = make_safetensors(R"({"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},)"
                                             R"("a":{"data_offsets":[0,4],"dtype":"F32","shape":[1]}}   )",
                                             std::string(8, '\7'));
  const TensorFile file = parse_safetensors(test::as_bytes(bytes), "m.safetensors");
  EXPECT_EQ(file.tensors.size(), 2U);
  EXPECT_TRUE(file.metadata.empty());
}

TEST(Safetensors, RefusesHostileHeaders) {
  expect_refused("", "ends too early");
  expect_refused(test::little_endian(UINT64_MAX, 8) + "{}", "its header would be 18446744073709551615 bytes");
  expect_refused(test::little_endian(50, 8) + "{}", "ends too early");
  expect_refused(make_safetensors("{\"a\":", ""), "not JSON");
  expect_refused(make_safetensors("[]", ""), "no JSON object");
  expect_refused(make_safetensors("{\"a\":1e999}", ""), "number beyond any");
  std::string names = "{\"0\":0";
  for (int i = 1; i <= 20000; ++i) names += ",\"" + std::to_string(i) + "\":0";
  expect_refused(make_safetensors(names + "}", ""), "more than 20000 names and brackets");
  expect_refused(make_safetensors(std::string(1'000'000, '['), ""), "nested too deeply");
  expect_refused(make_safetensors(R"({"a":1,"a":2})", ""), "names 'a' twice");
  expect_refused(make_safetensors(R"({"__metadata__":{"k":1}})", ""), "metadata 'k' is no text");
  expect_refused(make_safetensors(R"({"__metadata__":[]})", ""), "metadata is no JSON object");
}

TEST(Safetensors, RefusesTensorsThatDoNotFit) {
  expect_refused(one_tensor("1"), "something else than dtype, shape and data_offsets");
  expect_refused(one_tensor(R"({"dtype":"F32","shape":[2]})"), "something else than dtype");
  expect_refused(one_tensor(R"({"dtype":"F64","shape":[1],"data_offsets":[0,8]})"), "of type F64");
  expect_refused(one_tensor(R"({"dtype":7,"shape":[1],"data_offsets":[0,8]})"), "of type 7");
  expect_refused(one_tensor(R"({"dtype":"F32","shape":[2.0],"data_offsets":[0,8]})"), "no whole numbers");
  expect_refused(one_tensor(R"({"dtype":"F32","shape":[-2],"data_offsets":[0,8]})"), "no whole numbers");
  expect_refused(one_tensor(R"({"dtype":"F32","shape":[2],"data_offsets":[0,4,8]})"), "has 3 offsets");
  expect_refused(one_tensor(R"({"dtype":"F32","shape":[2],"data_offsets":[8,0]})"), "overlaps another");
  expect_refused(one_tensor(R"({"dtype":"F32","shape":[4],"data_offsets":[0,16]})"),
                 "reaches past the 8 bytes");
  expect_refused(one_tensor(R"({"dtype":"F32","shape":[3],"data_offsets":[0,8]})"),
                 "not what its shape needs");
  expect_refused(one_tensor(R"({"dtype":"F32","shape":[4294967296,4294967296,2],"data_offsets":[0,8]})"),
                 "not what its shape needs");
  expect_refused(one_tensor(R"({"dtype":"F32","shape":[18446744073709551615],"data_offsets":[0,8]})"),
                 "not what its shape needs");
  expect_refused(one_tensor(R"({"dtype":"F32","shape":[1],"data_offsets":[4,8]})"), "leaves a gap");
  expect_refused(one_tensor(R"({"dtype":"F32","shape":[1],"data_offsets":[0,4]})"),
                 "4 bytes after the last tensor");
  expect_refused(make_safetensors(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                                  R"("b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
                                  std::string(8, '\0')),
                 "overlaps another");
}

TEST(Safetensors, RefusesToWriteWhatItCouldNotRead) {
  const TemporaryDirectory folder;
  TensorFile file;
  file.tensors["a"] = {.type = DataType::float32, .shape = {2}, .bytes = std::vector<std::byte>(4)};
  EXPECT_THAT([&] { save_safetensors(folder / "m.safetensors", file); },
              ThrowsMessage<ModelError>(HasSubstr("cannot save the tensor 'a'")));
  file.tensors.clear();
  file.tensors["__metadata__"] = make_tensor(DataType::float32, {1}, 0);
  EXPECT_THROW(save_safetensors(folder / "m.safetensors", file), ModelError);
  EXPECT_FALSE(std::filesystem::exists(folder / "m.safetensors"));
}

TEST(Safetensors, RefusesEveryTruncationAndSurvivesEveryChangedByte) {
  const TemporaryDirectory folder;
  save_safetensors(folder / "m.safetensors", make_file());
  const std::string bytes = load_text(folder / "m.safetensors");
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    EXPECT_THROW(parse_safetensors(test::as_bytes(bytes.substr(0, length)), "m"), ModelError) << length;
  }
  std::size_t refused = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (int value : {0x00, 0x22, 0x39, 0x5d, 0xff}) {
      std::string changed = bytes;
      changed[i] = static_cast<char>(value);
      try {
        parse_safetensors(test::as_bytes(changed), "m");
      } catch (const ModelError&) {
        ++refused;
      }
    }
  }
  EXPECT_GT(refused, bytes.size());
}

}  // namespace
}  // namespace gamut::weights
