#include "apps/server/http_server.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "apps/server/connection.h"
#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::server {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::milliseconds kTick{50};  // how often a stop is asked for, and room where there is none
constexpr std::size_t kShortestToken = 16;      // characters

std::vector<tcp::endpoint> resolve(const std::string& host, int port) {
  asio::io_context context;
  error_code error;
  const auto found = tcp::resolver(context).resolve(host, std::to_string(port), error);
  std::vector<tcp::endpoint> endpoints;
  for (const auto& entry : found) endpoints.push_back(entry.endpoint());
  if (error || endpoints.empty()) {
    throw ParameterError("--host " + printable(host) + " is no address of this machine: " + error.message());
  }
  return endpoints;
}

}  // namespace

bool is_loopback(const std::string& host) {
  return std::ranges::all_of(resolve(host, 0),
                             [](const tcp::endpoint& end) { return end.address().is_loopback(); });
}

void check_access(const HttpOptions& options) {
  if (options.token.empty()) {
    if (is_loopback(options.host)) return;
    throw ParameterError("--host " + printable(options.host) +
                         " can be reached from other machines, so requests need a token: give --token-file "
                         "FILE or set GAMUT_TOKEN, or leave --host out");
  }
  const std::string_view allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=";
  if (options.token.size() < kShortestToken ||
      options.token.find_first_not_of(allowed) != std::string::npos) {
    throw ParameterError(fmt::format(
        "the token has {} characters; it must have at least {}, letters, digits and -._~+/= only, "
        "such as those of `openssl rand -hex 32`",
        options.token.size(), kShortestToken));
  }
}

/// Lets clients in, as many as there is room for, and ends in an orderly way.
class HttpServer::Core {
 public:
  Core(HttpOptions options, std::vector<Route> routes, Metrics& metrics);

  void run(const std::function<bool()>& should_stop);

  const tcp::endpoint& endpoint() const { return endpoint_; }
  const std::vector<Route>& routes() const { return state_.routes; }

 private:
  void listen();
  void add_own_routes();
  std::vector<Metrics::Reading> readings() const;
  void accept_next();
  void accept_waiting();
  bool make_room();
  void bound_answers();
  std::size_t answer_bytes() const;
  std::shared_ptr<Connection> slowest(bool (Connection::*is_meant)() const) const;
  void cut(Connection& connection);
  void tick(const std::function<bool()>& should_stop);
  void begin_stop();
  void cut_all();
  std::vector<std::shared_ptr<Connection>> open_connections() const;

  ServerState state_;
  tcp::acceptor acceptor_{state_.context};
  tcp::endpoint endpoint_;
  asio::steady_timer tick_{state_.context};
  Clock::time_point stop_deadline_;
};

HttpServer::Core::Core(HttpOptions options, std::vector<Route> routes, Metrics& metrics)
    : state_{.options = std::move(options), .routes = std::move(routes), .metrics = metrics} {
  check_access(state_.options);
  listen();
  add_own_routes();
}

void HttpServer::Core::listen() {
  const HttpOptions& options = state_.options;
  endpoint_ = resolve(options.host, options.port).front();
  error_code error;
  acceptor_.open(endpoint_.protocol(), error);
  if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor_.bind(endpoint_, error);
  if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
  if (error) {
    throw Error(fmt::format("cannot listen on {} port {}: {}; give another --port, or 0 for any that is free",
                            printable(options.host), options.port, error.message()));
  }
  acceptor_.non_blocking(true);
  endpoint_ = acceptor_.local_endpoint();
}

void HttpServer::Core::add_own_routes() {
  state_.routes.push_back(
      {.method = "GET", .path = "/healthz", .is_open = true, .handle = [](const Request&) {
         return Response{.content_type = "application/json", .body = "{\"status\": \"ok\"}\n"};
       }});
  state_.routes.push_back({.method = "GET", .path = "/metrics", .handle = [this](const Request&) {
                             return Response{.content_type = "text/plain; version=0.0.4; charset=utf-8",
                                             .body = state_.metrics.text(readings())};
                           }});
}

std::vector<Metrics::Reading> HttpServer::Core::readings() const {
  std::vector<Metrics::Reading> all = process_readings();
  all.push_back({"gamut_http_connections", "gauge", static_cast<double>(state_.connections.size())});
  all.push_back({"gamut_http_working", "gauge", static_cast<double>(state_.queue.n_running())});
  all.push_back({"gamut_http_waiting", "gauge", static_cast<double>(state_.queue.n_waiting())});
  all.push_back({"gamut_http_upload_bytes", "gauge", static_cast<double>(state_.uploads.taken_bytes())});
  all.push_back({"gamut_http_answer_bytes", "gauge", static_cast<double>(answer_bytes())});
  return all;
}

