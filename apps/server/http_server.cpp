#include "apps/server/http_server.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <ctime>
#include <limits>
#include <set>

#include "apps/server/query.h"
#include "apps/server/work_queue.h"
#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"

namespace gamut::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::milliseconds;

constexpr std::size_t kPieceBytes = 65536;           // of a body, at a time
constexpr std::uint32_t kLongestHeader = 16 * 1024;  // bytes
constexpr milliseconds kTick{50};                    // how often a stop is asked for
constexpr milliseconds kLinger{10000};               // for a client to stop sending once it is answered
constexpr milliseconds kFairShare{1000};             // before a connection may be cut for another one
constexpr milliseconds kPause{100};                  // between requests, before that
constexpr std::size_t kShortestToken = 16;           // characters
constexpr int kRetryAfterS = 1;

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

/// Takes as long wherever two texts of one length differ.
bool equal_in_constant_time(std::string_view left, std::string_view right) {
  unsigned difference = left.size() == right.size() ? 0 : 1;
  for (std::size_t i = 0; i < left.size(); ++i) {
    difference |=
        static_cast<unsigned>(static_cast<unsigned char>(left[i]) ^
                              static_cast<unsigned char>(right[i % std::max<std::size_t>(1, right.size())]));
  }
  return difference == 0;
}

std::string http_date() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 64> text{};
  std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
  return text.data();
}

Response error_response(const HttpError& error) {
  Response response{
      .status = error.status(),
      .content_type = "application/json",
      .body = dump_json({{"error", {{"code", error.code()}, {"message", error.what()}}}}) + "\n",
      .headers = {}};
  if (error.retry_after_s() > 0) {
    response.headers.emplace_back("Retry-After", std::to_string(error.retry_after_s()));
  }
  return response;
}

HttpError too_many() {
  return {429, "busy", "the server has as much to do as it takes; try again soon", kRetryAfterS};
}

HttpError too_large(std::size_t limit_bytes) {
  return {413, "too_large",
          fmt::format("the body is larger than the {} bytes that this server accepts; send a shorter or "
                      "compressed recording",
                      limit_bytes)};
}

HttpError deadline_passed(milliseconds limit) {
  return {503, "timeout",
          fmt::format("the answer was not ready within the {} s of a request; try again, or send a shorter "
                      "recording",
                      format_number(static_cast<double>(limit.count()) / 1000)),
          kRetryAfterS};
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

/// What all connections share. Everything but the queue belongs to the thread of run().
class HttpServer::Core {
 public:
  Core(HttpOptions given, std::vector<Route> given_routes, Metrics& given_metrics)
      : options(std::move(given)),
        routes(std::move(given_routes)),
        metrics(given_metrics),
        uploads(options.max_uploads_bytes),
        acceptor_(context),
        tick_(context) {
    check_access(options);
    endpoint_ = resolve(options.host, options.port).front();
    error_code error;
    acceptor_.open(endpoint_.protocol(), error);
    if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint_, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error) {
      throw Error(
          fmt::format("cannot listen on {} port {}: {}; give another --port, or 0 for any that is free",
                      printable(options.host), options.port, error.message()));
    }
    acceptor_.non_blocking(true);
    endpoint_ = acceptor_.local_endpoint();
    queue.emplace(options.max_concurrent, options.max_waiting);
    routes.push_back({.method = "GET", .path = "/healthz", .is_open = true, .handle = [](const Request&) {
                        return Response{.content_type = "application/json", .body = "{\"status\": \"ok\"}\n"};
                      }});
    routes.push_back({.method = "GET", .path = "/metrics", .handle = [this](const Request&) {
                        return Response{.content_type = "text/plain; version=0.0.4; charset=utf-8",
                                        .body = metrics.text(readings())};
                      }});
  }

  const tcp::endpoint& local_endpoint() const { return endpoint_; }

  void run(const std::function<bool()>& should_stop) {
    accept_next();
    tick(should_stop);
    context.run();
  }

  std::vector<Metrics::Reading> readings() const {
    std::vector<Metrics::Reading> all = process_readings();
    all.push_back({"gamut_http_connections", "gauge", static_cast<double>(connections.size())});
    all.push_back({"gamut_http_working", "gauge", static_cast<double>(queue->n_running())});
    all.push_back({"gamut_http_waiting", "gauge", static_cast<double>(queue->n_waiting())});
    all.push_back({"gamut_http_upload_bytes", "gauge", static_cast<double>(uploads.taken_bytes())});
    return all;
  }

  void forget(const std::shared_ptr<Connection>& connection) { connections.erase(connection); }

  const HttpOptions options;
  std::vector<Route> routes;
  Metrics& metrics;
  UploadBudget uploads;
  asio::io_context context{1};
  std::set<std::shared_ptr<Connection>> connections;
  std::optional<WorkQueue> queue;  // destroyed before what its work posts to
  bool stopping = false;

 private:
  void accept_next();
  void accept_waiting();
  void tick(const std::function<bool()>& should_stop);
  void begin_stop();
  void cut_all();
  bool make_room();

  tcp::acceptor acceptor_;
  tcp::endpoint endpoint_;
  asio::steady_timer tick_;
  Clock::time_point stop_deadline_;
};

