// `gamut weights` as people use it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "gamut/core/hash.h"
#include "gamut/core/json.h"
#include "tests/cli/program_test.h"
#include "tests/weights/http_server.h"
#include "tests/weights/make_files.h"

namespace gamut {
namespace {

using test::Result;
using testing::AllOf;
using testing::HasSubstr;
using weights::test::HttpServer;

class WeightsCli : public test::ProgramTest {
 protected:
  WeightsCli() {
    ::setenv("no_proxy", "127.0.0.1", 1);
    ::setenv("TORCH_HOME", directory_.path().c_str(), 1);
  }
  ~WeightsCli() override { ::unsetenv("TORCH_HOME"); }

  const std::string file_ = weights::test::make_legacy_pth(
      weights::test::dict({{"a", weights::test::tensor({})}}), {{"0", 4, std::string(16, '\0')}});
  const std::string name_ = "tiny-" + sha256_hex(file_).substr(0, 8) + ".pth";
};

TEST_F(WeightsCli, ListTellsWhatIsThereAndWhatIsNot) {
  write("hub/checkpoints/resnet34-b627a593.pth", "cut");
  write("hub/checkpoints/mine.safetensors", "mine");
  const Result text = gamut({"weights", "list"});
  EXPECT_EQ(text.code, 0);
  EXPECT_THAT(text.out, AllOf(HasSubstr((directory_ / "hub/checkpoints").string() + "\n"),
                              testing::ContainsRegex("resnet18-f37072fd.pth +46830571  absent"),
                              testing::ContainsRegex("resnet34-b627a593.pth +3  there, but of another size"),
                              testing::ContainsRegex("mine.safetensors +4  there")));
  const Json json = Json::parse(gamut({"weights", "list", "--json"}).out);
  ASSERT_EQ(json["files"].size(), 7U);
  EXPECT_EQ(json["files"][0]["published"]["address"],
            "https://download.pytorch.org/models/resnet18-f37072fd.pth");
  EXPECT_TRUE(json["files"][0]["path"].is_null());
  EXPECT_EQ(json["files"][1]["bytes"], 3);
  EXPECT_EQ(json["files"][1]["published"]["bytes"], 87319819);
  EXPECT_EQ(json["files"][6]["path"], (directory_ / "hub/checkpoints/mine.safetensors").string());
}

TEST_F(WeightsCli, FetchPutsFilesIntoTheCacheOrAFolder) {
  const HttpServer server(
      [&](const std::string& request) { return weights::test::serve_file(request, file_); });
  const Result fetched = gamut({"weights", "fetch", name_, "--from", server.address()});
  EXPECT_EQ(fetched.code, 0) << fetched.err;
  EXPECT_EQ(fetched.out, (directory_ / ("hub/checkpoints/" + name_)).string() + "\n");
  EXPECT_EQ(load_text(directory_ / ("hub/checkpoints/" + name_)), file_);
  EXPECT_EQ(gamut({"weights", "fetch", name_, "--from", server.address(), "--to", "here"}).code, 0);
  EXPECT_EQ(load_text(directory_ / ("here/" + name_)), file_);
  const Result again = gamut({"weights", "fetch", name_, "--from", server.address(), "--to", "here"});
  EXPECT_EQ(again.code, 0);
  EXPECT_THAT(again.err, HasSubstr(name_ + " was there"));
  EXPECT_EQ(server.requests().size(), 2U);
  EXPECT_EQ(gamut({"weights", "check", "--weights", "here"}).code, 0);
}

TEST_F(WeightsCli, FetchGoesOnToTheNextFileAfterAFault) {
  const HttpServer server([&](const std::string& request) {
    if (request.find(name_) != std::string::npos) return weights::test::serve_file(request, file_);
    return weights::test::Answer{weights::test::http_answer("404 Not Found", "", "")};
  });
  const Result result =
      gamut({"weights", "fetch", "vgg16", name_, "--from", server.address(), "--to", "here"});
  EXPECT_EQ(result.code, 1);
  EXPECT_THAT(result.err, AllOf(HasSubstr("vgg16-397923af.pth (553433881 bytes, 527.8 MiB)"),
                                HasSubstr("HTTP error 404"), HasSubstr("put it at here/vgg16-397923af.pth")));
  EXPECT_EQ(result.out, "here/" + name_ + "\n");
}

TEST_F(WeightsCli, FetchRefusesUnknownNames) {
  const Result result = gamut({"weights", "fetch", "resnet19"});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr("there are no weights 'resnet19'"));
  EXPECT_EQ(gamut({"weights", "fetch"}).code, 2);
  EXPECT_EQ(gamut({"weights", "fetch", "vgg16", "--timeout", "0"}).code, 2);
}

TEST_F(WeightsCli, CheckNamesEveryFaultyFile) {
  write("good.pth", file_);
  write("tiny-00000000.pth", file_);
  write("hostile.pth", weights::test::make_legacy_pth(weights::test::global("os", "system") + "."));
  const Result result =
      gamut({"weights", "check", "good.pth", "tiny-00000000.pth", "hostile.pth", "absent.pth"});
  EXPECT_EQ(result.code, 1);
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("good  good.pth: 1 tensors of 4 numbers"), HasSubstr(sha256_hex(file_))));
  EXPECT_THAT(result.err, AllOf(HasSubstr("tiny-00000000.pth: its SHA-256 begins with"),
                                HasSubstr("asks for os.system"), HasSubstr("absent.pth")));
  const Json json = Json::parse(gamut({"weights", "check", "good.pth", "hostile.pth", "--json"}).out);
  EXPECT_EQ(json[0]["sha256"], sha256_hex(file_));
  EXPECT_EQ(json[0]["ok"], true);
  EXPECT_THAT(json[1]["fault"].get<std::string>(), HasSubstr("asks for os.system"));
  EXPECT_THAT(gamut({"weights", "check"}).err, HasSubstr("no weight files in"));
}

TEST_F(WeightsCli, ListAndCheckRealWeights) {
  const std::filesystem::path folder = test::test_data("weights");
  GAMUT_REQUIRE_FILE(folder);
  const Result list = gamut({"weights", "list", "--weights", folder.string()});
  EXPECT_EQ(list.code, 0);
  EXPECT_THAT(list.out, testing::ContainsRegex("resnet18-39fda3e8.pth +46834825  there"));
  const Result check = gamut({"weights", "check", "--weights", folder.string()});
  EXPECT_EQ(check.code, 0) << check.err;
  EXPECT_THAT(check.out, HasSubstr("resnet18-39fda3e8.pth: 122 tensors"));
}

}  // namespace
}  // namespace gamut
