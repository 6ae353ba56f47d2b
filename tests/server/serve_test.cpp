// `gamut serve` as a program, with a model of a run on one-second clips.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "gamut/core/json.h"
#include "gamut/tagging/prediction_json.h"
#include "tests/server/client.h"
#include "tests/server/model_fixture.h"
#include "tests/server/recording.h"

namespace gamut::server::test {
namespace {

using testing::HasSubstr;

class ServeTest : public ModelTest {
 protected:
  void TearDown() override {
    if (child_ > 0) stop(SIGKILL);
  }

  /// Starts the program and waits for the port that it prints; 0 where it ends without.
  int start(std::vector<std::string> arguments, const std::string& environment_token = "") {
    arguments.insert(arguments.begin(), {GAMUT_PROGRAM, "serve", "--model", model_.string(), "--port", "0"});
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    child_ = fork();
    if (child_ == 0) {
      dup2(open((workspace_ / "stdout").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644), STDOUT_FILENO);
      dup2(open((workspace_ / "stderr").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644), STDERR_FILENO);
      if (!environment_token.empty()) setenv("GAMUT_TOKEN", environment_token.c_str(), 1);
      execv(argv[0], argv.data());
      _exit(127);
    }
    for (int i = 0; i < 600; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      const std::string address =
          std::filesystem::exists(workspace_ / "stdout") ? load_text(workspace_ / "stdout") : "";
      if (address.ends_with("\n")) return std::stoi(address.substr(address.rfind(':') + 1));
      int status = 0;
      if (waitpid(child_, &status, WNOHANG) != child_) continue;
      child_ = -1;
      code_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
      return 0;
    }
    return 0;
  }

  /// @return its exit code; -1: it ended otherwise.
  int stop(int signal) {
    kill(child_, signal);
    int status = 0;
    waitpid(child_, &status, 0);
    child_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  pid_t child_ = -1;
  int code_ = -1;
};

TEST_F(ServeTest, PredictsWhatTheModelDoesAndStopsOnASignal) {
  const int port = start({});
  ASSERT_NE(port, 0) << load_text(workspace_ / "stderr");
  const tagging::Model model(model_);
  const std::filesystem::path song = workspace_ / "album 2/1.flac";
  const Json expected = to_json(model.predict(song), 1000);
  const Answer answer = ask(port, post("/v1/predict", load_text(song)));
  ASSERT_EQ(answer.status, 200) << answer.body;
  const Json given = Json::parse(answer.body);
  EXPECT_EQ(given.at("genres"), expected.at("genres"));
  EXPECT_EQ(given.at("duration_s"), expected.at("duration_s"));
  for (const auto& [genre, score] : expected.at("scores").items()) {
    EXPECT_NEAR(given.at("scores").at(genre).get<double>(), score.get<double>(), 1e-5) << genre;
  }
  const Json windows =
      Json::parse(ask(port, post("/v1/predict?timeline=1&window_s=1&hop_s=2&top=1", wav_of_tone(5))).body);
  EXPECT_EQ(windows.at("timeline").size(), 3U);
  EXPECT_EQ(windows.at("timeline").at(1).at("start_s"), 2.0);
  EXPECT_EQ(windows.at("scores").size(), 1U);
  EXPECT_EQ(Json::parse(ask(port, get("/v1/model")).body).at("limits").at("upload_bytes"), 100 << 20);
  EXPECT_EQ(stop(SIGTERM), 0);
}

TEST_F(ServeTest, ReadsNoPathOfItsDisk) {
  const int port = start({});
  ASSERT_NE(port, 0) << load_text(workspace_ / "stderr");
  const std::string song = (workspace_ / "album 2/1.flac").string();
  for (const std::string& body : {song, "file://" + song, "#EXTM3U\n" + song + "\n",
                                  "ffconcat version 1.0\nfile '" + song + "'\n", "concat:" + song}) {
    EXPECT_EQ(ask(port, post("/v1/predict", body)).status, 422) << body;
  }
  for (const char* option : {"path", "file", "audio", "model", "weights"}) {
    EXPECT_EQ(ask(port, post("/v1/predict?" + std::string(option) + "=" + song, wav_of_tone(1))).status, 400);
  }
}

TEST_F(ServeTest, RefusesWrongOptions) {
  const int port = start({"--max-upload", "1", "--max-duration", "20"});
  ASSERT_NE(port, 0) << load_text(workspace_ / "stderr");
  for (const char* query :
       {"?top=0", "?top=1.5", "?top=all", "?timeline=2", "?decision=maybe", "?window_s=0", "?scale=mel"}) {
    EXPECT_EQ(ask(port, post("/v1/predict" + std::string(query), wav_of_tone(1))).error_code(), "bad_option")
        << query;
  }
  EXPECT_EQ(ask(port, post("/v1/predict", wav_of_tone(21))).error_code(), "too_long");
  EXPECT_EQ(ask(port, post("/v1/predict", wav_of_tone(30))).error_code(), "too_large");
}

TEST_F(ServeTest, TakesItsTokenFromTheEnvironmentOrAFile) {
  const std::string bearer = "Authorization: Bearer from-environment-1\r\n";
  int port = start({"--host", "0.0.0.0"}, "from-environment-1");
  ASSERT_NE(port, 0) << load_text(workspace_ / "stderr");
  EXPECT_EQ(ask(port, get("/v1/model")).status, 401);
  EXPECT_EQ(ask(port, get("/v1/model", bearer)).status, 200);
  EXPECT_EQ(stop(SIGINT), 0);
  save_atomically(workspace_ / "token", "from-the-file-123\n");
  port = start({"--token-file", (workspace_ / "token").string()}, "from-environment-1");
  ASSERT_NE(port, 0) << load_text(workspace_ / "stderr");
  EXPECT_EQ(ask(port, get("/v1/model", bearer)).status, 401);
  EXPECT_EQ(ask(port, get("/v1/model", "Authorization: Bearer from-the-file-123\r\n")).status, 200);
}

TEST_F(ServeTest, RefusesToBeReachedFromElsewhereWithoutAToken) {
  EXPECT_EQ(start({"--host", "0.0.0.0"}), 0);
  EXPECT_EQ(code_, 2);
  EXPECT_THAT(load_text(workspace_ / "stderr"), HasSubstr("requests need a token"));
}

}  // namespace
}  // namespace gamut::server::test
