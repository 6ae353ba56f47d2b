#include "gamut/weights/download.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/hash.h"
#include "gamut/core/progress.h"
#include "gamut/weights/fetch.h"
#include "tests/support/test_data.h"
#include "tests/weights/http_server.h"

namespace gamut::weights {
namespace {

using test::Answer;
using test::http_answer;
using test::HttpServer;
using test::serve_file;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::ThrowsMessage;

// Larger than what a socket or libcurl takes at once.
std::string make_content() {
  std::string content(3 << 20, '\0');
  for (std::size_t i = 0; i < content.size(); ++i) content[i] = static_cast<char>(i * 2654435761U >> 13);
  return content;
}

class Downloads : public testing::Test {
 protected:
  Downloads() {
    ::setenv("no_proxy", "127.0.0.1", 1);
    set_verbosity(Verbosity::quiet);
  }
  ~Downloads() override { set_verbosity(Verbosity::normal); }

  Download from(const HttpServer& server) const {
    return {.address = server.address() + "tiny.pth",
            .target = target_,
            .sha256_start = sha256_hex(content_).substr(0, 8),
            .bytes = content_.size(),
            .timeout = std::chrono::seconds(10)};
  }

  void expect_fails(const Download& wanted, const std::string& complaint) const {
    EXPECT_THAT([&] { download(wanted); },
                ThrowsMessage<ModelError>(AllOf(HasSubstr("tiny.pth"), HasSubstr(complaint),
                                                HasSubstr(wanted.address),
                                                HasSubstr("put it at " + target_.string()))));
    EXPECT_FALSE(std::filesystem::exists(target_));
  }

