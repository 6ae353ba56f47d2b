// Children that decode uploads: real ones, of the program itself, and programs that misbehave.
#include "apps/server/decoder.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <thread>

#include "apps/server/fork_server.h"
#include "apps/server/routes.h"
#include "gamut/audio/decode.h"
#include "gamut/core/files.h"
#include "gamut/core/json.h"
#include "gamut/spectra/frequency_axis.h"
#include "tests/server/client.h"
#include "tests/server/recording.h"
#include "tests/support/test_data.h"

namespace gamut::server::test {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

class DecoderTest : public testing::Test {
 protected:
  DecodedUpload decode(std::string_view bytes, const DecodeRequest& request) {
    Upload upload(budget_, 1 << 30);
    upload.append(bytes);
    return decoder_.decode(upload, request, Clock::now() + 60s, cancellation_);
  }

  /// Status and code of the refusal.
  std::pair<int, std::string> refusal(std::string_view bytes, const DecodeRequest& request) {
    try {
      decode(bytes, request);
      return {200, ""};
    } catch (const HttpError& error) {
      return {error.status(), error.code()};
    }
  }

  static DecodeRequest request(std::vector<Json> front_ends = {{{"scale", "mel"}}}) {
    return DecodeLimits().request(std::move(front_ends));
  }