/// One client. Its timer bounds whatever it waits for.
class HttpServer::Connection : public std::enable_shared_from_this<Connection> {
 public:
  enum class State { idle, receiving, working, writing, lingering, closed };

  Connection(Core& core, tcp::socket socket)
      : core_(core), socket_(std::move(socket)), timer_(core.context) {}

  void start() { wait_for_request(); }

  State state() const { return state_; }

  /// Bytes a second that came since the request began; what has sent least goes first where room is needed.
  double rate() const {
    const std::chrono::duration<double> age = Clock::now() - began_;
    return static_cast<double>(received_bytes_) / std::max(1e-3, age.count());
  }
  /// Whether nobody loses anything where it is closed: a client between two requests, or one that was
  /// answered and does not go.
  bool may_be_closed() const {
    if (state_ == State::idle) return n_requests_ > 0 && Clock::now() - began_ >= kPause;
    return state_ == State::lingering && Clock::now() - began_ >= (cut_ ? kPause : kFairShare);
  }

  /// Whether it had its time to send a request.
  bool may_be_cut() const {
    return !cut_ && (state_ == State::idle || state_ == State::receiving) &&
           Clock::now() - began_ >= kFairShare;
  }

  /// Answers that there is no room, whatever has come of the request.
  void cut() {
    cut_ = true;
    error_code ignored;
    socket_.cancel(ignored);
  }

  void close() {
    if (state_ == State::closed) return;
    state_ = State::closed;
    timer_.cancel();
    error_code ignored;
    socket_.close(ignored);
    if (cancellation_) cancellation_->cancel(Cancellation::Reason::disconnected);
    core_.forget(shared_from_this());
  }

  void cancel_work(Cancellation::Reason reason) {
    if (cancellation_) cancellation_->cancel(reason);
  }

 private:
  using Parser = http::request_parser<http::buffer_body>;

  void wait_for_request() {
    state_ = State::idle;
    began_ = Clock::now();
    received_bytes_ = 0;
    route_ = nullptr;
    upload_.reset();
    cancellation_.reset();
    if (buffer_.size() > 0) return receive_header();
    if (core_.stopping) return close();
    close_after(core_.options.idle_timeout);
    socket_.async_wait(tcp::socket::wait_read, [self = shared_from_this()](error_code error) {
      if (self->cut_) {
        self->parser_.emplace();
        return self->answer(too_many());
      }
      if (error) return self->close();
      self->receive_header();
    });
  }

  void receive_header() {
    state_ = State::receiving;
    began_ = Clock::now();
    deadline_ = began_ + core_.options.request_timeout;
    parser_.emplace();
    parser_->header_limit(kLongestHeader);
    // Bodies are counted as they come; no limit at all would refuse every length (Boost 1.74).
    parser_->body_limit(std::numeric_limits<std::uint64_t>::max());
    stop_receiving_at(std::min(deadline_, began_ + core_.options.header_timeout));
    http::async_read_header(socket_, buffer_, *parser_,
                            [self = shared_from_this()](error_code error, std::size_t bytes) {
                              self->take_bytes(bytes);
                              if (self->fails(error)) return;
                              self->on_header();
                            });
  }

