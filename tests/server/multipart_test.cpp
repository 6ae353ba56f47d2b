#include "apps/server/multipart.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "apps/server/http_error.h"

namespace gamut::server {
namespace {

constexpr const char* kType = "multipart/form-data; boundary=xyz";

std::string part(const std::string& disposition, const std::string& contents) {
  return "--xyz\r\nContent-Disposition: " + disposition + "\r\n\r\n" + contents + "\r\n";
}

TEST(Multipart, ReadsFilesAndFields) {
  const std::string body =
      "preamble\r\n" + part("form-data; name=\"scale\"", "mel") +
      "--xyz\r\ncontent-type: audio/mpeg\r\nCONTENT-DISPOSITION: form-data; filename=\"a\\\"b;c.mp3\"; "
      "name=file\r\n\r\n" +
      std::string("\0\r\n--xy\r\n\xff", 9) + "\r\n" + part("form-data; name=\"empty\"", "") +
      "--xyz--\r\nepilogue";
  const std::vector<FormPart> parts = parse_multipart(kType, body);
  ASSERT_EQ(parts.size(), 3U);
  EXPECT_EQ(parts[0].name, "scale");
  EXPECT_FALSE(parts[0].is_file);
  EXPECT_EQ(parts[0].contents, "mel");
  EXPECT_EQ(parts[1].name, "file");
  EXPECT_TRUE(parts[1].is_file);
  EXPECT_EQ(parts[1].contents, std::string_view("\0\r\n--xy\r\n\xff", 9));
  EXPECT_EQ(parts[2].contents, "");
}

TEST(Multipart, KnowsItsType) {
  EXPECT_TRUE(is_multipart("Multipart/Form-Data;boundary=\"a b\""));
  EXPECT_FALSE(is_multipart("multipart/mixed; boundary=a"));
  EXPECT_FALSE(is_multipart("audio/mpeg"));
  EXPECT_FALSE(is_multipart(""));
  EXPECT_EQ(parse_multipart("multipart/form-data; charset=utf-8; BOUNDARY=\"xyz\"",
                            part("form-data; name=a", "b") + "--xyz--")
                .size(),
            1U);
}

TEST(Multipart, AFileNameInAnyFormMakesAFile) {
  const std::string body = part("form-data; name=f; filename*=UTF-8''%e2%82%ac.mp3", "x") + "--xyz--";
  EXPECT_TRUE(parse_multipart(kType, body).front().is_file);
}

TEST(Multipart, APartMayHaveNothingBeforeTheNextBoundary) {
  const std::string body = "--xyz\r\nContent-Disposition: form-data; name=a\r\n\r\n--xyz--";
  EXPECT_EQ(parse_multipart(kType, body).front().contents, "");
}

TEST(Multipart, RefusesWhatIsNone) {
  const std::string good = part("form-data; name=a", "b");
  const struct {
    std::string type, body;
  } cases[] = {
      {"multipart/form-data", good + "--xyz--"},
      {"multipart/form-data; boundary=", good + "--xyz--"},
      {"multipart/form-data; boundary=" + std::string(71, 'a'), good},
      {kType, ""},
      {kType, "--xyz"},
      {kType, "--xyz\r\n"},
      {kType, good},
      {kType, good + "--xyz"},
      {kType, good + "--xyzz\r\n"},
      {kType, "nothing of the kind"},
      {kType, "--xyz\r\n\r\nbody\r\n--xyz--"},
      {kType, part("form-data", "b") + "--xyz--"},
      {kType, part("attachment; name=a", "b") + "--xyz--"},
      {kType, "--xyz\r\nContent-Disposition: form-data; name=a; x=" + std::string(9000, 'a') +
                  "\r\n\r\nb\r\n--xyz--"},
  };
  for (const auto& one : cases) {
    try {
      parse_multipart(one.type, one.body);
      ADD_FAILURE() << one.body;
    } catch (const HttpError& error) {
      EXPECT_EQ(error.status(), 400);
    }
  }
  std::string many;
  for (int i = 0; i < 65; ++i) many += good;
  EXPECT_THROW(parse_multipart(kType, many + "--xyz--"), HttpError);
}

}  // namespace
}  // namespace gamut::server
