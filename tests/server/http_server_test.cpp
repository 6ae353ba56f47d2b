#include "apps/server/http_server.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/socket.h>

#include <atomic>
#include <cerrno>
#include <future>
#include <thread>

#include "gamut/core/json.h"
#include "tests/server/client.h"

namespace {

std::atomic<int> accept_error = 0;  // that accept(2) fails with; 0: it works
std::atomic<int> n_accepts = 0;

}  // namespace

/// In place of the C library's, as no test can take what the system lacks where this fails.
extern "C" int accept(int socket, sockaddr* address, socklen_t* length) {
  ++n_accepts;
  if (accept_error == 0) return accept4(socket, address, length, 0);
  errno = accept_error;
  return -1;
}

namespace gamut::server::test {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

/// Answers with the body itself.
Route echo() {
  return {.method = "POST", .path = "/echo", .is_work = true, .handle = [](const Request& request) {
            return Response{.content_type = "text/plain", .body = std::string(request.body->bytes())};
          }};
}

/// Work that waits until its gate opens, nobody wants its answer, or 20 s have passed.
class Gate {
 public:
  Route route() {
    return {.method = "POST", .path = "/wait", .is_work = true, .handle = [this](const Request& request) {
              ++started_;
              for (int i = 0; i < 2000 && opened_.wait_for(10ms) != std::future_status::ready; ++i) {
                if (request.cancellation->reason() == Cancellation::Reason::none) continue;
                ++cancelled_;
                break;
              }
              return Response{.content_type = "text/plain", .body = "done"};
            }};
  }
  void open() { promise_.set_value(); }
  /// @return once so much work has been begun, or after 20 s.
  void wait_until_started(int n) const { wait_until(started_, n); }
  int cancelled(int expected) const {
    wait_until(cancelled_, expected);
    return cancelled_;
  }

 private:
  static void wait_until(const std::atomic<int>& counter, int n) {
    for (int i = 0; i < 2000 && counter < n; ++i) std::this_thread::sleep_for(10ms);
  }

