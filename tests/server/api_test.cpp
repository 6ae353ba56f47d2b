// The API of a server without a model: every route that needs none, over real connections and children.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "apps/server/openapi.h"
#include "apps/server/page_assets.h"
#include "apps/server/routes.h"
#include "gamut/core/files.h"
#include "gamut/core/json.h"
#include "gamut/core/png.h"
#include "tests/server/client.h"
#include "tests/server/recording.h"
#include "tests/support/test_data.h"

namespace gamut::server::test {
namespace {

using testing::HasSubstr;

/// All but those of a model.
std::vector<Route> all_routes(Decoder& decoder) {
  std::vector<Route> routes = asset_routes(page_assets());
  routes.push_back(spectrogram_route(decoder, DecodeLimits()));
  routes.push_back(openapi_route());
  return routes;
}

class ApiTest : public testing::Test {
 protected:
  Answer spectrogram(const std::string& query, const std::string& body, const std::string& header = "") {
    return ask(server_.port(), post("/v1/spectrogram" + query, body, header));
  }

  Metrics metrics_;
  Decoder decoder_{GAMUT_PROGRAM, metrics_};
  RunningServer server_{{}, all_routes(decoder_)};
};

RgbImage read_png(const std::string& bytes) {
  const gamut::test::TemporaryDirectory directory;
  save_atomically(directory / "picture.png", bytes);
  return load_png(directory / "picture.png");
}

TEST_F(ApiTest, DrawsAPicture) {
  const Answer answer = spectrogram("?scale=cqt&picture_size=30x20&colour_map=gray", wav_of_tone(2));
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.headers.at("content-type"), "image/png");
  const RgbImage image = read_png(answer.body);
  EXPECT_EQ(image.width, 30);
  EXPECT_EQ(image.height, 20);
  EXPECT_EQ(image.pixels[0], image.pixels[1]);
}

TEST_F(ApiTest, DrawsSeveralScalesOfAFormWithTheirAxes) {
  const std::string body =
      "--b\r\nContent-Disposition: form-data; "
      "name=\"scale\"\r\n\r\nmel,linear\r\n--b\r\nContent-Disposition: "
      "form-data; name=\"file\"; filename=\"../../etc/passwd\"\r\n\r\n" +
      wav_of_tone(2) + "\r\n--b--\r\n";
  const Answer answer =
      spectrogram("?format=json&picture_size=100", body, "Content-Type: multipart/form-data; boundary=b\r\n");
  ASSERT_EQ(answer.status, 200) << answer.body;
  const Json json = Json::parse(answer.body);
  EXPECT_EQ(json.at("outcome"), "ok");
  EXPECT_NEAR(json.at("duration_s").get<double>(), 2, 1e-9);
  ASSERT_EQ(json.at("pictures").size(), 2U);
  const Json& linear = json.at("pictures").at(1);
  EXPECT_EQ(linear.at("scale"), "linear");
  EXPECT_EQ(linear.at("width"), 100);
  EXPECT_EQ(linear.at("frequencies_hz").size(), 100U);
  EXPECT_NEAR(linear.at("frequencies_hz").at(50).get<double>(), 5568, 20);
  EXPECT_GT(linear.at("ticks").size(), 3U);
  EXPECT_THAT(linear.at("png").get<std::string>(), testing::StartsWith("iVBORw0KGgo"));
}

TEST_F(ApiTest, RefusesEveryWrongOption) {
  const std::string tone = wav_of_tone(1);
  for (const char* query :
       {"?scale=no", "?scale=", "?scale=mel,linear", "?format=gif", "?colour_map=pink", "?picture_size=0",
        "?picture_size=4097x1", "?picture_size=axb", "?segment_s=1", "?no_such=1", "?n_fft=3", "?n_fft=x",
        "?scale=mel&scale=mel", "?path=/etc/passwd"}) {
    const Answer answer = spectrogram(query, tone);
    EXPECT_EQ(answer.status, 400) << query << answer.body;
    EXPECT_EQ(answer.error_code(), "bad_option") << query;
  }
  EXPECT_EQ(spectrogram("", "").status, 400);
  EXPECT_EQ(spectrogram("", "this is text").status, 422);
  EXPECT_EQ(spectrogram("", "a", "Content-Type: multipart/form-data\r\n").status, 400);
}

TEST_F(ApiTest, DrawsOnePictureOfTheLargestSizeAndNoMore) {
  const std::string tone = wav_of_tone(1);
  const Answer one = spectrogram("?format=json&scale=linear&picture_size=4096", tone);
  ASSERT_EQ(one.status, 200) << one.body;
  EXPECT_EQ(Json::parse(one.body).at("pictures").at(0).at("width"), 4096);
  const Answer two = spectrogram("?format=json&scale=linear,mel&picture_size=4096", tone);
  EXPECT_EQ(two.status, 413);
  EXPECT_THAT(two.body, HasSubstr("ask for smaller pictures"));
}

// What its child is asked repeats the options for every scale.
TEST_F(ApiTest, RefusesMoreOptionsThanAChildIsAsked) {
  const auto status = [&](const std::string& name, const std::string& value, int n_fields) {
    std::string body;
    for (int i = 0; i < n_fields; ++i) {
      body += "--b\r\nContent-Disposition: form-data; name=\"" + name + std::to_string(i) + "\"\r\n\r\n" +
              value + "\r\n";
    }
    body += "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n" + wav_of_tone(1) +
            "\r\n--b--\r\n";
    const std::string scales = "linear,mel,linear-bands,log-frequency,bark,erb,cqt,vqt";
    return spectrogram("?format=json&scale=" + scales, body,
                       "Content-Type: multipart/form-data; boundary=b\r\n")
        .status;
  };
  EXPECT_EQ(status(std::string(8000, 'a'), "1", 3), 400);
  EXPECT_EQ(status("a", std::string(250, '\1'), 7), 400);  // each byte of which JSON writes with six
}

TEST_F(ApiTest, SendsWhatCannotBeDecodedAMessageForPeople) {
  const Json error = Json::parse(spectrogram("", "this is text").body).at("error");
  EXPECT_EQ(error.at("code"), "undecodable");
  EXPECT_THAT(error.at("message").get<std::string>(), HasSubstr("cannot decode the upload"));
}

// A truncated recording is answered, and the answer says so.
TEST_F(ApiTest, SaysThatARecordingBreaksOff) {
  std::string tone = wav_of_tone(4);
  tone.resize(tone.size() / 2);
  const Json json = Json::parse(spectrogram("?format=json", tone).body);
  EXPECT_EQ(json.at("outcome"), "partial");
  EXPECT_NE(json.at("reason"), "");
}

TEST_F(ApiTest, AssetsAreServedWithAPolicyForPages) {
  const std::vector<Asset> assets{{"/", "text/html; charset=utf-8", "<!doctype html>"}};
  RunningServer server({}, asset_routes(assets));
  const Answer page = ask(server.port(), get("/"));
  EXPECT_EQ(page.body, "<!doctype html>");
  EXPECT_EQ(page.headers.at("content-type"), "text/html; charset=utf-8");
  EXPECT_EQ(page.headers.at("content-security-policy"), std::string(kPagePolicy));
}

TEST_F(ApiTest, DescribesItself) {
  const Answer answer = ask(server_.port(), get("/openapi.json"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, load_text(GAMUT_SOURCE_DIR "/docs/openapi.json"));
  const Json paths = Json::parse(answer.body).at("paths");
  for (const Route& route : server_.server().routes()) {
    std::string method = route.method;
    for (char& c : method) c = static_cast<char>(std::tolower(c));
    const Json described = paths.value(route.path, Json::object()).value(method, Json());
    ASSERT_TRUE(described.is_object()) << route.path;
    EXPECT_EQ(described.contains("security"), route.is_open) << route.path;
  }
}

}  // namespace
}  // namespace gamut::server::test
