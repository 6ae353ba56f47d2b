// Many clients at once, good and bad, against a server with a model and real children; GAMUT_LOAD_SECONDS
// says for how long (10).
#include <gtest/gtest.h>

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <mutex>
#include <thread>

#include "apps/server/model_routes.h"
#include "tests/server/client.h"
#include "tests/server/model_fixture.h"
#include "tests/server/recording.h"

namespace gamut::server::test {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMaxUpload = 4 << 20;  // bytes
constexpr auto kPatience = 300s;             // of a client with a good request
constexpr int kMiB = 1 << 20;

std::chrono::duration<double> load_time() {
  const char* const seconds = std::getenv("GAMUT_LOAD_SECONDS");
  return std::chrono::duration<double>(seconds == nullptr ? 10 : std::atof(seconds));
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

/// A request that every server with room answers, and what its clients saw.
struct Good {
  const char* name;
  std::string request;
  std::vector<double> seconds = {};  // until 200, every try with its waits together
  int tries = 0;
  int refused = 0;  // with 429, and tried again
};

/// What clients saw; of what is not good, how often it was answered as it must be.
struct Tally {
  std::mutex mutex;
  std::vector<Good> good;
  int huge = 0;
  int broken = 0;
  int slow = 0;
  std::vector<std::string> faults;

  void fault(const std::string& what) {
    const std::lock_guard lock(mutex);
    faults.push_back(what);
  }
};

std::string form_of(const std::string& file) {
  return "--b\r\nContent-Disposition: form-data; name=\"top\"\r\n\r\n1\r\n--b\r\nContent-Disposition: "
         "form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\n" +
         file + "\r\n--b--\r\n";
}

std::vector<Good> good_requests() {
  const std::string song = wav_of_tone(10);
  return {
      {.name = "predict", .request = post("/v1/predict", song)},
      {.name = "predict, form",
       .request = post("/v1/predict", form_of(song), "Content-Type: multipart/form-data; boundary=b\r\n")},
      {.name = "predict, timeline", .request = post("/v1/predict?timeline=1&window_s=2&hop_s=2", song)},
      {.name = "spectrogram", .request = post("/v1/spectrogram?scale=cqt", song)},
      {.name = "spectrogram, json", .request = post("/v1/spectrogram?scale=mel,linear&format=json", song)}};
}

/// A good request is answered with 200, or with 429 and Retry-After, and then with 200 some time later.
void be_good(int port, Good& good, Tally& tally) {
  const auto start = Clock::now();
  while (Clock::now() - start < kPatience) {
    const Answer answer = ask(port, good.request);
    {
      const std::lock_guard lock(tally.mutex);
      ++good.tries;
      if (answer.status == 200) {
        good.seconds.push_back(std::chrono::duration<double>(Clock::now() - start).count());
        return;
      }
      if (answer.status != 429 || !answer.headers.contains("retry-after")) {
        tally.faults.push_back(std::string(good.name) + " got " + std::to_string(answer.status) + ": " +
                               answer.body);
        return;
      }
      ++good.refused;
    }
    std::this_thread::sleep_for(std::chrono::seconds(std::stoi(answer.headers.at("retry-after"))));
  }
  tally.fault(std::string(good.name) + " was refused for 300 s");
}

void expect(int port, const std::string& request, const std::vector<int>& statuses, int& count,
            Tally& tally) {
  const Answer answer = ask(port, request);
  if (std::ranges::find(statuses, answer.status) == statuses.end()) {
    return tally.fault("a bad request got " + std::to_string(answer.status) + ": " + answer.body);
  }
  const std::lock_guard lock(tally.mutex);
  ++count;
}

/// Sends a byte now and then until the server has enough of it.
void be_slow(int port, Clock::time_point end, Tally& tally) {
  Client client(port);
  client.send("POST /v1/predict HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
  while (Clock::now() < end && client.send("a")) std::this_thread::sleep_for(50ms);
  const std::lock_guard lock(tally.mutex);
  ++tally.slow;
}

/// 64 clients, a quarter each good, too large, broken and slow.
void load(int port, Tally& tally) {
  const std::string huge = post("/v1/predict", std::string(kMaxUpload + 1, 'a'));
  std::string broken_wav = wav_of_tone(2);
  broken_wav.replace(0, 4, "RIFX");
  const std::string broken = post("/v1/predict", broken_wav);
  const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(load_time());
  std::vector<std::jthread> clients;
  for (std::size_t i = 0; i < 64; ++i) {
    clients.emplace_back([&, i] {
      for (std::size_t turn = i / 4; Clock::now() < end; ++turn) {
        try {
          if (i % 4 == 0) be_slow(port, end, tally);
          if (i % 4 == 1) expect(port, huge, {413}, tally.huge, tally);
          if (i % 4 == 2) expect(port, broken, {422, 429}, tally.broken, tally);
          if (i % 4 == 3) be_good(port, tally.good[turn % tally.good.size()], tally);
        } catch (const std::exception& error) {
          tally.fault(error.what());
        }
      }
    });
  }
}

/// Waits until whoever was cut or still lingers is gone. @return what the server measures then.
std::string metrics_at_rest(int port) {
  Answer last;
  for (int i = 0; i < 300 && last.body.find("gamut_http_connections 1\n") == std::string::npos; ++i) {
    std::this_thread::sleep_for(50ms);
    last = ask(port, get("/metrics"));
  }
  return last.body;
}

void print(Tally& tally) {
  std::printf("huge %d, broken %d, slow %d; good, with the waits after 429:\n", tally.huge, tally.broken,
              tally.slow);
  for (Good& good : tally.good) {
    std::ranges::sort(good.seconds);
    const auto quantile = [&](double q) {  // by nearest rank
      return good.seconds.at(
          static_cast<std::size_t>(std::ceil(q * static_cast<double>(good.seconds.size()))) - 1);
    };
    std::printf("  %-18s %5zu, 429 on %d of %d tries, p50 %.2f s, p99 %.2f s\n", good.name,
                good.seconds.size(), good.refused, good.tries, quantile(0.5), quantile(0.99));
  }
}

class SlowServer : public ModelTest {};

TEST_F(SlowServer, SixtyFourClientsGoodAndBad) {
  Metrics metrics;
  const tagging::Model model(model_);
  HttpOptions options;
  options.max_upload_bytes = kMaxUpload;
  options.max_uploads_bytes = 8 * kMaxUpload;
  options.max_connections = 48;  // fewer than there are clients
  options.max_concurrent = 2;
  options.max_waiting = 16;
  options.header_timeout = 2s;
  const double descriptors_before = reading("process_open_fds");
  Tally tally;
  tally.good = good_requests();
  double resident_warm = 0;
  double resident_after = 0;
  {
    Decoder decoder(GAMUT_PROGRAM, metrics);
    RunningServer server(options, {predict_route(decoder, DecodeLimits(), model, 2),
                                   spectrogram_route(decoder, DecodeLimits())});
    for (Good& good : tally.good) be_good(server.port(), good, tally);
    resident_warm = reading("process_resident_memory_bytes");
    load(server.port(), tally);
    const std::string at_rest = metrics_at_rest(server.port());
    EXPECT_NE(at_rest.find("gamut_http_working 0\n"), std::string::npos) << at_rest;
    EXPECT_NE(at_rest.find("gamut_http_upload_bytes 0\n"), std::string::npos) << at_rest;
    resident_after = reading("process_resident_memory_bytes");
  }
  for (const std::string& fault : tally.faults) ADD_FAILURE() << fault;
  for (const Good& good : tally.good) ASSERT_FALSE(good.seconds.empty()) << good.name;
  print(tally);
  std::printf("resident %.0f MiB warm, %.0f MiB after; descriptors %.0f before, %.0f after\n",
              resident_warm / kMiB, resident_after / kMiB, descriptors_before, reading("process_open_fds"));
  EXPECT_GT(tally.huge, 0);
  EXPECT_GT(tally.broken, 0);
  EXPECT_EQ(reading("process_open_fds"), descriptors_before);
  EXPECT_EQ(n_children(), 0U);
  EXPECT_LT(resident_after, resident_warm + 100 * kMiB);
}

}  // namespace
}  // namespace gamut::server::test
