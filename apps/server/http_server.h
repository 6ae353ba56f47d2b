#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "apps/server/cancellation.h"
#include "apps/server/http_error.h"
#include "apps/server/metrics.h"
#include "apps/server/upload.h"

namespace gamut::server {

using Clock = std::chrono::steady_clock;

/// A whole request.
struct Request {
  std::string path;                                        ///< as it came, without the query
  std::vector<std::pair<std::string, std::string>> query;  ///< decoded, in order
  std::string content_type;
  Upload* body = nullptr;  ///< null where the route takes none
  Clock::time_point deadline;
  const Cancellation* cancellation = nullptr;  ///< null where the route is no work
};

struct Response {
  int status = 200;
  std::string content_type = {};
  std::string body = {};
  std::vector<std::pair<std::string, std::string>> headers = {};  ///< beside those that every answer has
};

/// What one path does.
struct Route {
  std::string method = "GET";  ///< GET (which answers HEAD too) or POST
  std::string path;            ///< exactly this one
  /// Work has a body, waits for a worker and is told when nobody wants its answer any more. All else is
  /// answered at once, in the thread that serves every connection.
  bool is_work = false;
  bool is_open = false;  ///< answered without the token
  /// @throws HttpError  what it says is answered; any other exception is answered as 500.
  std::function<Response(const Request&)> handle;
};

struct HttpOptions {
  std::string host = "127.0.0.1";  ///< a name or an address of this machine
  int port = 0;                    ///< 0: any that is free
  std::string token;               ///< empty: none is asked for, which only a loopback host may
  std::size_t max_upload_bytes = 100 << 20;
  std::size_t max_uploads_bytes = 400 << 20;  ///< of all requests together
  std::size_t max_answers_bytes = 256 << 20;  ///< of all answers that wait for their clients to take them
  std::size_t max_connections = 256;
  int max_concurrent = 4;  ///< requests worked on side by side
  int max_waiting = 64;    ///< whole requests that wait for their turn; further ones are refused with 429
  std::chrono::milliseconds request_timeout{60000};  ///< from the first byte to the answer
  std::chrono::milliseconds header_timeout{10000};   ///< from the first byte to the end of the header
  std::chrono::milliseconds idle_timeout{15000};     ///< before the first byte, between requests too
  std::chrono::milliseconds write_timeout{30000};    ///< for the client to take more of the answer
  std::chrono::milliseconds longest_write{120000};   ///< for the client to take all of the answer
};

/// True for 127.0.0.0/8, ::1 and names that stand for nothing else.
/// @throws ParameterError  a name that this machine does not know.
bool is_loopback(const std::string& host);

/// @throws ParameterError  a host other than this machine's loopback without a token; a token shorter than 16
/// characters or with others than RFC 6750's.
void check_access(const HttpOptions& options);

/// An HTTP/1.1 server that trusts no client: sizes, times, connections and work are bounded, and who sends or
/// takes slowly costs one connection until a deadline, or until a better one wants it.
class HttpServer {
 public:
  /// Binds and listens.
  ///
  /// @param metrics  outlives the server.
  /// @throws ParameterError  as check_access.
  /// @throws Error  the port is taken.
  HttpServer(HttpOptions options, std::vector<Route> routes, Metrics& metrics);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  int port() const;

  /// "http://127.0.0.1:8080"
  std::string address() const;

  /// Serves until `should_stop`, asked many times a second, says so. Then no connection is accepted, what has
  /// begun is finished, up to request_timeout, and the rest is cut.
  void run(const std::function<bool()>& should_stop);

  /// All that it answers: the routes given and its own.
  const std::vector<Route>& routes() const;

 private:
  class Core;
  std::unique_ptr<Core> core_;
};

}  // namespace gamut::server