  void on_header() {
    try {
      check_header();
    } catch (const HttpError& error) {
      return answer(error);
    }
    if (!route_->is_work) return answer_at_once();
    try {
      if (core_.queue->is_full()) throw too_many();
      upload_ = std::make_shared<Upload>(core_.uploads, core_.options.max_upload_bytes);
    } catch (const HttpError& error) {
      return answer(error);
    } catch (const Error&) {
      return answer(too_many());  // no descriptor left
    }
    stop_receiving_at(deadline_);
    if (!beast::iequals(parser_->get()[http::field::expect], "100-continue")) return receive_body();
    static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    asio::async_write(socket_, asio::buffer(kContinue),
                      [self = shared_from_this()](error_code error, std::size_t) {
                        if (self->fails(error)) return;
                        self->receive_body();
                      });
  }

  /// Finds the route and refuses what needs no body to be refused.
  void check_header() {
    const auto& header = parser_->get();
    const std::string target(header.target());
    const std::size_t question = std::min(target.find('?'), target.size());
    path_ = target.substr(0, question);
    find_route(std::string(header.method_string()));
    if (header.count(http::field::host) > 1 ||
        (header.version() == 11 && header.count(http::field::host) == 0)) {
      throw HttpError(400, "malformed", "a request has one Host header");
    }
    // What two readers could take for bodies of different lengths.
    if (header.count(http::field::content_length) + header.count(http::field::transfer_encoding) > 1) {
      throw HttpError(400, "malformed", "a request says once how long its body is");
    }
    if (header.count(http::field::transfer_encoding) == 1 &&
        (header.version() < 11 || !beast::iequals(header[http::field::transfer_encoding], "chunked"))) {
      throw HttpError(501, "bad_encoding", "the only Transfer-Encoding that is understood is chunked");
    }
    if (header.count(http::field::content_encoding) > 0 &&
        !beast::iequals(header[http::field::content_encoding], "identity")) {
      throw HttpError(415, "bad_encoding", "bodies are taken as they are, without a Content-Encoding");
    }
    if (header.count(http::field::expect) > 0 &&
        !beast::iequals(header[http::field::expect], "100-continue")) {
      throw HttpError(417, "bad_expectation", "the only Expect that is understood is 100-continue");
    }
    check_token();
    if (header["Sec-Fetch-Site"] == "cross-site" && route_->method != "GET") {
      throw HttpError(403, "cross_site", "pages of other sites may not use this server");
    }
    query_ = parse_query(std::string_view(target).substr(std::min(question + 1, target.size())));
    const bool has_body = parser_->chunked() || parser_->content_length().value_or(0) > 0;
    if (has_body && !route_->is_work) throw HttpError(413, "too_large", "this request takes no body");
    if (parser_->content_length().value_or(0) > core_.options.max_upload_bytes) {
      throw too_large(core_.options.max_upload_bytes);
    }
  }

  void find_route(const std::string& method) {
    std::vector<std::string> allowed;
    for (const Route& route : core_.routes) {
      if (route.path != path_) continue;
      if (route.method == method || (route.method == "GET" && method == "HEAD")) {
        route_ = &route;
        return;
      }
      allowed.push_back(route.method);
      if (route.method == "GET") allowed.emplace_back("HEAD");
    }
    if (allowed.empty()) {
      throw HttpError(404, "not_found",
                      "there is nothing at this path; GET /openapi.json says what there is");
    }
    allow_ = join(allowed, ", ");
    throw HttpError(405, "bad_method", "this path takes " + allow_ + " only");
  }