  const std::string content_ = make_content();
  gamut::test::TemporaryDirectory folder_;
  const std::filesystem::path target_ = folder_ / "cache/tiny.pth";
  const std::filesystem::path part_ = folder_ / "cache/tiny.pth.part";
};

TEST_F(Downloads, BringAWholeFile) {
  const HttpServer server([&](const std::string& request) { return serve_file(request, content_); });
  download(from(server));
  EXPECT_EQ(load_text(target_), content_);
  EXPECT_FALSE(std::filesystem::exists(part_));
  EXPECT_THAT(server.requests(),
              testing::ElementsAre(AllOf(testing::StartsWith("GET /models/tiny.pth HTTP/1.1"),
                                         HasSubstr("User-Agent: gamut/"), Not(HasSubstr("Range:")))));
}

TEST_F(Downloads, ReplaceWhatIsThereOnlyByTheRightFile) {
  save_atomically(target_, "damaged");
  const HttpServer server([&](const std::string& request) { return serve_file(request, content_); });
  Download wrong = from(server);
  wrong.sha256_start = "00000000";
  EXPECT_THROW(download(wrong), ModelError);
  EXPECT_EQ(load_text(target_), "damaged");
  download(from(server));
  EXPECT_EQ(load_text(target_), content_);
}

TEST_F(Downloads, GoOnWhereTheConnectionBroke) {
  constexpr std::size_t kSent = 1'500'000;
  bool broken = false;
  const HttpServer server([&](const std::string& request) {
    Answer answer = serve_file(request, content_);
    if (!std::exchange(broken, true)) answer.bytes.resize(answer.bytes.size() - content_.size() + kSent);
    return answer;
  });
  expect_fails(from(server), "1500000 bytes are kept in " + part_.string());
  EXPECT_EQ(load_text(part_), content_.substr(0, kSent));
  download(from(server));
  EXPECT_EQ(load_text(target_), content_);
  ASSERT_EQ(server.requests().size(), 2U);
  EXPECT_THAT(server.requests()[1], HasSubstr("Range: bytes=1500000-\r\n"));
}

TEST_F(Downloads, BeginAgainWhereTheServerKnowsNoRanges) {
  save_atomically(part_, content_.substr(0, 1000));
  const HttpServer server([&](const std::string& request) { return serve_file(request, content_, false); });
  download(from(server));
  EXPECT_EQ(load_text(target_), content_);
}

TEST_F(Downloads, BeginAgainWhereThePartIsAsLongAsTheFile) {
  save_atomically(part_, std::string(content_.size(), 'x'));
  const HttpServer server([&](const std::string& request) { return serve_file(request, content_); });
  Download wanted = from(server);
  wanted.bytes = std::nullopt;
  download(wanted);
  EXPECT_EQ(load_text(target_), content_);
  EXPECT_EQ(server.requests().size(), 2U);
}

TEST_F(Downloads, TakeAPartThatOnlyMissedItsRenaming) {
  save_atomically(part_, content_);
  const HttpServer server([&](const std::string&) { return Answer{http_answer("500 Not Needed", "", "")}; });
  download(from(server));
  EXPECT_EQ(load_text(target_), content_);
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(Downloads, RefuseBytesFromAnotherPlaceThanAskedFor) {
  save_atomically(part_, content_.substr(0, 1000));
  const HttpServer server([&](const std::string&) {
    return Answer{http_answer("206 Partial Content", "Content-Range: bytes 500-3145727/3145728\r\n",
                              content_.substr(500))};
  });
  expect_fails(from(server), "sends the bytes from 500 on, not from 1000");
  EXPECT_EQ(load_text(part_), content_.substr(0, 1000));
}

TEST_F(Downloads, KeepNothingOfAWrongFile) {
  std::string wrong = content_;
  wrong[12345] ^= 1;
  const HttpServer server([&](const std::string& request) { return serve_file(request, wrong); });
  expect_fails(from(server), "has a SHA-256 that begins with " + sha256_hex(wrong).substr(0, 8) +
                                 ", not with " + sha256_hex(content_).substr(0, 8));
  EXPECT_FALSE(std::filesystem::exists(part_));
}

TEST_F(Downloads, RefuseAFileOfAnotherSizeBeforeItComes) {
  const HttpServer server([&](const std::string& request) { return serve_file(request, content_ + "more"); });
  expect_fails(from(server), "the server's file has 3145732 bytes, so it is another one");
  EXPECT_FALSE(std::filesystem::exists(part_));
}

TEST_F(Downloads, StopAtTheSizeWhereTheServerTellsNone) {
  const HttpServer server([&](const std::string&) {
    return Answer{"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + content_ + content_};
  });
  expect_fails(from(server), "sends more than its 3145728 bytes");
}

TEST_F(Downloads, SayTheHttpError) {
  const HttpServer server(
      [](const std::string&) { return Answer{http_answer("404 Not Found", "", "<html>no</html>")}; });
  expect_fails(from(server), "HTTP error 404");
  EXPECT_FALSE(std::filesystem::exists(part_));
}

TEST_F(Downloads, FollowRedirects) {
  std::string address;
  const HttpServer server([&](const std::string& request) {
    if (request.starts_with("GET /moved/")) return serve_file(request, content_);
    return Answer{
        http_answer("302 Found", "Location: /moved/tiny.pth\r\nContent-Range: bytes 7-8/9\r\n", "elsewhere")};
  });
  save_atomically(part_, content_.substr(0, 2'000'000));
  download(from(server));
  EXPECT_EQ(load_text(target_), content_);
  EXPECT_EQ(server.requests().size(), 2U);
}

TEST_F(Downloads, EndALoopOfRedirects) {
  const HttpServer server([](const std::string&) {
    return Answer{http_answer("301 Moved Permanently", "Location: /models/tiny.pth\r\n", "")};
  });
  expect_fails(from(server), "redirects more than 10 times");
  EXPECT_EQ(server.requests().size(), 11U);
}

TEST_F(Downloads, FollowNoRedirectToAFile) {
  const std::filesystem::path secret = folder_ / "secret";
  save_atomically(secret, content_);
  const HttpServer server([&](const std::string&) {
    return Answer{http_answer("302 Found", "Location: file://" + secret.string() + "\r\n", "")};
  });
  expect_fails(from(server), "rotocol");
}

TEST_F(Downloads, GiveUpOnASilentServerAndKeepWhatCame) {
  const HttpServer silent([](const std::string&) { return Answer{.bytes = "", .keep_silent = true}; });
  Download wanted = from(silent);
  wanted.timeout = std::chrono::seconds(1);
  expect_fails(wanted, "the server sent nothing for 1 s");
  EXPECT_FALSE(std::filesystem::exists(part_));

  const HttpServer stalled([&](const std::string& request) {
    Answer answer = serve_file(request, content_);
    answer.bytes.resize(answer.bytes.size() - 1'000'000);
    answer.keep_silent = true;
    return answer;
  });
  wanted = from(stalled);
  wanted.timeout = std::chrono::seconds(1);
  expect_fails(wanted, "the server sent nothing for 1 s; 2145728 bytes are kept");
  EXPECT_EQ(load_text(part_), content_.substr(0, 2145728));
}

TEST_F(Downloads, SayWhatToDoWithoutANetwork) {
  std::string address;
  {
    const HttpServer gone([](const std::string&) { return Answer{}; });
    address = gone.address();
  }
  EXPECT_THAT([&] { fetch_weights("resnet34", {.folder = folder_.path(), .from = address}); },
              ThrowsMessage<ModelError>(
                  AllOf(HasSubstr("cannot fetch resnet34-b627a593.pth (87319819 bytes, 83.3 MiB) from " +
                                  address + "resnet34-b627a593.pth: "),
                        HasSubstr("onnect to 127.0.0.1"),
                        HasSubstr("put it at " + (folder_ / "resnet34-b627a593.pth").string()))));
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(Downloads, OfOneFileDoNotRunSideBySide) {
  const HttpServer server([&](const std::string& request) { return serve_file(request, content_); });
  const FileLock lock(part_.string() + ".lock", "testing");
  EXPECT_THAT([&] { download(from(server)); },
              ThrowsMessage<FileError>(HasSubstr("another process is fetching tiny.pth")));
}

TEST_F(Downloads, OfAFolderThatIsAFileSayWhatCannotBeWritten) {
  save_atomically(folder_ / "cache", "a file");
  const HttpServer server([&](const std::string& request) { return serve_file(request, content_); });
  EXPECT_THROW(download(from(server)), FileError);
}

TEST_F(Downloads, ByNameAreSkippedWhereTheFileIsThere) {
  const std::string name = "tiny-" + sha256_hex(content_).substr(0, 8);
  const HttpServer server([&](const std::string& request) { return serve_file(request, content_); });
  const std::string without_slash = server.address().substr(0, server.address().size() - 1);
  const Fetched first = fetch_weights(name, {.folder = folder_.path(), .from = without_slash});
  EXPECT_EQ(first.path, folder_ / (name + ".pth"));
  EXPECT_FALSE(first.was_there);
  EXPECT_TRUE(fetch_weights(name + ".pth", {.folder = folder_.path(), .from = server.address()}).was_there);
  ASSERT_EQ(server.requests().size(), 1U);
  EXPECT_THAT(server.requests()[0], testing::StartsWith("GET /models/" + name + ".pth "));

  save_atomically(first.path, "damaged");
  EXPECT_FALSE(fetch_weights(name, {.folder = folder_.path(), .from = server.address()}).was_there);
  EXPECT_EQ(load_text(first.path), content_);
}

TEST_F(Downloads, RefuseOtherNamesAndAddresses) {
  const auto refused = [&](const std::string& name, const FetchOptions& options,
                           const std::string& complaint) {
    EXPECT_THAT([&] { fetch_weights(name, options); }, ThrowsMessage<ParameterError>(HasSubstr(complaint)))
        << name;
  };
  for (const char* name : {"resnet19", "", "../tiny-01234567", "a/tiny-01234567.pth", "tiny-0123456.pth",
                           "tiny-0123456g.pth", ".tiny-01234567", "tiny?-01234567"}) {
    refused(name, {}, "give resnet18, resnet34, resnet50, resnet101, resnet152, vgg16, or a file's name");
  }
  refused("resnet18", {.from = "file:///models/"}, "neither https:// nor http://");
  refused("resnet18", {.timeout = std::chrono::seconds(0)}, "the timeout is 0 s");
}

}  // namespace
}  // namespace gamut::weights