void HttpServer::Core::run(const std::function<bool()>& should_stop) {
  accept_next();
  tick(should_stop);
  state_.context.run();
}

void HttpServer::Core::accept_next() {
  acceptor_.async_wait(tcp::acceptor::wait_read, [this](error_code error) {
    if (error || state_.is_stopping) return;
    accept_waiting();
  });
}

void HttpServer::Core::accept_waiting() {
  error_code error = asio::error::no_descriptors;
  if (state_.connections.size() < state_.options.max_connections || make_room()) {
    tcp::socket socket(state_.context);
    acceptor_.accept(socket, error);
    if (!error) {
      error_code ignored;
      socket.set_option(tcp::no_delay(true), ignored);
      std::make_shared<Connection>(state_, std::move(socket))->start();
    }
  }
  if (!error || error == asio::error::would_block || error == asio::error::connection_aborted) {
    return accept_next();
  }
  // Without room, descriptors or memory the clients wait in the system's queue until something ends.
  auto later = std::make_shared<asio::steady_timer>(state_.context, kTick);
  later->async_wait([this, later](error_code) {
    if (!state_.is_stopping) accept_waiting();
  });
}

/// Closes a connection that nobody misses, or else cuts the slowest sender or taker, for whom there is room
/// only once it is gone. @return whether there is room now.
bool HttpServer::Core::make_room() {
  for (const auto& connection : state_.connections) {
    if (!connection->may_be_closed()) continue;
    connection->close();
    return true;
  }
  if (const auto connection = slowest(&Connection::may_be_cut)) cut(*connection);
  return false;
}

/// Cuts who takes an answer the slowest, until those that are left fit in the memory that answers may have.
void HttpServer::Core::bound_answers() {
  while (answer_bytes() > state_.options.max_answers_bytes) {
    const auto connection = slowest(&Connection::takes_slowly);
    if (!connection) return;  // until they had their fair time
    cut(*connection);
  }
}

std::size_t HttpServer::Core::answer_bytes() const {
  std::size_t bytes = 0;
  for (const auto& connection : state_.connections) bytes += connection->answer_bytes();
  return bytes;
}

/// Of the connections that are meant; null where there are none.
std::shared_ptr<Connection> HttpServer::Core::slowest(bool (Connection::*is_meant)() const) const {
  std::shared_ptr<Connection> slowest;
  for (const auto& connection : state_.connections) {
    if (!((*connection).*is_meant)()) continue;
    if (!slowest || connection->rate() < slowest->rate()) slowest = connection;
  }
  return slowest;
}

void HttpServer::Core::cut(Connection& connection) {
  state_.metrics.count("gamut_http_connections_cut_total", {});
  connection.cut();
}

void HttpServer::Core::tick(const std::function<bool()>& should_stop) {
  if (!state_.is_stopping && should_stop()) begin_stop();
  bound_answers();
  if (state_.is_stopping && Clock::now() >= stop_deadline_) cut_all();
  if (state_.is_stopping && state_.connections.empty()) return state_.context.stop();
  tick_.expires_after(kTick);
  tick_.async_wait([this, &should_stop](error_code) { tick(should_stop); });
}

void HttpServer::Core::begin_stop() {
  state_.is_stopping = true;
  stop_deadline_ = Clock::now() + state_.options.request_timeout;
  error_code ignored;
  acceptor_.close(ignored);
  for (const auto& connection : open_connections()) connection->close_unless_busy();
}

void HttpServer::Core::cut_all() {
  for (const auto& connection : open_connections()) connection->close(Cancellation::Reason::stopping);
}

/// A copy, which stays as it is while they close.
std::vector<std::shared_ptr<Connection>> HttpServer::Core::open_connections() const {
  return {state_.connections.begin(), state_.connections.end()};
}

HttpServer::HttpServer(HttpOptions options, std::vector<Route> routes, Metrics& metrics)
    : core_(std::make_unique<Core>(std::move(options), std::move(routes), metrics)) {}

HttpServer::~HttpServer() = default;

int HttpServer::port() const {
  return core_->endpoint().port();
}

std::string HttpServer::address() const {
  const asio::ip::address address = core_->endpoint().address();
  const std::string host = address.is_v6() ? "[" + address.to_string() + "]" : address.to_string();
  return fmt::format("http://{}:{}", host, port());
}

void HttpServer::run(const std::function<bool()>& should_stop) {
  core_->run(should_stop);
}

const std::vector<Route>& HttpServer::routes() const {
  return core_->routes();
}

}  // namespace gamut::server