  std::promise<void> promise_;
  std::shared_future<void> opened_ = promise_.get_future().share();
  std::atomic<int> started_ = 0;
  std::atomic<int> cancelled_ = 0;
};

constexpr std::size_t kLarge = 48 << 20;  // bytes

HttpOptions small() {
  HttpOptions options;
  options.max_upload_bytes = 1000;
  options.max_uploads_bytes = 4000;
  return options;
}

HttpOptions quick() {
  HttpOptions options = small();
  options.request_timeout = 1s;
  options.header_timeout = 500ms;
  options.idle_timeout = 500ms;
  return options;
}

TEST(HttpServer, AnswersItsRoutesAndNoOthers) {
  RunningServer server(small(), {echo()});
  EXPECT_EQ(ask(server.port(), get("/healthz")).status, 200);
  const Answer echoed = ask(server.port(), post("/echo?x=1", "hello"));
  EXPECT_EQ(echoed.status, 200);
  EXPECT_EQ(echoed.body, "hello");
  EXPECT_EQ(echoed.headers.at("x-content-type-options"), "nosniff");
  EXPECT_THAT(echoed.headers.at("content-security-policy"), HasSubstr("default-src 'none'"));
  const Answer wrong_method = ask(server.port(), get("/echo"));
  EXPECT_EQ(wrong_method.status, 405);
  EXPECT_EQ(wrong_method.headers.at("allow"), "POST");
  for (const char* path :
       {"/", "/nothing", "/healthz/", "/../etc/passwd", "/echo/../healthz", "//healthz", "/%2e%2e/etc/passwd",
        "/healthz%00", "http://here/nothing", "http://here", "ftp://here/healthz", "healthz", "*"}) {
    const Answer missing = ask(server.port(), get(path));
    EXPECT_EQ(missing.status, 404) << path;
    EXPECT_EQ(missing.error_code(), "not_found");
  }
}

TEST(HttpServer, TakesAWholeUrlAsItsTarget) {
  RunningServer server(small(), {echo()});
  for (const char* target :
       {"http://here/healthz", "HTTP://127.0.0.1:1/healthz?x=1", "https://[::1]/healthz"}) {
    EXPECT_EQ(ask(server.port(), get(target)).status, 200) << target;
  }
  EXPECT_EQ(ask(server.port(), post("http://here/echo", "hello")).body, "hello");
  for (const char* target : {"http:///healthz", "http://", "http://?x=1"}) {
    EXPECT_EQ(ask(server.port(), get(target)).status, 400) << target;
  }
}

TEST(HttpServer, HeadIsGetWithoutTheBody) {
  RunningServer server(small(), {});
  Client client(server.port());
  client.send("HEAD /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n" + get("/healthz"));
  const Answer head = client.receive(true);
  const Answer whole = client.receive();
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(whole.headers.at("content-length"), head.headers.at("content-length"));
  EXPECT_THAT(whole.body, HasSubstr("ok"));
}

TEST(HttpServer, AnswersPipelinedRequestsInOrder) {
  RunningServer server(small(), {echo()});
  Client client(server.port());
  client.send(post("/echo", "one") + post("/echo", "two") + get("/healthz") + get("/nothing") +
              post("/echo", "three"));
  EXPECT_EQ(client.receive().body, "one");
  EXPECT_EQ(client.receive().body, "two");
  EXPECT_THAT(client.receive().body, HasSubstr("ok"));
  EXPECT_EQ(client.receive().status, 404);
  EXPECT_EQ(client.receive().body, "three");
}

TEST(HttpServer, TakesChunkedBodies) {
  RunningServer server(small(), {echo()});
  Client client(server.port());
  client.send(
      "POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: "
      "chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n" +
      get("/healthz"));
  EXPECT_EQ(client.receive().body, "abcde");
  EXPECT_EQ(client.receive().status, 200);
}

TEST(HttpServer, SaysContinueToWhoAsksAndRefusesBeforeTheBodyComes) {
  RunningServer server(small(), {echo()});
  Client client(server.port());
  client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  EXPECT_EQ(client.receive().status, 100);
  client.send("abc");
  EXPECT_EQ(client.receive().body, "abc");
  EXPECT_EQ(
      ask(server.port(),
          "POST /echo HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n\r\n")
          .status,
      413);
}

TEST(HttpServer, RefusesBodiesThatAreTooLarge) {
  RunningServer server(small(), {echo()});
  EXPECT_EQ(ask(server.port(), post("/echo", std::string(1000, 'a'))).status, 200);
  const Answer declared = ask(server.port(), post("/echo", std::string(1001, 'a')));
  EXPECT_EQ(declared.status, 413);
  EXPECT_EQ(declared.error_code(), "too_large");
  EXPECT_EQ(declared.headers.at("connection"), "close");
  const Answer chunked = ask(
      server.port(), "POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" +
                         std::string(1001, 'a'));
  EXPECT_EQ(chunked.status, 413);
  EXPECT_EQ(
      ask(server.port(), "GET /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\na").status,
      413);
}

// The answer must reach a client that goes on sending for a while.
TEST(HttpServer, AClientThatGoesOnSendingStillGetsItsRefusal) {
  HttpOptions options = small();
  options.max_upload_bytes = 1 << 20;
  RunningServer server(options, {echo()});
  const std::string huge(50 << 20, 'a');
  EXPECT_EQ(ask(server.port(), post("/echo", huge)).status, 413);
}

TEST(HttpServer, AllUploadsTogetherAreBounded) {
  HttpOptions options = small();
  options.max_uploads_bytes = 1500;
  RunningServer server(options, {echo()});
  Client first(server.port());
  first.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n" +
             std::string(999, 'a'));
  Answer second;
  for (int i = 0; i < 100 && second.status != 429; ++i)
    second = ask(server.port(), post("/echo", std::string(900, 'b')));
  EXPECT_EQ(second.status, 429);
  first.send("a");
  EXPECT_EQ(first.receive().status, 200);
  EXPECT_EQ(ask(server.port(), post("/echo", std::string(900, 'b'))).status, 200);
}