  void check_token() const {
    if (core_.options.token.empty() || route_->is_open) return;
    const auto authorization = parser_->get()[http::field::authorization];
    const std::string_view given(authorization.data(), authorization.size());
    const std::string_view scheme = given.substr(0, 7);
    if (beast::iequals(beast::string_view(scheme.data(), scheme.size()), "bearer ") &&
        equal_in_constant_time(given.substr(7), core_.options.token)) {
      return;
    }
    throw HttpError(401, "unauthorized", "this request needs the header 'Authorization: Bearer TOKEN'");
  }

  void receive_body() {
    if (parser_->is_done()) return work();
    if (!piece_) piece_ = std::make_unique<std::array<char, kPieceBytes>>();
    parser_->get().body().data = piece_->data();
    parser_->get().body().size = piece_->size();
    parser_->get().body().more = true;
    http::async_read_some(socket_, buffer_, *parser_,
                          [self = shared_from_this()](error_code error, std::size_t bytes) {
                            self->take_bytes(bytes);
                            if (error == http::error::need_buffer) error = {};
                            if (self->fails(error)) return;
                            self->on_piece();
                          });
  }

  void on_piece() {
    const std::size_t got = piece_->size() - parser_->get().body().size;
    switch (upload_->append(std::span(piece_->data(), got))) {
      case Upload::Appended::too_large:
        return answer(too_large(core_.options.max_upload_bytes));
      case Upload::Appended::no_room:
        return answer(too_many());
      case Upload::Appended::yes:
        receive_body();
    }
  }

  void answer_at_once() {
    respond(handle(*route_, {.path = path_,
                             .query = query_,
                             .content_type = {},
                             .body = nullptr,
                             .deadline = deadline_,
                             .cancellation = nullptr}));
  }

  /// What a route answers; never throws.
  static Response handle(const Route& route, const Request& request) {
    try {
      return route.handle(request);
    } catch (const HttpError& error) {
      return error_response(error);
    } catch (const std::exception& error) {
      return error_response(HttpError(500, "internal", "the server failed: " + std::string(error.what())));
    }
  }

  void work() {
    state_ = State::working;
    piece_.reset();
    try {
      cancellation_ = std::make_shared<Cancellation>();
    } catch (const Error&) {
      return answer(too_many());  // no descriptor left
    }
    // The work outlives the connection where the client goes away, so it owns all that it needs.
    auto job = [&context = core_.context, weak = weak_from_this(), upload = upload_,
                cancellation = cancellation_, route = route_,
                content_type = std::string(parser_->get()[http::field::content_type]), path = path_,
                query = query_, deadline = deadline_] {
      if (cancellation->reason() != Cancellation::Reason::none) return;
      Response response = handle(*route, {.path = path,
                                          .query = query,
                                          .content_type = content_type,
                                          .body = upload.get(),
                                          .deadline = deadline,
                                          .cancellation = cancellation.get()});
      asio::post(context, [weak, cancellation, response = std::move(response)]() mutable {
        const std::shared_ptr<Connection> self = weak.lock();
        // Otherwise answered already, or cut.
        if (!self || self->cancellation_ != cancellation || self->state_ != State::working) return;
        self->respond(std::move(response));
      });
    };
    if (!core_.queue->try_add(std::move(job))) return answer(too_many());
    call_at(deadline_, [this] {
      cancellation_->cancel(Cancellation::Reason::deadline);
      answer(deadline_passed(core_.options.request_timeout));
    });
    watch_for_disconnection();
  }