  Metrics metrics_;
  UploadBudget budget_{1 << 30};
  Cancellation cancellation_;
  Decoder decoder_{GAMUT_PROGRAM, metrics_};
};

TEST_F(DecoderTest, DrawsThePicturesThatThisProcessWould) {
  const gamut::test::TemporaryDirectory directory;
  save_atomically(directory / "tone.wav", wav_of_tone(3));
  std::vector<Json> wanted{{{"scale", "mel"}, {"picture_width", 40}},
                           {{"scale", "cqt"}, {"reduce", "mean"}, {"segment_s", 1.0}}};
  const DecodedUpload upload = decode(wav_of_tone(3), request(wanted));
  EXPECT_EQ(upload.outcome, Outcome::ok);
  EXPECT_NEAR(upload.duration_s, 3, 1e-9);
  std::vector<spectra::FrontEnd> front_ends;
  for (const Json& options : wanted) front_ends.emplace_back(spectra::front_end_options_from_json(options));
  const audio::Recording recording = audio::decode(directory / "tone.wav");
  const auto expected = compute_pictures(front_ends, recording.signals);
  ASSERT_EQ(upload.sets.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(upload.sets[i].pictures, expected[i]);
    EXPECT_EQ(upload.sets[i].frequencies_hz, picture_frequencies_hz(front_ends[i]));
    EXPECT_EQ(upload.sets[i].options, to_json(front_ends[i].options()));
  }
  EXPECT_EQ(upload.sets[1].pictures.size(), 3U);
}

TEST_F(DecoderTest, RefusesOptionsAndFilesThatAreNone) {
  using Refusal = std::pair<int, std::string>;
  const std::string tone = wav_of_tone(1);
  EXPECT_EQ(refusal(tone, request({{{"scale", "no"}}})), Refusal(400, "bad_option"));
  EXPECT_EQ(refusal(tone, request({{{"n_ftt", 2048}}})), Refusal(400, "bad_option"));
  EXPECT_EQ(refusal(tone, request({{{"n_fft", "many"}}})), Refusal(400, "bad_option"));
  EXPECT_EQ(refusal(tone, request({Json(3)})), Refusal(400, "bad_option"));
  EXPECT_EQ(refusal(tone, request({})), Refusal(400, "bad_option"));
  EXPECT_EQ(refusal("no audio at all", request()), Refusal(422, "undecodable"));
  EXPECT_EQ(refusal(std::string(100000, '\0'), request()), Refusal(422, "undecodable"));
  EXPECT_EQ(refusal("ffconcat version 1.0\nfile '/etc/passwd'\n", request()), Refusal(422, "undecodable"));
  EXPECT_EQ(refusal("#EXTM3U\n#EXTINF:1,\n/etc/passwd\n", request()), Refusal(422, "undecodable"));
  DecodeRequest brief = request();
  brief.max_duration_s = 0.5;
  EXPECT_EQ(refusal(tone, brief), Refusal(413, "too_long"));
  brief = request({{{"segment_s", 0.1}}});
  brief.max_picture_bytes = 200000;
  EXPECT_EQ(refusal(tone, brief), Refusal(413, "too_long"));
}

TEST_F(DecoderTest, NamesNoPathInItsMessages) {
  try {
    decode("no audio at all", request());
    FAIL();
  } catch (const HttpError& error) {
    EXPECT_THAT(error.what(), HasSubstr("cannot decode the upload: "));
    EXPECT_THAT(error.what(), testing::Not(HasSubstr("/proc")));
  }
}

// A wave file of some bytes that claims to last for hours, and options that want gigabytes.
TEST_F(DecoderTest, WhatAFileClaimsCostsNothing) {
  std::string wav = wav_of_tone(1);
  for (const std::size_t at : {4U, 40U}) wav.replace(at, 4, "\xf0\xff\xff\xff");
  const auto [status, code] = refusal(wav, request());
  EXPECT_TRUE(status == 200 || status == 413 || status == 422) << status;
}

TEST_F(DecoderTest, TooMuchMemoryCostsOneRequest) {
#ifdef GAMUT_ADDRESS_SANITIZER
  GTEST_SKIP() << "the limit cannot be set under the address sanitizer";
#endif
  DecodeRequest large = request({{{"n_bands", 4096}, {"n_fft", 65536}}});  // filters of 512 MiB
  large.max_memory_bytes = 600 << 20;
  EXPECT_EQ(refusal(wav_of_tone(1), large), (std::pair<int, std::string>(422, "too_costly")));
  EXPECT_EQ(decode(wav_of_tone(1), request()).outcome, Outcome::ok);
}

TEST_F(DecoderTest, TooMuchProcessorTimeCostsOneRequest) {
  DecodeRequest slow =
      request({{{"n_fft", 65534}, {"hop_length", 1}}});  // a length that takes n² time a frame
  slow.max_cpu_s = 1;
  EXPECT_EQ(refusal(wav_of_tone(5), slow), (std::pair<int, std::string>(422, "too_costly")));
  EXPECT_THAT(metrics_.text({}), HasSubstr("gamut_decode_children_total{end=\"cpu\"} 1"));
}

TEST_F(DecoderTest, AChildEndsAtTheDeadlineAndWhenItsClientIsGone) {
  const DecodeRequest slow = request({{{"n_fft", 65534}, {"hop_length", 1}}});
  Upload upload(budget_, 1 << 30);
  upload.append(wav_of_tone(5));
  Upload second(budget_, 1 << 30);
  second.append(upload.bytes());
  EXPECT_THROW(decoder_.decode(upload, slow, Clock::now() + 300ms, cancellation_), HttpError);
  EXPECT_THAT(metrics_.text({}), HasSubstr("gamut_decode_children_total{end=\"deadline\"} 1"));
  std::jthread leaves([this] {
    std::this_thread::sleep_for(300ms);
    cancellation_.cancel(Cancellation::Reason::disconnected);
  });
  EXPECT_THROW(decoder_.decode(second, slow, Clock::now() + 60s, cancellation_), HttpError);
  EXPECT_THAT(metrics_.text({}), HasSubstr("gamut_decode_children_total{end=\"cancelled\"} 1"));
}

/// How many filters of its system calls a process has.
int n_filters(const std::string& process) {
  std::ifstream status("/proc/" + process + "/status");
  for (std::string word; status >> word;) {
    if (word == "Seccomp_filters:" && status >> word) return std::stoi(word);
  }
  return 0;
}

bool is_zombie(const std::string& process) {
  std::ifstream status("/proc/" + process + "/status");
  for (std::string word; status >> word;) {
    if (word == "State:" && status >> word) return word == "Z";
  }
  return false;
}

std::vector<std::string> children_of(const std::string& process) {
  std::vector<std::string> all;
  for (const auto& thread : std::filesystem::directory_iterator("/proc/" + process + "/task")) {
    std::ifstream children(thread.path() / "children");
    for (std::string child; children >> child;) all.push_back(child);
  }
  return all;
}

int n_filters_of_forks() {
  int n = 0;
  for (const std::string& server : children_of("self")) {
    for (const std::string& fork : children_of(server)) n = std::max(n, n_filters(fork));
  }
  return n;
}

TEST_F(DecoderTest, AChildIsConfined) {
  const DecodeRequest slow = request({{{"n_fft", 65534}, {"hop_length", 1}}});
  Upload upload(budget_, 1 << 30);
  upload.append(wav_of_tone(5));
  const std::jthread decodes(
      [&] { EXPECT_THROW(decoder_.decode(upload, slow, Clock::now() + 60s, cancellation_), HttpError); });
  int n = 0;
  for (int i = 0; i < 3000 && n <= n_filters("self"); ++i) {
    std::this_thread::sleep_for(10ms);
    n = n_filters_of_forks();
  }
  cancellation_.cancel(Cancellation::Reason::disconnected);
  EXPECT_GT(n, n_filters("self"));
}

TEST_F(DecoderTest, AForkServerIsUsedAgainAndReplacedWhenItIsGone) {
  decode(wav_of_tone(1), request());
  const std::vector<std::string> first = children_of("self");
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(refusal("no audio at all", request()).first, 422);
  EXPECT_EQ(children_of("self"), first);
  kill(std::stoi(first.front()), SIGKILL);
  while (children_of(first.front()) != std::vector<std::string>{} || !is_zombie(first.front())) {
    std::this_thread::sleep_for(1ms);
  }
  EXPECT_EQ(decode(wav_of_tone(1), request()).outcome, Outcome::ok);
  const std::vector<std::string> second = children_of("self");
  ASSERT_EQ(second.size(), 1U);  // the dead one is waited for
  EXPECT_NE(second, first);
}

// Children that are shell scripts; shell_server.cpp.
class ForkServerTest : public testing::Test {
 protected:
  ChildEnd run(const std::string& script, std::size_t max_output_bytes = 1000) {
    return server_.run(script, 0, max_output_bytes, Clock::now() + 20s, cancellation_);
  }
  Cancellation cancellation_;
  ForkServer server_{{GAMUT_SHELL_SERVER}};
};

TEST_F(ForkServerTest, GivesAChildsOutputAndHowItEnded) {
  const ChildEnd end = run("echo yes; exit 3");
  EXPECT_EQ(end.cause, ChildEnd::Cause::exited);
  EXPECT_EQ(end.code, 3);
  EXPECT_EQ(end.output, "yes\n");
  const ChildEnd killed = run("kill -SEGV $$");
  EXPECT_EQ(killed.cause, ChildEnd::Cause::killed_by_signal);
  EXPECT_EQ(killed.code, SIGSEGV);
  EXPECT_TRUE(server_.is_ready());
}

TEST_F(ForkServerTest, KillsForEndlessOutputAndGoesOn) {
  EXPECT_EQ(run("yes").cause, ChildEnd::Cause::wrote_too_much);
  EXPECT_EQ(run("exit 3").code, 3);
}

TEST_F(ForkServerTest, KillsAtTheDeadlineAndGoesOn) {
  EXPECT_EQ(server_.run("exec sleep 60", 0, 10, Clock::now() + 100ms, cancellation_).cause,
            ChildEnd::Cause::deadline);
  EXPECT_EQ(run("exit 3").code, 3);
}

// The wish to end a child may come when it has ended by itself; it must not end the next.
TEST_F(ForkServerTest, ALateStopEndsNoOther) {
  for (int i = 0; i < 200; ++i) {
    server_.run("exit 0", 0, 10, Clock::now(), cancellation_);
    ASSERT_EQ(run("sleep 0.01; exit 3").code, 3) << i;
  }
}

TEST_F(ForkServerTest, WaitsForAChildThatClosesItsOutput) {
  EXPECT_EQ(run("exec >&-; sleep 0.2; exit 5").code, 5);
}

TEST_F(ForkServerTest, GivesNoOtherDescriptorsAndNoSecrets) {
  setenv("GAMUT_TOKEN", "secret", 1);
  ForkServer server({GAMUT_SHELL_SERVER});
  const ChildEnd end =
      server.run("ls /proc/self/fd | wc -l; env", 0, 1000, Clock::now() + 20s, cancellation_);
  unsetenv("GAMUT_TOKEN");
  EXPECT_THAT(end.output, testing::StartsWith("4\n"));  // its own three, and the folder that ls reads
  EXPECT_THAT(end.output, testing::Not(HasSubstr("secret")));
  EXPECT_THAT(end.output, testing::Not(HasSubstr("PATH=/")));
}

TEST_F(ForkServerTest, LetsItsChildFinishWhenAllAreAskedToEnd) {
  EXPECT_EQ(run("kill -TERM $PPID $$; exit 3").code, 3);
  EXPECT_EQ(run("exit 4").code, 4);
}

TEST_F(ForkServerTest, TakesItsChildrenAlong) {
  const gamut::test::TemporaryDirectory directory;
  const std::filesystem::path file = directory / "pid";
  std::jthread runs([&] {
    EXPECT_THROW(run(fmt::format("echo $$ > '{0}.new'; mv '{0}.new' '{0}'; exec sleep 60", file.string())),
                 Error);
    EXPECT_FALSE(server_.is_ready());
  });
  while (!std::filesystem::exists(file)) std::this_thread::sleep_for(1ms);
  const pid_t child = std::stoi(load_text(file));
  ASSERT_EQ(kill(child, 0), 0);
  for (const std::string& server : children_of("self")) {
    if (!children_of(server).empty()) kill(std::stoi(server), SIGKILL);
  }
  while (kill(child, 0) == 0 && !is_zombie(std::to_string(child))) std::this_thread::sleep_for(1ms);
}

TEST(ForkServer, ThatIsNoProgramIsAnError) {
  EXPECT_THROW(ForkServer({"/no/such/program"}), Error);
}

class DecodeProtocol : public testing::Test {
 protected:
  /// What a child says that made one set of pictures with an axis.
  static std::string answer_with(const std::vector<spectra::SegmentPicture>& pictures) {
    const auto height = static_cast<std::size_t>(pictures.front().picture.height);
    return encode_answer(DecodedUpload{.outcome = Outcome::ok,
                                       .reason = {},
                                       .duration_s = 1,
                                       .sets = {{.options = {{"scale", "mel"}},
                                                 .frequencies_hz = std::vector<double>(height),
                                                 .ticks = Json::array(),
                                                 .pictures = pictures}}});
  }

