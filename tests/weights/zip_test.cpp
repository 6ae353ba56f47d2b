#include "gamut/weights/zip.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gamut/core/error.h"
#include "tests/weights/make_files.h"

namespace gamut::weights {
namespace {

using test::as_bytes;
using test::make_zip;
using testing::HasSubstr;
using testing::ThrowsMessage;

std::string text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

void expect_refused(const std::string& archive, const std::string& complaint) {
  EXPECT_THAT([&] { parse_zip(as_bytes(archive), "model.pth"); },
              ThrowsMessage<ModelError>(testing::AllOf(HasSubstr("model.pth"), HasSubstr(complaint))));
}

TEST(Zip, FindsEveryEntryByName) {
  const std::string archive = make_zip({{"m/a", "first"}, {"m/b", ""}, {"m/c", "third"}});
  const auto entries = parse_zip(as_bytes(archive), "model.pth");
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(text(entries.at("m/a")), "first");
  EXPECT_EQ(text(entries.at("m/b")), "");
  EXPECT_EQ(text(entries.at("m/c")), "third");
}

TEST(Zip, ReadsZip64AndAnArchiveComment) {
  const std::string archive =
      make_zip({{"a", "first"}, {"b", "second"}}, {.zip64 = true, .comment = "PK\5\6 not the end"});
  const auto entries = parse_zip(as_bytes(archive), "model.pth");
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(text(entries.at("b")), "second");
}

TEST(Zip, RefusesWhatItCannotRead) {
  expect_refused(make_zip({{"a", "x"}}, {.method = 8}), "'a' is compressed (method 8)");
  expect_refused(make_zip({{"a", "x"}}, {.flags = 1}), "'a' is encrypted");
  expect_refused(make_zip({{"a", "x"}, {"a", "y"}}), "holds 'a' twice");
  expect_refused("", "no end record");
  expect_refused("PK\3\4 and nothing else of a zip file", "no end record");
}

TEST(Zip, RefusesEntriesThatShareTheirBytes) {
  const std::string archive = make_zip({{"a", std::string(1000, 'x')}});
  const std::size_t start = archive.find("PK\1\2");
  const std::size_t end = archive.find("PK\5\6");
  std::string second = archive.substr(start, end - start);
  second[46] = 'b';
  expect_refused(archive.substr(0, end) + second + "PK\5\6" + test::little_endian(0, 4) +
                     test::little_endian(2, 2) + test::little_endian(2, 2) +
                     test::little_endian(2 * second.size(), 4) + test::little_endian(start, 4) +
                     test::little_endian(0, 2),
                 "entries are larger than the file");
}

TEST(Zip, RefusesAChangedByte) {
  std::string archive = make_zip({{"a", "content"}});
  archive[archive.find("content")] = 'k';
  expect_refused(archive, "the checksum of the archive's entry 'a'");
}

TEST(Zip, RefusesEveryTruncation) {
  for (bool zip64 : {false, true}) {
    const std::string archive = make_zip({{"a", "content"}, {"b", "more"}}, {.zip64 = zip64});
    for (std::size_t length = 0; length < archive.size(); ++length) {
      EXPECT_THROW(parse_zip(as_bytes(archive.substr(0, length)), "model.pth"), ModelError) << length;
    }
  }
}

TEST(Zip, SurvivesEveryChangedByte) {
  const std::string archive = make_zip({{"a", "content"}, {"b", "more"}}, {.zip64 = true});
  std::size_t refused = 0;
  for (std::size_t i = 0; i < archive.size(); ++i) {
    for (int value : {0x00, 0x7f, 0xff}) {
      std::string changed = archive;
      changed[i] = static_cast<char>(value);
      try {
        parse_zip(as_bytes(changed), "model.pth");
      } catch (const ModelError&) {
        ++refused;
      }
    }
  }
  EXPECT_GT(refused, archive.size() / 2);
}

}  // namespace
}  // namespace gamut::weights
