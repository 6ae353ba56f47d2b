// Many clients at once, good and bad, against a server with real children; GAMUT_LOAD_SECONDS says for how
// long (10).
#include <gtest/gtest.h>

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <mutex>
#include <thread>

#include "apps/server/routes.h"
#include "tests/server/client.h"
#include "tests/server/recording.h"

namespace gamut::server {
namespace {

using test::Answer;
using test::Client;
using test::post;
using namespace std::chrono_literals;

constexpr std::size_t kMaxUpload = 4 << 20;  // bytes

double load_seconds() {
  const char* const seconds = std::getenv("GAMUT_LOAD_SECONDS");
  return seconds == nullptr ? 10 : std::atof(seconds);
}

double reading(const std::string& name) {
  for (const Metrics::Reading& one : process_readings()) {
    if (one.name == name) return one.value;
  }
  return 0;
}

std::size_t n_children() {
  std::ifstream stream("/proc/self/task/" + std::to_string(getpid()) + "/children");
  return static_cast<std::size_t>(
      std::distance(std::istream_iterator<int>(stream), std::istream_iterator<int>()));
}

/// What clients saw.
struct Tally {
  std::mutex mutex;
  std::vector<double> good_s;  // of good requests, every try with its waits together
  int tries = 0;
  int refused = 0;  // with 429, and tried again
  int huge = 0;
  int broken = 0;
  int slow = 0;
  std::vector<std::string> faults;

  void fault(const std::string& what) {
    const std::lock_guard lock(mutex);
    faults.push_back(what);
  }
};

/// A good request is answered with 200, or with 429 and Retry-After, and then with 200 some time later.
void be_good(int port, const std::string& request, Tally& tally) {
  const auto start = Clock::now();
  while (Clock::now() - start < 60s) {
    Client client(port);
    client.send(request);
    const Answer answer = client.receive();
    {
      const std::lock_guard lock(tally.mutex);
      ++tally.tries;
      if (answer.status == 200) {
        tally.good_s.push_back(std::chrono::duration<double>(Clock::now() - start).count());
        return;
      }
      if (answer.status != 429 || !answer.headers.contains("retry-after")) {
        tally.faults.push_back("a good request got " + std::to_string(answer.status) + ": " + answer.body);
        return;
      }
      ++tally.refused;
    }
    std::this_thread::sleep_for(std::chrono::seconds(std::stoi(answer.headers.at("retry-after"))));
  }
  tally.fault("a good request was refused for 60 s");
}

void expect(int port, const std::string& request, const std::vector<int>& statuses, int& count,
            Tally& tally) {
  Client client(port);
  client.send(request);
  const Answer answer = client.receive();
  if (std::ranges::find(statuses, answer.status) == statuses.end()) {
    tally.fault("a bad request got " + std::to_string(answer.status) + ": " + answer.body);
  }
  const std::lock_guard lock(tally.mutex);
  ++count;
}

/// Sends a byte now and then until the server has enough of it.
void be_slow(int port, Clock::time_point end, Tally& tally) {
  Client client(port);
  client.send("POST /v1/spectrogram HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
  while (Clock::now() < end && !client.is_closed_within(0.05)) {
    if (!client.send("a")) break;
  }
  const std::lock_guard lock(tally.mutex);
  ++tally.slow;
}

TEST(SlowServer, SixtyFourClientsGoodAndBad) {
  Metrics metrics;
  const Decoder decoder(GAMUT_PROGRAM, metrics);
  HttpOptions options;
  options.max_upload_bytes = kMaxUpload;
  options.max_uploads_bytes = 8 * kMaxUpload;
  options.max_connections = 48;  // fewer than there are clients
  options.max_concurrent = 2;
  options.max_waiting = 16;
  options.header_timeout = 2s;
  const double descriptors_before = reading("process_open_fds");
  Tally tally;
  double resident_warm = 0;
  double resident_after = 0;
  {
    test::RunningServer server(options, {spectrogram_route(decoder, DecodeLimits()), openapi_route()});
    const std::string good = post("/v1/spectrogram?scale=mel,linear&format=json", test::wav_of_tone(10));
    const std::string huge = post("/v1/spectrogram", std::string(kMaxUpload + 1, 'a'));
    std::string broken_wav = test::wav_of_tone(2);
    broken_wav.replace(0, 4, "RIFX");
    const std::string broken = post("/v1/spectrogram", broken_wav);
    be_good(server.port(), good, tally);
    resident_warm = reading("process_resident_memory_bytes");

    const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                        std::chrono::duration<double>(load_seconds()));
    std::vector<std::jthread> clients;
    for (int i = 0; i < 64; ++i) {
      clients.emplace_back([&, i] {
        while (Clock::now() < end) {
          try {
            if (i % 4 == 0) be_slow(server.port(), end, tally);
            if (i % 4 == 1) expect(server.port(), huge, {413}, tally.huge, tally);
            if (i % 4 == 2) expect(server.port(), broken, {422, 429}, tally.broken, tally);
            if (i % 4 == 3) be_good(server.port(), good, tally);
          } catch (const std::exception& error) {
            tally.fault(error.what());
          }
        }
      });
    }
    clients.clear();
    // Whoever was cut or still lingers is gone soon.
    Answer last;
    for (int i = 0; i < 300 && last.body.find("gamut_http_connections 1\n") == std::string::npos; ++i) {
      std::this_thread::sleep_for(50ms);
      last = test::ask(server.port(), test::get("/metrics"));
    }
    EXPECT_NE(last.body.find("gamut_http_working 0\n"), std::string::npos) << last.body;
    EXPECT_NE(last.body.find("gamut_http_upload_bytes 0\n"), std::string::npos) << last.body;
    resident_after = reading("process_resident_memory_bytes");
  }
  std::ranges::sort(tally.good_s);
  const auto quantile = [&](double q) {
    return tally.good_s.at(static_cast<std::size_t>(q * static_cast<double>(tally.good_s.size() - 1)));
  };
  std::printf("good %zu (429 on %d of %d tries), huge %d, broken %d, slow %d\n", tally.good_s.size(),
              tally.refused, tally.tries, tally.huge, tally.broken, tally.slow);
  std::printf("good requests, waits after 429 included: p50 %.2f s, p99 %.2f s\n", quantile(0.5),
              quantile(0.99));
  std::printf("resident %.0f MiB warm, %.0f MiB after; descriptors %.0f before, %.0f after\n",
              resident_warm / (1 << 20), resident_after / (1 << 20), descriptors_before,
              reading("process_open_fds"));
  for (const std::string& fault : tally.faults) ADD_FAILURE() << fault;
  EXPECT_GT(tally.huge, 0);
  EXPECT_GT(tally.broken, 0);
  EXPECT_EQ(reading("process_open_fds"), descriptors_before);
  EXPECT_EQ(n_children(), 0U);
  EXPECT_LT(resident_after, resident_warm + (100 << 20));
}

}  // namespace
}  // namespace gamut::server