  static spectra::SegmentPicture picture(int planes, int height, int width) {
    const auto size = static_cast<std::size_t>(planes * height * width);
    return {
        0,
        {.planes = planes, .height = height, .width = width, .indices = std::vector<std::uint8_t>(size, 7)}};
  }

  /// An answer of the head and bytes given.
  static std::string answer_of(const std::string& head, const std::string& pictures = "") {
    return fmt::format("{:08x}", head.size()) + head + pictures;
  }

  const Json front_end_{{"scale", "mel"}, {"picture_width", 3}, {"picture_height", 2}};
  const DecodeRequest request_ = DecodeLimits().request({front_end_});
};

TEST_F(DecodeProtocol, TrustsNoAnswer) {
  const std::vector<spectra::SegmentPicture> pictures{picture(1, 2, 3)};
  const std::string bytes = answer_with(pictures);
  EXPECT_EQ(decode_answer(bytes, request_).sets.front().pictures, pictures);
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    EXPECT_THROW(decode_answer(bytes.substr(0, length), request_), Error) << length;
  }
  EXPECT_THROW(decode_answer(bytes + "x", request_), Error);
  for (const auto& [was, is] : {std::pair("\"height\":2", "\"height\":9"),
                                {"\"width\":3", "\"width\":0"},
                                {"\"planes\":1", "\"planes\":3"},
                                {"\"height\":2", "\"height\":-"},
                                {"[0.0,0.0]", "[0.0    ]"},
                                {"starts_s\":[0.0]", "starts_s\":[   ]"},
                                {"\"ok\"", "\"no\""}}) {
    std::string changed = bytes;
    ASSERT_NE(changed.find(was), std::string::npos) << was;
    changed.replace(changed.find(was), std::string(was).size(), is);
    EXPECT_THROW(decode_answer(changed, request_), Error) << is;
  }
  DecodeRequest other = request_;
  other.front_ends.push_back({{"scale", "cqt"}});
  EXPECT_THROW(decode_answer(bytes, other), Error);
  other = request_;
  other.max_picture_bytes = 5;
  EXPECT_THROW(decode_answer(bytes, other), Error);
}