  void watch_for_disconnection() {
    socket_.async_wait(
        tcp::socket::wait_read, [self = shared_from_this(), cancellation = cancellation_](error_code error) {
          if (error || self->cancellation_ != cancellation || self->state_ != State::working) return;
          char byte = 0;
          const auto got = ::recv(self->socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
          // Otherwise the next request is here already; it waits for its turn.
          if (got == 0 || (got < 0 && errno != EAGAIN)) self->close();
        });
  }

  void answer(const HttpError& error) {
    // What was not understood may be followed by anything.
    must_close_ = must_close_ || error.status() == 400 || error.status() == 501;
    respond(error_response(error));
  }

  void respond(Response response) {
    state_ = State::writing;
    upload_.reset();
    const std::string route = route_ == nullptr ? "(none)" : route_->path;
    const bool head = parser_->is_header_done() && parser_->get().method() == http::verb::head;
    response_ = {};
    response_.version(11);
    response_.result(static_cast<unsigned>(response.status));
    response_.set(http::field::date, http_date());
    response_.set(http::field::content_type, response.content_type);
    response_.set("X-Content-Type-Options", "nosniff");
    response_.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    response_.set("Cross-Origin-Resource-Policy", "same-origin");
    response_.set("Referrer-Policy", "no-referrer");
    response_.set(http::field::cache_control, "no-store");
    if (response.status == 401) response_.set(http::field::www_authenticate, "Bearer");
    if (response.status == 405) response_.set(http::field::allow, allow_);
    for (const auto& [name, value] : response.headers) response_.set(name, value);
    const bool keep = !must_close_ && !core_.stopping && parser_->is_done() && parser_->keep_alive() &&
                      parser_->get().version() == 11;
    response_.keep_alive(keep);
    response_.content_length(response.body.size());
    if (!head) response_.body() = std::move(response.body);
    count(route, response.status);
    close_after(core_.options.write_timeout);
    http::async_write(
        socket_, response_, [self = shared_from_this(), keep](error_code error, std::size_t bytes) {
          self->core_.metrics.count("gamut_http_sent_bytes_total", {}, static_cast<double>(bytes));
          if (error) return self->close();
          if (keep) {
            ++self->n_requests_;
            return self->wait_for_request();
          }
          self->linger();
        });
  }

  void count(const std::string& route, int status) const {
    const std::chrono::duration<double> age = Clock::now() - began_;
    core_.metrics.count("gamut_http_requests_total", {{"route", route}, {"status", std::to_string(status)}});
    core_.metrics.observe_seconds("gamut_http_request_seconds", {{"route", route}}, age.count());
  }

  /// Closing at once while the client still sends would reset the connection, and the answer with it.
  void linger() {
    state_ = State::lingering;
    began_ = Clock::now();
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    close_after(kLinger);
    discard();
  }

  void discard() {
    buffer_.clear();
    socket_.async_read_some(buffer_.prepare(kPieceBytes / 2),
                            [self = shared_from_this()](error_code error, std::size_t) {
                              if (error) return self->close();
                              self->discard();
                            });
  }

  void take_bytes(std::size_t bytes) {
    received_bytes_ += bytes;
    core_.metrics.count("gamut_http_received_bytes_total", {}, static_cast<double>(bytes));
  }

  /// Answers, or closes, where receiving failed.
  bool fails(error_code error) {
    if (state_ == State::closed) return true;
    if (cut_) {
      answer(too_many());
      return true;
    }
    if (too_slow_) {
      answer(HttpError(408, "too_slow", "the request did not arrive in time; send it faster"));
      return true;
    }
    if (!error) return false;
    if (error == http::error::end_of_stream ||
        error.category() != http::make_error_code(http::error::end_of_stream).category()) {
      close();
    } else if (error == http::error::header_limit || error == http::error::buffer_overflow) {
      answer(HttpError(431, "header_too_large", "the header is larger than 16384 bytes"));
    } else {
      answer(HttpError(400, "malformed", "the request is not HTTP/1.1: " + error.message()));
    }
    return true;
  }

  /// From then on nothing more is read, and the sender is told.
  void stop_receiving_at(Clock::time_point when) {
    call_at(when, [this] {
      too_slow_ = true;
      error_code ignored;
      socket_.cancel(ignored);
    });
  }

  void close_after(milliseconds time) {
    call_at(Clock::now() + time, [this] { close(); });
  }

  /// In place of what was to be called before.
  template <class Call>
  void call_at(Clock::time_point when, Call call) {
    timer_.expires_at(when);
    timer_.async_wait([self = shared_from_this(), turn = ++timer_turn_, call](error_code error) {
      // A timer that has run out can no longer be cancelled.
      if (!error && turn == self->timer_turn_) call();
    });
  }

  Core& core_;
  tcp::socket socket_;
  asio::steady_timer timer_;
  std::uint64_t timer_turn_ = 0;
  State state_ = State::idle;
  Clock::time_point began_ = Clock::now();
  Clock::time_point deadline_;
  std::size_t received_bytes_ = 0;
  int n_requests_ = 0;
  bool too_slow_ = false;
  bool cut_ = false;
  bool must_close_ = false;
  beast::flat_buffer buffer_{kPieceBytes};
  std::optional<Parser> parser_;
  std::string path_;
  std::vector<std::pair<std::string, std::string>> query_;
  std::string allow_;
  const Route* route_ = nullptr;
  std::unique_ptr<std::array<char, kPieceBytes>> piece_;
  std::shared_ptr<Upload> upload_;
  std::shared_ptr<Cancellation> cancellation_;
  http::response<http::string_body> response_;
};

void HttpServer::Core::accept_next() {
  acceptor_.async_wait(tcp::acceptor::wait_read, [this](error_code error) {
    if (error || stopping) return;
    accept_waiting();
  });
}

void HttpServer::Core::accept_waiting() {
  error_code error = asio::error::no_descriptors;
  if (connections.size() < options.max_connections || make_room()) {
    tcp::socket socket(context);
    acceptor_.accept(socket, error);
    if (!error) {
      socket.set_option(tcp::no_delay(true), error);
      const auto connection = std::make_shared<Connection>(*this, std::move(socket));
      connections.insert(connection);
      connection->start();
    }
  }
  // Without room or descriptors the clients wait in the system's queue until something ends.
  if (error == asio::error::no_descriptors) {
    auto later = std::make_shared<asio::steady_timer>(context, kTick);
    later->async_wait([this, later](error_code) {
      if (!stopping) accept_waiting();
    });
  } else {
    accept_next();
  }
}

bool HttpServer::Core::make_room() {
  std::shared_ptr<Connection> slowest;
  for (const auto& connection : connections) {
    if (connection->may_be_closed()) {
      connection->close();
      return true;
    }
    if (connection->may_be_cut() && (!slowest || connection->rate() < slowest->rate())) slowest = connection;
  }
  if (!slowest) return false;
  metrics.count("gamut_http_connections_cut_total", {});
  slowest->cut();
  return false;  // until its answer is out
}

void HttpServer::Core::tick(const std::function<bool()>& should_stop) {
  if (!stopping && should_stop()) begin_stop();
  if (stopping && Clock::now() >= stop_deadline_) cut_all();
  if (stopping && connections.empty()) return context.stop();
  tick_.expires_after(kTick);
  tick_.async_wait([this, &should_stop](error_code) { tick(should_stop); });
}

void HttpServer::Core::begin_stop() {
  stopping = true;
  stop_deadline_ = Clock::now() + options.request_timeout;
  error_code ignored;
  acceptor_.close(ignored);
  for (const auto& connection : std::vector(connections.begin(), connections.end())) {
    const Connection::State state = connection->state();
    if (state == Connection::State::idle || state == Connection::State::lingering) connection->close();
  }
}

void HttpServer::Core::cut_all() {
  for (const auto& connection : std::vector(connections.begin(), connections.end())) {
    connection->cancel_work(Cancellation::Reason::stopping);
    connection->close();
  }
}

HttpServer::HttpServer(HttpOptions options, std::vector<Route> routes, Metrics& metrics)
    : core_(std::make_unique<Core>(std::move(options), std::move(routes), metrics)) {}

HttpServer::~HttpServer() = default;

int HttpServer::port() const {
  return core_->local_endpoint().port();
}

std::string HttpServer::address() const {
  const asio::ip::address address = core_->local_endpoint().address();
  const std::string host = address.is_v6() ? "[" + address.to_string() + "]" : address.to_string();
  return fmt::format("http://{}:{}", host, port());
}

void HttpServer::run(const std::function<bool()>& should_stop) {
  core_->run(should_stop);
}

const std::vector<Route>& HttpServer::routes() const {
  return core_->routes;
}

}  // namespace gamut::server
