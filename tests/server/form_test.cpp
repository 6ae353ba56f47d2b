#include "apps/server/form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "apps/server/query.h"

#include "gamut/core/json.h"

namespace gamut::server {
namespace {

class FormTest : public testing::Test {
 protected:
  Form read(const std::string& body, const std::string& type, const std::string& query = "") {
    upload_.append(body);
    return Form(
        {.path = {}, .query = parse_query(query), .content_type = type, .body = &upload_, .deadline = {}});
  }

  UploadBudget budget_{1000};
  Upload upload_{budget_, 1000};
};

TEST_F(FormTest, LeavesTheFileAloneInTheBody) {
  Form form = read(
      "--b\r\nContent-Disposition: form-data; name=scale\r\n\r\ncqt\r\n--b\r\nContent-Disposition: "
      "form-data; name=f; filename=x\r\n\r\nmusic\r\n--b\r\nContent-Disposition: form-data; "
      "name=n_fft\r\n\r\n4096\r\n--b--",
      "multipart/form-data; boundary=b", "window=hann&top_db=6e1&fmin_hz=abc");
  EXPECT_EQ(upload_.bytes(), "music");
  EXPECT_EQ(form.take("scale", "mel"), "cqt");
  EXPECT_EQ(form.take("reduce", "nearest"), "nearest");
  EXPECT_EQ(form.rest(),
            Json::parse(R"({"window": "hann", "top_db": 60.0, "fmin_hz": "abc", "n_fft": 4096})"));
  EXPECT_THROW(form.refuse_rest({"scale"}), HttpError);
}

TEST_F(FormTest, AnyOtherBodyIsTheRecording) {
  read("\r\n--b--", "application/x-www-form-urlencoded").refuse_rest({});
  EXPECT_EQ(upload_.bytes(), "\r\n--b--");
}

TEST_F(FormTest, RefusesNoRecordingOrTwo) {
  EXPECT_THROW(read("", "audio/mpeg"), HttpError);
  const std::string file = "--b\r\nContent-Disposition: form-data; name=f; filename=x\r\n\r\nmusic\r\n";
  EXPECT_THROW(read(file + file + "--b--", "multipart/form-data; boundary=b"), HttpError);
}

TEST_F(FormTest, RefusesNamesGivenTwiceAndLongValuesAndManyBytesInAll) {
  EXPECT_THROW(read("a", "", "scale=mel&scale=cqt"), HttpError);
  EXPECT_THROW(read("a", "", "scale=" + std::string(257, 'a')), HttpError);
  read("a", "", std::string(2047, 'a') + "=1");
  EXPECT_THROW(read("a", "", std::string(2048, 'a') + "=1"), HttpError);
  EXPECT_THROW(read("a", "", std::string(1024, 'a') + "=1&" + std::string(1024, 'b')), HttpError);
}

TEST(Query, IsDecoded) {
  using Names = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(parse_query("a=b%2Cc+d&e&&f=g=h&=i"),
            (Names{{"a", "b,c d"}, {"e", ""}, {"f", "g=h"}, {"", "i"}}));
  for (const char* broken : {"a=%", "a=%1", "a=%zz", "a=%00", "%-1=b"}) {
    EXPECT_THROW(parse_query(broken), HttpError) << broken;
  }
}

TEST(Upload, IsBoundedAloneAndWithOthers) {
  UploadBudget budget(10);
  {
    Upload upload(budget, 8);
    EXPECT_EQ(upload.append(std::string(8, 'a')), Upload::Appended::yes);
    EXPECT_EQ(upload.append(std::string(1, 'a')), Upload::Appended::too_large);
    Upload second(budget, 8);
    EXPECT_EQ(second.append(std::string(3, 'a')), Upload::Appended::no_room);
    EXPECT_EQ(second.append(std::string(2, 'a')), Upload::Appended::yes);
    EXPECT_EQ(budget.taken_bytes(), 10U);
  }
  EXPECT_EQ(budget.taken_bytes(), 0U);
}

TEST(Upload, CannotBeChangedOnceItIsSealed) {
  UploadBudget budget(100);
  Upload upload(budget, 100);
  upload.append(std::string("music"));
  upload.seal();
  EXPECT_LT(pwrite(upload.descriptor(), "x", 1, 0), 0);
  EXPECT_NE(ftruncate(upload.descriptor(), 0), 0);
  EXPECT_EQ(upload.append(std::string("x")), Upload::Appended::no_room);
}

}  // namespace
}  // namespace gamut::server