TEST_F(DecodeProtocol, TakesNoOtherPicturesThanWereAskedFor) {
  for (const auto& wrong : {picture(1, 1, 1), picture(1, 2, 2), picture(1, 3, 3), picture(2, 2, 3)}) {
    EXPECT_THROW(decode_answer(answer_with({wrong}), request_), Error) << wrong.picture.width;
  }
  EXPECT_THROW(decode_answer(answer_with({picture(1, 2, 3), picture(1, 2, 3)}), request_), Error);

  Json segments = front_end_;
  segments["segment_s"] = 2.0;
  segments["segment_hop_s"] = 1.0;
  DecodeRequest two = DecodeLimits{.max_duration_s = 3}.request({segments});
  EXPECT_NO_THROW(decode_answer(answer_with({2, picture(1, 2, 3)}), two));
  EXPECT_THROW(decode_answer(answer_with({3, picture(1, 2, 3)}), two), Error);

  Json stereo = front_end_;
  stereo["channels"] = "stereo";
  const DecodeRequest planes = DecodeLimits().request({stereo});
  EXPECT_NO_THROW(decode_answer(answer_with({picture(2, 2, 3)}), planes));
  EXPECT_THROW(decode_answer(answer_with({picture(1, 2, 3)}), planes), Error);
}

// What is costly to read, or to write out again.
TEST_F(DecodeProtocol, TakesNoHeadThatIsLongOrDeepOrOfManyNames) {
  const std::string bytes = answer_with({picture(1, 2, 3)});
  const std::string head = bytes.substr(8, bytes.size() - 8 - 6);
  const std::string pictures = bytes.substr(bytes.size() - 6);
  EXPECT_NO_THROW(decode_answer(answer_of(head + std::string(1000, ' '), pictures), request_));
  EXPECT_THROW(decode_answer(answer_of(head + std::string(kLongestHead, ' '), pictures), request_), Error);
  EXPECT_THROW(decode_answer(answer_of(std::string(100, '[') + std::string(100, ']')), request_), Error);
  std::string names = "{";
  for (int i = 0; i < 100000; ++i) names += fmt::format("\"{}\":0,", i);
  names.back() = '}';
  EXPECT_THROW(decode_answer(answer_of(names), request_), Error);
}

}  // namespace
}  // namespace gamut::server::test