TEST(HttpServer, RefusesWhatTwoReadersCouldReadDifferently) {
  RunningServer server(small(), {echo()});
  const struct {
    const char* request;
    int status;
  } cases[] = {
      {"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: "
       "chunked\r\n\r\n0\r\n\r\n",
       400},
      {"POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: "
       "3\r\n\r\n0\r\n\r\n",
       400},
      {"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400},
      {"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400},
      {"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: +3\r\n\r\nabc", 400},
      {"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0x3\r\n\r\nabc", 400},
      {"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\nabc", 400},
      {"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999999\r\n\r\nabc", 400},
      {"POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501},
      {"POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501},
      {"POST /echo HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 501},
      {"POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
       400},
      {"POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400},
      {"POST /echo HTTP/1.1\r\nHost: localhost\r\nHost: b\r\nContent-Length: 3\r\n\r\nabc", 400},
      {"POST /echo HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", 400},
      {"GET /healthz HTTP/1.1\nHost: localhost\n\n", 400},
      {"GET /healthz HTTP/2.0\r\nHost: localhost\r\n\r\n", 400},
      {"GET /healthz\r\n\r\n", 400},
      {"\x16\x03\x01\x02\r\n\r\n", 400},
      {"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
       415},
      {"POST /echo HTTP/1.1\r\nHost: localhost\r\nExpect: tea\r\nContent-Length: 3\r\n\r\nabc", 417},
      {"POST /echo?a=%zz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc", 400},
  };
  for (const auto& one : cases) {
    Client client(server.port());
    client.send(one.request);
    EXPECT_EQ(client.receive().status, one.status) << one.request;
    client.finish_sending();
    EXPECT_TRUE(client.is_closed_within(20)) << one.request;
  }
  const std::string long_header = get("/healthz", "X: " + std::string(20000, 'a') + "\r\n");
  EXPECT_EQ(ask(server.port(), long_header).status, 431);
  EXPECT_EQ(ask(server.port(), get("/healthz")).status, 200);
}

TEST(HttpServer, CutsASenderWhoseRequestDoesNotArriveInTime) {
  RunningServer server(quick(), {echo()});
  Client slow_header(server.port());
  Client slow_body(server.port());
  slow_header.send("GET /healthz HT");
  slow_body.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n");
  const auto start = Clock::now();
  while (Clock::now() - start < 700ms) {  // a byte now and then does not help
    slow_header.send("T");
    slow_body.send("a");
    std::this_thread::sleep_for(100ms);
  }
  EXPECT_EQ(slow_header.receive().status, 408);
  const Answer answer = slow_body.receive();
  EXPECT_EQ(answer.status, 408);
  EXPECT_EQ(answer.error_code(), "too_slow");
  EXPECT_LT(Clock::now() - start, 20s);
}

// The last bytes may come together with the deadline; what follows them is no longer read, as it would be
// taken for too slow.
TEST(HttpServer, ClosesAfterARequestWhoseEndComesWithItsDeadline) {
  std::promise<void> held;
  std::promise<void> released;
  const Route hold{.path = "/hold", .handle = [&](const Request&) {
                     held.set_value();
                     released.get_future().wait();
                     return Response{.content_type = "text/plain", .body = "held"};
                   }};
  RunningServer server(quick(), {echo(), hold});
  Client slow(server.port());
  slow.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 800\r\n\r\n");
  ASSERT_EQ(slow.receive().status, 100);
  Client holds(server.port());
  holds.send(get("/hold"));
  held.get_future().wait();
  slow.send(std::string(800, 'a'));
  std::this_thread::sleep_for(quick().request_timeout);
  released.set_value();
  const Answer answer = slow.receive();
  EXPECT_EQ(answer.status, 408);
  EXPECT_EQ(answer.headers.at("connection"), "close");
}

/// Answers with more than the system keeps for a client that does not read.
Route large() {
  return {.path = "/large", .handle = [](const Request&) {
            return Response{.content_type = "text/plain", .body = std::string(kLarge, 'a')};
          }};
}

TEST(HttpServer, AClientThatTakesItsAnswerSlowlyGetsAllOfIt) {
  HttpOptions options = small();
  options.write_timeout = 1s;
  RunningServer server(options, {large()});
  Client slow(server.port());
  slow.receive_slowly(4ms);  // 768 times and more
  slow.send(get("/large"));
  EXPECT_EQ(slow.receive().body.size(), kLarge);
}

TEST(HttpServer, CutsAClientThatDoesNotTakeItsAnswerInTime) {
  HttpOptions options = small();
  options.write_timeout = 500ms;
  options.longest_write = 1s;
  RunningServer server(options, {large()});
  Client stops(server.port());
  stops.send(get("/large"));
  Client slow(server.port());
  slow.receive_slowly(20ms);
  slow.send(get("/large"));
  EXPECT_EQ(slow.receive().status, 0);
  EXPECT_EQ(stops.receive().status, 0);
}

TEST(HttpServer, SlowTakersCannotTakeEveryConnection) {
  HttpOptions options = small();
  options.max_connections = 4;
  options.write_timeout = 500ms;
  options.request_timeout = 2s;
  RunningServer server(options, {echo(), large()});
  std::vector<Client> slow;
  for (int i = 0; i < 4; ++i) {
    slow.emplace_back(server.port());
    slow.back().send(get("/large"));
  }
  std::vector<std::jthread> taking;
  for (Client& client : slow) {
    client.receive_slowly(20ms);
    taking.emplace_back([&client] { client.receive(); });
  }
  EXPECT_EQ(ask(server.port(), post("/echo", "good")).body, "good");
  EXPECT_THAT(ask(server.port(), get("/metrics")).body, HasSubstr("gamut_http_connections_cut_total"));
  server.stop();  // which ends the rest after request_timeout
}

TEST(HttpServer, AllAnswersThatNobodyTakesAreBounded) {
  HttpOptions options = small();
  options.max_answers_bytes = 2 * kLarge;
  RunningServer server(options, {large()});
  std::vector<Client> stopped;
  for (int i = 0; i < 5; ++i) {
    stopped.emplace_back(server.port());
    stopped.back().send(get("/large"));
  }
  const auto says = [&](std::string_view metric) {
    for (int i = 0; i < 2000; ++i) {
      if (ask(server.port(), get("/metrics")).body.find(metric) != std::string::npos) return true;
      std::this_thread::sleep_for(10ms);
    }
    return false;
  };
  EXPECT_TRUE(says(fmt::format("gamut_http_answer_bytes {}\n", 2 * kLarge)));
  EXPECT_TRUE(says("gamut_http_connections_cut_total 3\n"));
  int n_whole = 0;
  for (Client& client : stopped) n_whole += client.receive().body.size() == kLarge ? 1 : 0;
  EXPECT_EQ(n_whole, 2);
  // Nothing is kept for clients that have their answers, though they are still connected.
  EXPECT_TRUE(says("gamut_http_answer_bytes 0\n"));
}

TEST(HttpServer, ClosesConnectionsThatSayNothing) {
  RunningServer server(quick(), {});
  const Client silent(server.port());
  EXPECT_TRUE(silent.is_closed_within(20));
}

TEST(HttpServer, AnswersAtTheDeadlineThoughTheWorkIsNotDone) {
  Gate gate;
  RunningServer server(quick(), {gate.route()});
  Client client(server.port());
  client.send(post("/wait", "a") + get("/healthz"));
  const Answer answer = client.receive();
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.error_code(), "timeout");
  EXPECT_EQ(client.receive().status, 200);
  EXPECT_EQ(gate.cancelled(1), 1);
}

TEST(HttpServer, TellsTheWorkThatItsClientIsGone) {
  Gate gate;
  RunningServer server(small(), {gate.route()});
  Client closes(server.port());
  Client resets(server.port());
  for (Client* client : {&closes, &resets}) client->send(post("/wait", "a"));
  gate.wait_until_started(2);
  closes.close();
  resets.reset();
  EXPECT_EQ(gate.cancelled(2), 2);
}

// HTTP/1.0 has no interim answer that could tell it from a client that is gone.
TEST(HttpServer, AClientThatSendsNoMoreStillGetsItsAnswers) {
  Gate gate;
  RunningServer server(small(), {echo(), gate.route()});
  Client client(server.port());
  client.send(post("/wait", "a") + post("/echo", "b"));
  client.finish_sending();
  Client alone(server.port());
  alone.send(post("/wait", "a"));
  alone.finish_sending();
  EXPECT_EQ(alone.receive().status, 100);
  Client old(server.port());
  old.send("POST /wait HTTP/1.0\r\nContent-Length: 1\r\n\r\na");
  old.finish_sending();
  EXPECT_EQ(old.receive().status, 0);
  gate.open();
  EXPECT_EQ(alone.receive().body, "done");
  EXPECT_TRUE(alone.is_closed_within(20));
  Answer first = client.receive();
  if (first.status == 100) first = client.receive();
  EXPECT_EQ(first.body, "done");
  Answer second = client.receive();
  if (second.status == 100) second = client.receive();
  EXPECT_EQ(second.body, "b");
}

TEST(HttpServer, RefusesMoreWorkThanItTakesAndTakesItLater) {
  Gate gate;
  HttpOptions options = small();
  options.max_concurrent = 1;
  options.max_waiting = 1;
  RunningServer server(options, {gate.route()});
  Client first(server.port());
  Client second(server.port());
  first.send(post("/wait", "a"));
  second.send(post("/wait", "a"));
  Answer third;
  for (int i = 0; i < 1000 && third.status != 429; ++i) {
    std::this_thread::sleep_for(20ms);
    if (ask(server.port(), get("/metrics")).body.find("gamut_http_waiting 1\n") == std::string::npos)
      continue;
    third = ask(server.port(), post("/wait", "a"));
  }
  EXPECT_EQ(third.status, 429);
  EXPECT_EQ(third.error_code(), "busy");
  EXPECT_EQ(third.headers.at("retry-after"), "1");
  EXPECT_EQ(ask(server.port(), get("/healthz")).status, 200);  // what is no work does not wait
  gate.open();
  EXPECT_EQ(first.receive().body, "done");
  EXPECT_EQ(second.receive().body, "done");
  EXPECT_EQ(ask(server.port(), post("/wait", "a")).status, 200);
}

TEST(HttpServer, SlowSendersCannotTakeEveryConnection) {
  HttpOptions options = small();
  options.max_connections = 8;
  RunningServer server(options, {echo()});
  std::vector<Client> slow;
  for (int i = 0; i < 40; ++i) {
    slow.emplace_back(server.port());
    slow.back().send(i % 2 == 0 ? "POST /echo HT" : "");
  }
  for (int i = 0; i < 10; ++i) EXPECT_EQ(ask(server.port(), post("/echo", "good")).body, "good");
  EXPECT_THAT(ask(server.port(), get("/metrics")).body, HasSubstr("gamut_http_connections_cut_total"));
}

TEST(HttpServer, DoesNotSpinWhileTheSystemTakesNoConnection) {
  for (const int error : {EMFILE, ENFILE, ENOBUFS, ENOMEM}) {
    RunningServer server(small(), {echo()});
    accept_error = error;
    Client client(server.port());
    const int n_before = n_accepts;
    std::this_thread::sleep_for(300ms);
    EXPECT_LT(n_accepts - n_before, 100) << error;  // it looks 20 times a second
    accept_error = 0;
    client.send(post("/echo", "a"));
    EXPECT_EQ(client.receive().body, "a") << error;
  }
}

TEST(HttpServer, AsksForItsToken) {
  HttpOptions options = small();
  options.token = "0123456789abcdef";
  RunningServer server(options, {echo()});
  EXPECT_EQ(ask(server.port(), get("/healthz")).status, 200);
  for (const char* header :
       {"", "Authorization: Bearer 0123456789abcdeF\r\n", "Authorization: Bearer \r\n",
        "Authorization: Basic 0123456789abcdef\r\n", "Authorization: Bearer 0123456789abcde\r\n",
        "Authorization: Bearer 0123456789abcdef0\r\n", "Authorization: 0123456789abcdef\r\n"}) {
    const Answer refused = ask(server.port(), post("/echo", "a", header));
    EXPECT_EQ(refused.status, 401) << header;
    EXPECT_EQ(refused.headers.at("www-authenticate"), "Bearer");
    EXPECT_EQ(ask(server.port(), get("/metrics", header)).status, 401);
  }
  EXPECT_EQ(ask(server.port(), post("/echo", "a", "Authorization: bearer 0123456789abcdef\r\n")).status, 200);
}

TEST(HttpServer, RefusesPagesOfOtherSites) {
  RunningServer server(small(), {echo()});
  EXPECT_EQ(ask(server.port(), post("/echo", "a", "Sec-Fetch-Site: cross-site\r\n")).status, 403);
  EXPECT_EQ(ask(server.port(), post("/echo", "a", "Sec-Fetch-Site: same-origin\r\n")).status, 200);
}

TEST(HttpServer, AnswersToNamesOfItsMachineAloneUnlessItHasAToken) {
  const auto status = [](int port, const std::string& host, const std::string& lines = "") {
    return ask(port, "GET /metrics HTTP/1.1\r\nHost: " + host + "\r\n" + lines + "\r\n").status;
  };
  {
    RunningServer server(small(), {echo()});
    for (const char* host :
         {"localhost", "LOCALHOST:8080", "127.0.0.1", "127.0.0.1:8080", "127.1.2.3", "[::1]:80", ""})
      EXPECT_EQ(status(server.port(), host), 200) << host;
    for (const char* host :
         {"music.example", "127.0.0.1.example", "127.example:80", "localhost.example", "[::2]"})
      EXPECT_EQ(status(server.port(), host), 403) << host;
  }
  HttpOptions options = small();
  options.token = "0123456789abcdef";
  RunningServer server(options, {echo()});
  EXPECT_EQ(status(server.port(), "music.example", "Authorization: Bearer 0123456789abcdef\r\n"), 200);
}

TEST(HttpServer, IsReachedFromElsewhereWithATokenOnly) {
  Metrics metrics;
  HttpOptions options;
  for (const char* host : {"0.0.0.0", "::", "::ffff:0.0.0.0"}) {
    options.host = host;
    try {
      const HttpServer server(options, {}, metrics);
      FAIL() << host;
    } catch (const ParameterError& error) {
      EXPECT_THAT(error.what(), HasSubstr("need a token"));
    }
  }
  options.host = "0.0.0.0";
  for (const char* token : {"short", "0123456789 bcdef", "0123456789abcde\n"}) {
    options.token = token;
    EXPECT_THROW(HttpServer(options, {}, metrics), ParameterError) << token;
  }
  options.token = "0123456789abcdef";
  EXPECT_NO_THROW(HttpServer(options, {}, metrics));
  EXPECT_TRUE(is_loopback("localhost"));
  EXPECT_TRUE(is_loopback("127.8.9.1"));
  EXPECT_TRUE(is_loopback("::1"));
  EXPECT_THROW(is_loopback("no.such.host.invalid"), ParameterError);
}

TEST(HttpServer, SaysThatItsPortIsTaken) {
  RunningServer server(small(), {});
  Metrics metrics;
  HttpOptions options;
  options.port = server.port();
  try {
    const HttpServer second(options, {}, metrics);
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("give another --port"));
  }
}

TEST(HttpServer, StopsGracefully) {
  Gate gate;
  RunningServer server(small(), {gate.route()});
  Client working(server.port());
  const Client idle(server.port());
  working.send(post("/wait", "a"));
  gate.wait_until_started(1);
  server.stop();
  EXPECT_TRUE(idle.is_closed_within(20));
  EXPECT_THROW(Client late(server.port()), std::runtime_error);
  gate.open();
  const Answer answer = working.receive();
  EXPECT_EQ(answer.body, "done");
  EXPECT_EQ(answer.headers.at("connection"), "close");
  server.join();
  EXPECT_EQ(gate.cancelled(0), 0);
}

TEST(HttpServer, StopsThoughWorkHangs) {
  Gate gate;
  RunningServer server(quick(), {gate.route()});
  Client working(server.port());
  working.send(post("/wait", "a"));
  gate.wait_until_started(1);
  server.stop();
  server.join();
  EXPECT_EQ(working.receive().status, 503);
}

TEST(HttpServer, AFaultOfARouteIsA500AndTheServerGoesOn) {
  Route fails{.method = "POST", .path = "/fail", .is_work = true, .handle = [](const Request&) -> Response {
                throw std::runtime_error("no luck");
              }};
  RunningServer server(small(), {fails, echo()});
  Client client(server.port());
  client.send(post("/fail", "a") + post("/echo", "b"));
  EXPECT_EQ(client.receive().status, 500);
  EXPECT_EQ(client.receive().body, "b");
}

TEST(HttpServer, WhoIsAnsweredFindsThePlaceFree) {
  HttpOptions options = small();
  options.max_concurrent = 1;
  options.max_waiting = 0;
  options.max_uploads_bytes = 3;
  RunningServer server(options, {echo()});
  for (int i = 0; i < 300; ++i) ASSERT_EQ(ask(server.port(), post("/echo", "abc")).status, 200) << i;
}

TEST(HttpServer, CountsWhatItDoes) {
  RunningServer server(small(), {echo()});
  ask(server.port(), post("/echo", "abc"));
  ask(server.port(), get("/nothing"));
  const std::string text = ask(server.port(), get("/metrics")).body;
  for (const char* line : {"gamut_http_requests_total{route=\"/echo\",status=\"200\"} 1\n",
                           "gamut_http_requests_total{route=\"(none)\",status=\"404\"} 1\n",
                           "gamut_http_request_seconds_count{route=\"/echo\"} 1\n", "gamut_http_working 0\n",
                           "gamut_http_upload_bytes 0\n", "# TYPE process_resident_memory_bytes gauge\n"}) {
    EXPECT_THAT(text, HasSubstr(line));
  }
}

}  // namespace
}  // namespace gamut::server::test
