#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace gamut::weights::test {

/// What a server sends to one request.
struct Answer {
  std::string bytes;         ///< status line, header and body, as they go out
  bool keep_silent = false;  ///< leave the connection open, and send nothing more
};

/// An HTTP server on 127.0.0.1 at a port of its own, in a thread of its own, one request after the other.
class HttpServer {
 public:
  /// @param answer  called with the head of each request, in the server's thread.
  explicit HttpServer(std::function<Answer(const std::string&)> answer);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  /// "http://127.0.0.1:40123/models/"
  std::string address() const;
  /// The heads of the requests so far.
  std::vector<std::string> requests() const;

 private:
  void serve();
  void serve_one(int connection);

  std::function<Answer(const std::string&)> answer_;
  int listener_ = -1;
  int port_ = 0;
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  std::vector<int> silent_;  // connections left open; the server's thread alone uses them
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

/// "HTTP/1.1 200 OK" and so on, with the length of the body.
std::string http_answer(const std::string& status, const std::string& header_lines, const std::string& body);

/// A server of one file: ranges as a request asks for them (where `with_ranges`), at any path.
Answer serve_file(const std::string& request, const std::string& file, bool with_ranges = true);

}  // namespace gamut::weights::test
