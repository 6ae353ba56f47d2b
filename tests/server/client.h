#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "apps/server/http_server.h"

namespace gamut::server::test {

struct Answer {
  int status = 0;                              ///< 0: the connection ended without an answer
  std::map<std::string, std::string> headers;  ///< names in lower case
  std::string body;

  /// "code" of a JSON error; empty where the body is none.
  std::string error_code() const;
};

/// A connection to 127.0.0.1 over which a test sends whatever bytes it likes.
class Client {
 public:
  explicit Client(int port);
  ~Client();
  Client(Client&& other) noexcept;
  Client(const Client&) = delete;

  /// @return false where the server has closed the connection.
  bool send(std::string_view bytes) const;
  /// The next answer, an interim one too, waited for up to 90 s. Of a HEAD it has no body.
  Answer receive(bool of_head = false);
  /// True once the server has closed the connection, waited for up to `seconds`.
  bool is_closed_within(double seconds) const;
  /// Makes it wait before each piece of at most 64 KiB that it receives.
  void receive_slowly(std::chrono::milliseconds pause) { pause_ = pause; }
  /// Closes the sending side alone.
  void finish_sending() const;
  /// Closes all of it, in order or with a reset.
  void close();
  void reset();

 private:
  bool receive_more(double seconds);

  int socket_;
  std::string received_;
  std::chrono::milliseconds pause_{0};
};

/// "POST path HTTP/1.1" with a length, and the body.
std::string post(std::string_view path, std::string_view body, std::string_view header_lines = "");
std::string get(std::string_view path, std::string_view header_lines = "");

/// One request over a connection of its own.
Answer ask(int port, std::string_view request);

/// A server in a thread of its own, stopped at the end.
class RunningServer {
 public:
  RunningServer(HttpOptions options, std::vector<Route> routes);
  ~RunningServer();

  int port() const { return server_.port(); }
  const HttpServer& server() const { return server_; }
  Metrics& metrics() { return metrics_; }
  /// Asks it to stop, without waiting.
  void stop() { stop_ = true; }
  /// Waits for its end.
  void join();

 private:
  Metrics metrics_;
  HttpServer server_;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

}  // namespace gamut::server::test
